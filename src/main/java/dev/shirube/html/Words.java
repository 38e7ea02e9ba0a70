package dev.shirube.html;

import org.jsoup.nodes.Element;

/**
 * Words of the site itself, not of its content, in both languages that a reader can choose. An
 * element says them in the site's language and carries the other.
 */
record Words(String ja, String en) {

  /** These words and the next with something between; only these where the next are none. */
  Words plus(String between, Words next) {
    return next.ja.isEmpty() ? this : new Words(ja + between + next.ja, en + between + next.en);
  }

  /** Makes them the text of an element. */
  Element writeTo(Element element, String language) {
    element.text(in(language));
    return ja.equals(en) ? element : element.attr("data-other", other(language));
  }

  /** Makes them the value of an element's attribute. */
  Element writeTo(Element element, String attribute, String language) {
    return element.attr(attribute, in(language)).attr("data-other-" + attribute, other(language));
  }

  private String in(String language) {
    return language.equals("ja") ? ja : en;
  }

  private String other(String language) {
    return language.equals("ja") ? en : ja;
  }
}
