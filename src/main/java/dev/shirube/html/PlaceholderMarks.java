package dev.shirube.html;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Placeholder;
import dev.shirube.model.Suggestion;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Marks {@code {namespace}}-like names in commands, with their meaning; reports those that nobody
 * declared. Braces are common in other code, so only terminal sessions are held to that.
 */
final class PlaceholderMarks {

  private final ConvertedPage page;
  private final Map<String, Placeholder> declared;
  private final Consumer<Diagnostic> diagnostics;

  PlaceholderMarks(
      ConvertedPage page, Map<String, Placeholder> declared, Consumer<Diagnostic> diagnostics) {
    this.page = page;
    this.declared = declared;
    this.diagnostics = diagnostics;
  }

  void mark(Element body) {
    for (Element code : body.select("code")) {
      boolean session = code.attr("data-lang").equals("console");
      for (Element holder : code.getAllElements()) {
        for (TextNode text : holder.textNodes()) {
          mark(text, session && !holder.hasClass("tok-output"));
        }
      }
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
      marked
          .appendElement("var")
          .addClass("placeholder")
          .attr("data-name", placeholder.name())
          .attr("title", placeholder.meaning() + (example.isEmpty() ? "" : " (例: " + example + ")"))
          .text(names.group());
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
