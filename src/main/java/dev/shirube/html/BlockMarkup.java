package dev.shirube.html;

import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Replaces the table layouts and icon placeholders of Asciidoctor's HTML by elements that say what
 * they are, and adds tabs and heading links. No script and no icon font is needed to read the
 * result.
 */
final class BlockMarkup {

  private BlockMarkup() {}

  /**
   * @param language of the site's own words
   */
  static void improve(Element body, String language) {
    admonitions(body);
    callouts(body);
    tabs(body);
    tables(body);
    headings(body, language);
    for (Element footnote : body.select("a.footnote")) {
      new Words("脚注を見る", "See the footnote").writeTo(footnote, "title", language);
    }
  }

  private static void admonitions(Element body) {
    for (Element block : body.select("div.admonitionblock")) {
      Element content = block.selectFirst("td.content");
      Element icon = block.selectFirst("td.icon > i, td.icon > .title");
      if (content == null) {
        continue;
      }
      String kind =
          block.classNames().stream()
              .filter(name -> !name.equals("admonitionblock"))
              .findFirst()
              .orElse("note");
      String caption = icon == null ? "" : icon.hasAttr("title") ? icon.attr("title") : icon.text();
      Element note = new Element("div").addClass("admonition").addClass(kind).attr("role", "note");
      if (block.hasAttr("id")) {
        note.id(block.id());
      }
      note.appendElement("p").addClass("admonition-title").text(caption);
      Element inner = note.appendElement("div").addClass("admonition-body");
      boolean blocks = content.children().stream().anyMatch(Element::isBlock);
      (blocks ? inner : inner.appendElement("p")).appendChildren(content.childNodesCopy());
      block.replaceWith(note);
    }
  }

  private static void callouts(Element body) {
    for (Element icon : body.select("pre i.conum")) {
      Element number = icon.nextElementSibling();
      String value = icon.attr("data-value");
      if (number != null && number.tagName().equals("b")) {
        number.remove();
      }
      icon.replaceWith(new Element("b").addClass("conum").attr("data-value", value).text(value));
    }
    for (Element list : body.select("div.colist")) {
      Element ordered = new Element("ol").addClass("colist");
      for (Element row : list.select("tr")) {
        Element number = row.selectFirst("i.conum");
        Element text = row.selectFirst("td:last-child");
        if (number != null && text != null) {
          ordered
              .appendElement("li")
              .attr("data-value", number.attr("data-value"))
              .appendChildren(text.childNodesCopy());
        }
      }
      list.replaceWith(ordered);
    }
  }

  /** A description list in a {@code [tabs]} block: radio buttons choose the panel. */
  private static void tabs(Element body) {
    int group = 0;
    for (Element block : body.select("div.exampleblock.tabs")) {
      Element list = block.selectFirst("dl");
      if (list == null) {
        continue;
      }
      group++;
      Element tabs = new Element("div").addClass("tabs");
      Elements labels = list.select("> dt");
      for (int i = 0; i < labels.size(); i++) {
        String id = "tabs-" + group + "-" + (i + 1);
        String label = labels.get(i).text();
        Element input =
            tabs.appendElement("input")
                .attr("type", "radio")
                .attr("name", "tabs-" + group)
                .attr("data-tab", label)
                .id(id);
        if (i == 0) {
          input.attr("checked", true);
        }
        tabs.appendElement("label").attr("for", id).text(label);
      }
      for (Element content : list.select("> dd")) {
        tabs.appendElement("div").addClass("tab-panel").appendChildren(content.childNodesCopy());
      }
      block.replaceWith(tabs);
    }
  }

  private static void tables(Element body) {
    for (Element table : body.select("table.tableblock")) {
      table.removeAttr("style");
      for (Element column : table.select("col[style]")) {
        // The site's content security policy allows no style attributes.
        column.attr("width", column.attr("style").replaceAll("(?i)^width:\\s*|;$", ""));
        column.removeAttr("style");
      }
      table.wrap("<div class=\"table-wrap\" tabindex=\"0\"></div>");
    }
  }

  private static void headings(Element body, String language) {
    for (Element heading : body.select("h2[id], h3[id], h4[id], h5[id], h6[id]")) {
      Element anchor =
          heading.appendElement("a").addClass("anchor").attr("href", "#" + heading.id());
      new Words("この節へのリンク", "Link to this section").writeTo(anchor, "aria-label", language);
    }
  }
}
