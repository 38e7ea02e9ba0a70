package dev.shirube.html;

import dev.shirube.model.Section;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Cuts a page into the sections that search leads to. */
final class SectionReader implements NodeFilter {

  private final List<Section> sections = new ArrayList<>();
  private final StringBuilder prose = new StringBuilder();
  private final StringBuilder code = new StringBuilder();
  private final StringBuilder logs = new StringBuilder();
  private String anchor = "";
  private String heading;

  private SectionReader(String title) {
    heading = title;
  }

  static List<Section> read(String title, Element body) {
    SectionReader reader = new SectionReader(title);
    body.filter(reader);
    reader.endSection();
    return reader.sections;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      prose.append(text.getWholeText().replace('\n', ' '));
    } else if (node instanceof Element element) {
      if (element.tagName().matches("h[2-6]") && element.hasAttr("id")) {
        endSection();
        anchor = element.id();
        heading = element.text();
        return FilterResult.SKIP_ENTIRELY;
      }
      if (element.tagName().equals("pre")) {
        code(element);
        return FilterResult.SKIP_ENTIRELY;
      }
      if (element.isBlock()) {
        lineBreak();
      }
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element && (element.isBlock() || element.is("td, th, br"))) {
      lineBreak();
    }
    return FilterResult.CONTINUE;
  }

  private void code(Element pre) {
    Element copy = pre.clone();
    copy.select(".conum").remove();
    String text = copy.wholeText().strip();
    code.append(text).append('\n');
    Element inner = pre.selectFirst("code");
    String language = inner == null ? "" : inner.attr("data-lang");
    switch (language) {
      case "log", "text", "" -> logs.append(text).append('\n');
      case "console" ->
          text.lines()
              .filter(line -> !line.startsWith("$ ") && !line.isBlank())
              .forEach(line -> logs.append(line).append('\n'));
      default -> {}
    }
  }

  private void lineBreak() {
    if (!prose.isEmpty() && prose.charAt(prose.length() - 1) != '\n') {
      prose.append('\n');
    }
  }

  private void endSection() {
    String text =
        String.join(
            "\n", prose.toString().lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
    sections.add(
        new Section(anchor, heading, text, code.toString().strip(), logs.toString().strip()));
    prose.setLength(0);
    code.setLength(0);
    logs.setLength(0);
  }
}
