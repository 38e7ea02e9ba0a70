package dev.shirube.html;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Placeholder;
import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Marks {@code {namespace}}-like names in commands, with their meaning; reports those that nobody
 * declared. Braces are common in other code, so only terminal sessions are held to that.
 */
final class PlaceholderMarks {

  private final ConvertedPage page;
  private final Map<String, Placeholder> declared;
  private final String language;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param language of the site's own words
   */
  PlaceholderMarks(
      ConvertedPage page,
      Map<String, Placeholder> declared,
      String language,
      Consumer<Diagnostic> diagnostics) {
    this.page = page;
    this.declared = declared;
    this.language = language;
    this.diagnostics = diagnostics;
  }

  void mark(Element body) {
    for (Element code : body.select("code")) {
      boolean session = code.attr("data-lang").equals("console");
      gather(code);
      for (Element holder : code.getAllElements()) {
        for (TextNode text : holder.textNodes()) {
          mark(text, session && !holder.hasClass("tok-output"));
        }
      }
    }
  }

  /** Puts a name back together that a lexer has cut into pieces, as YAML's does with braces. */
  private static void gather(Element code) {
    List<TextNode> nodes = new ArrayList<>();
    code.traverse(
        (NodeVisitor)
            (node, depth) -> {
              if (node instanceof TextNode text) {
                nodes.add(text);
              }
            });
    StringBuilder whole = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    for (TextNode node : nodes) {
      starts.add(whole.length());
      whole.append(node.getWholeText());
    }
    // From behind, so that the places before stay what they are.
    for (MatchResult name : Placeholder.IN_TEXT.matcher(whole).results().toList().reversed()) {
      int first = nodeAt(starts, name.start());
      int last = nodeAt(starts, name.end() - 1);
      for (int i = last; i > first; i--) {
        TextNode node = nodes.get(i);
        node.text(
            node.getWholeText()
                .substring(Math.min(name.end() - starts.get(i), node.getWholeText().length())));
      }
      if (last > first) {
        TextNode node = nodes.get(first);
        String before = node.getWholeText().substring(0, name.start() - starts.get(first));
        node.text(before + name.group());
      }
    }
    nodes.stream()
        .filter(node -> node.getWholeText().isEmpty())
        .forEach(PlaceholderMarks::removeWithParent);
  }

  private static int nodeAt(List<Integer> starts, int offset) {
    int at = 0;
    while (at + 1 < starts.size() && starts.get(at + 1) <= offset) {
      at++;
    }
    return at;
  }

  private static void removeWithParent(TextNode empty) {
    Element parent = empty.parent();
    empty.remove();
    if (parent != null && parent.tagName().equals("span") && parent.childNodeSize() == 0) {
      parent.remove();
    }
  }

  private void mark(TextNode node, boolean mustBeDeclared) {
    String text = node.getWholeText();
    Matcher names = Placeholder.IN_TEXT.matcher(text);
    int from = 0;
    Element marked = new Element("span");
    while (names.find()) {
      Placeholder placeholder = declared.get(names.group(1));
      if (placeholder == null) {
        if (mustBeDeclared) {
          undeclared(names.group(1));
        }
        continue;
      }
      marked.appendText(text.substring(from, names.start()));
      String example = placeholder.example();
      String meaning = placeholder.meaning();
      Element mark =
          marked
              .appendElement("var")
              .addClass("placeholder")
              .attr("data-name", placeholder.name())
              .attr("data-meaning", placeholder.meaning())
              .attr("data-example", example)
              .text(names.group());
      if (example.isEmpty()) {
        mark.attr("title", meaning);
      } else {
        new Words(meaning + " (例: " + example + ")", meaning + " (e.g. " + example + ")")
            .writeTo(mark, "title", language);
      }
      from = names.end();
    }
    if (from > 0) {
      marked.appendText(text.substring(from));
      node.replaceWith(marked);
      marked.unwrap();
    }
  }

  private void undeclared(String name) {
    diagnostics.accept(
        Diagnostic.warning(
            "undeclared-placeholder",
            page.source().locationOf("{" + name + "}"),
            "the placeholder {" + name + "} is not declared",
            "a reader has to know what to write there",
            Suggestion.nearest(name, declared.keySet())
                .map(near -> "did you mean {" + near + "}?")
                .orElse(
                    "declare it in the header: \":placeholder-"
                        + name
                        + ": meaning; example=…; verify=…\"")));
  }
}
