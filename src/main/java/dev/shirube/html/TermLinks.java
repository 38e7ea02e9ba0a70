package dev.shirube.html;

import dev.shirube.model.Mention;
import dev.shirube.model.SitePath;
import dev.shirube.model.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Links the first mention of each term on a page to its glossary entry, never in code, headings or
 * other links.
 */
final class TermLinks {

  private static final String NOT_INSIDE =
      "a, code, pre, kbd, var, dt, h1, h2, h3, h4, h5, h6, label, .title, .admonition-title, .bibliography";

  private final Function<String, List<Mention>> mentions;

  TermLinks(Function<String, List<Mention>> mentions) {
    this.mentions = mentions;
  }

  void add(Element body, String path) {
    List<TextNode> texts = new ArrayList<>();
    body.traverse(
        (NodeVisitor)
            (node, depth) -> {
              if (node instanceof TextNode text
                  && !text.isBlank()
                  && text.parent() != null
                  && text.parent().closest(NOT_INSIDE) == null) {
                texts.add(text);
              }
            });
    Set<String> linked = new HashSet<>();
    for (TextNode text : texts) {
      link(text, path, linked);
    }
  }

  private void link(TextNode node, String path, Set<String> linked) {
    String text = node.getWholeText();
    Element result = new Element("span");
    int from = 0;
    for (Mention mention : mentions.apply(text)) {
      Term term = mention.term();
      if (term.pagePath().equals(path) || !linked.add(term.id())) {
        continue;
      }
      result.appendText(text.substring(from, mention.start()));
      result
          .appendElement("a")
          .addClass("term")
          .attr("href", SitePath.relative(SitePath.ofPage(path), SitePath.ofPage(term.pagePath())))
          .attr("data-definition", term.definition())
          .text(text.substring(mention.start(), mention.end()));
      from = mention.end();
    }
    if (from > 0) {
      result.appendText(text.substring(from));
      node.replaceWith(result);
      result.unwrap();
    }
  }
}
