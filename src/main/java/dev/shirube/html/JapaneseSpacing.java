package dev.shirube.html;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Joins the source lines of Japanese text without a space: a line break disappears where a
 * character of a script without spaces stands on either side. Cf. <a
 * href="https://www.w3.org/TR/css-text-4/#line-break-transform">CSS Text, segment break
 * transformation</a>, which browsers do not agree on yet.
 */
final class JapaneseSpacing {

  private JapaneseSpacing() {}

  static void joinLines(Element body) {
    List<TextNode> run = new ArrayList<>();
    body.traverse(
        new NodeVisitor() {
          @Override
          public void head(org.jsoup.nodes.Node node, int depth) {
            if (node instanceof TextNode text) {
              if (!isVerbatim(text)) {
                run.add(text);
              }
            } else if (node instanceof Element element && (element.isBlock() || isBreak(element))) {
              join(run);
            }
          }

          @Override
          public void tail(org.jsoup.nodes.Node node, int depth) {
            if (node instanceof Element element && element.isBlock()) {
              join(run);
            }
          }
        });
    join(run);
  }

  private static boolean isBreak(Element element) {
    return element.tagName().equals("br");
  }

  private static boolean isVerbatim(TextNode text) {
    return text.parent() != null && text.parent().closest("pre") != null;
  }

  /** Joins the lines within one paragraph, whose text is spread over {@code run}. */
  private static void join(List<TextNode> run) {
    StringBuilder paragraph = new StringBuilder();
    run.forEach(node -> paragraph.append(node.getWholeText()));
    int offset = 0;
    for (TextNode node : run) {
      String text = node.getWholeText();
      if (text.indexOf('\n') >= 0) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
          if (text.charAt(i) != '\n' || !betweenWideCharacters(paragraph, offset + i)) {
            joined.append(text.charAt(i));
          }
        }
        node.text(joined.toString());
      }
      offset += text.length();
    }
    run.clear();
  }

  private static boolean betweenWideCharacters(CharSequence text, int lineBreak) {
    boolean wideBefore = lineBreak > 0 && isWide(text.charAt(lineBreak - 1));
    boolean wideAfter = lineBreak + 1 < text.length() && isWide(text.charAt(lineBreak + 1));
    return wideBefore || wideAfter;
  }

  /** Kana, Han, and the full-width forms and punctuation that go with them. */
  static boolean isWide(char c) {
    return (c >= 0x2E80 && c <= 0x9FFF && c != 0x3000)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0xD840 && c <= 0xDFFF);
  }
}
