package dev.shirube.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.Diagnostic;
import dev.shirube.verify.grammar.WrittenPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class PlaceholderMarksTest {

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Element body(String language, String code) {
    WrittenPage written =
        WrittenPage.named(
            "a.adoc",
            """
            = A
            :placeholder-pod: the Pod; example=web-0

            [source#a,%s]
            ----
            %s
            ----
            """
                .formatted(language, code));
    String html =
        new PageComposer(Map.of(), List.of(), text -> List.of(), Map.of(), diagnostics::add)
            .compose(List.of(written.page()))
            .getFirst()
            .body();
    return Jsoup.parseBodyFragment(html).body();
  }

  @Test
  void aNameIsMarkedWithItsMeaningAndItsExampleAsText() {
    Element mark = body("console", "$ kubectl get pod {pod}").expectFirst("var.placeholder");
    assertEquals("{pod}", mark.text());
    assertEquals("pod", mark.attr("data-name"));
    assertEquals("the Pod", mark.attr("data-meaning"));
    assertEquals("web-0", mark.attr("data-example"));
  }

  @Test
  void aNameThatTheLexerCutsIsMarkedWhole() {
    for (String code : List.of("name: {pod}", "name: a-{pod}-b", "{pod}: {pod}", "- {pod}")) {
      Element body = body("yaml", code);
      assertEquals(code, body.expectFirst("code").wholeText());
      assertEquals(
          code.split("\\{pod}", -1).length - 1, body.select("var.placeholder").size(), code);
    }
  }

  @Test
  void nothingElseInBracesIsMarked() {
    for (String code : List.of("a: ${pod}", "a: {{pod}}", "a: {pod: 1}", "a: {other}")) {
      Element body = body("yaml", code);
      assertEquals(code, body.expectFirst("code").wholeText());
      assertEquals(0, body.select("var.placeholder").size(), code);
    }
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void aCommandsNameMustBeDeclared() {
    body("console", "$ kubectl get pod {prod}");
    assertEquals(
        List.of("undeclared-placeholder"), diagnostics.stream().map(Diagnostic::code).toList());
  }
}
