package dev.shirube.html;

import dev.shirube.model.ConvertedPage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The text of HTML that Asciidoctor made. */
public final class PlainText {

  private PlainText() {}

  /** Inline HTML without its markup. */
  public static String of(String inlineHtml) {
    return Jsoup.parseBodyFragment(inlineHtml).text();
  }

  /** The first paragraph of a page before its first heading; empty where there is none. */
  public static String lead(ConvertedPage page) {
    Element body = Jsoup.parseBodyFragment(page.body()).body();
    for (Element element : body.getAllElements()) {
      if (element.tagName().matches("h[2-6]")) {
        return "";
      }
      if (element.tagName().equals("p")
          && element.parent() != null
          && element.parent().hasClass("paragraph")) {
        JapaneseSpacing.joinLines(element);
        return element.text();
      }
    }
    return "";
  }
}
