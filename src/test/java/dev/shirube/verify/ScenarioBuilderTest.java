package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.Diagnostic;
import dev.shirube.verify.grammar.WrittenPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioBuilderTest {

  @TempDir Path fixtures = Path.of("unset");

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Scenario build(WrittenPage page, Map<String, String> site) {
    return new ScenarioBuilder(site, fixtures, diagnostics::add)
        .build(page.page(), page.snippets());
  }

  @Test
  void placeholdersOfThePageGoBeforeThoseOfTheSite() {
    Scenario scenario =
        build(
            WrittenPage.of(
                """
                = Page
                :placeholder-pod: a Pod; example=a; verify=web-0
                :placeholder-free: without a value; example=a
                :placeholder-namespace: the namespace; verify=mine

                text
                """),
            Map.of(
                "placeholder-pod", "a Pod; verify=other",
                "placeholder-node", "a node; verify=node-1",
                "description", "no placeholder"));
    assertEquals(Map.of("pod", "web-0", "node", "node-1"), scenario.placeholders());
  }

  @Test
  void theRangeOfAJsonPathIsNoPlaceholder() {
    build(
        WrittenPage.of(
            """
            [source,console,verify=run]
            ----
            $ kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\\n"}{end}'
            web-0
            ----
            """),
        Map.of());
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void noPlaceholderCanHaveTheNameOfWhatEndsARange() {
    build(
        WrittenPage.of(
            """
            = Page
            :placeholder-end: the last day; example=31; verify=31

            text
            """),
        Map.of());
    assertEquals(
        List.of("2: no placeholder can be called {end}"),
        diagnostics.stream().map(d -> d.location().line() + ": " + d.what()).toList());
  }

  @Test
  void filesAreThoseThatArePartOfThePageAndThoseWithAName() {
    WrittenPage.include("builder-pod.yaml", "kind: Pod\n");
    WrittenPage.include("builder-part.adoc", "text\n");
    Scenario scenario =
        build(
            WrittenPage.of(
                """
                include::builder-part.adoc[]

                [source,yaml,verify=apply]
                ----
                include::builder-pod.yaml[]
                ----

                [source,yaml,verify=apply,file=service.yaml]
                ----
                kind: Service
                ----
                """),
            Map.of());
    assertEquals(
        Map.of("builder-pod.yaml", "kind: Pod\n", "service.yaml", "kind: Service\n"),
        scenario.files());
  }

  @Test
  void fixturesLieInTheFolderOfThePage() throws IOException {
    Path folder = Files.createDirectories(fixtures.resolve("glossary/pod"));
    Files.writeString(folder.resolve("b.yaml"), "kind: B\n");
    Files.writeString(folder.resolve("a.json"), "{}");
    Files.writeString(folder.resolve("README.md"), "no manifest");
    WrittenPage page =
        WrittenPage.named("glossary/pod.adoc", "[source,yaml]\n----\nkind: A\n----\n");
    assertEquals(Map.of("a.json", "{}", "b.yaml", "kind: B\n"), build(page, Map.of()).fixtures());
    assertEquals(
        Map.of(), build(WrittenPage.of("text"), Map.of()).fixtures(), "another page has none");
  }

  private int ownNodes(String header) {
    return build(WrittenPage.of("= Page\n" + header + "\n\ntext\n"), Map.of()).ownNodes();
  }

  @Test
  void aPageMayAskForAClusterOfItsOwn() {
    assertEquals(2, ownNodes(":verify-nodes: 2"));
    assertEquals(0, ownNodes(":kind: guide"));
    assertEquals(List.of(), diagnostics);
  }

  @Test
  void whatIsNoNumberOfNodesIsNamedAtItsLine() {
    assertEquals(0, ownNodes(":verify-nodes: two"));
    assertEquals(0, ownNodes(":kind: guide\n:verify-nodes: 5"));
    assertEquals(0, ownNodes(":verify-node: 2"));
    assertEquals(
        List.of(
            "2 bad-value :verify-nodes: takes a number from 1 to 4, not \"two\"",
            "3 bad-value :verify-nodes: takes a number from 1 to 4, not \"5\"",
            "2 unknown-key no attribute of a page is called \"verify-node\""),
        diagnostics.stream()
            .map(d -> d.location().line() + " " + d.code() + " " + d.what())
            .toList());
  }

  @Test
  void whatIsTypedNeedsAValueForEachPlaceholder() {
    build(
        WrittenPage.of(
            """
            :placeholder-node: a node; verify=node-1

            [source,console,verify=run]
            ----
            $ echo {pod} {node} {namespace} \\
                {more}
            printed {output}
            ----

            [source,console,verify=skip,because=b]
            ----
            $ echo {skipped}
            ----

            [source,yaml]
            ----
            a: {brace}
            ----
            """
                .replace("\\\\", "\\")),
        Map.of("placeholder-node", "a node; verify=node-1"));
    assertEquals(
        List.of(
            "5: the placeholder {pod} has no value to verify with",
            "6: the placeholder {more} has no value to verify with"),
        diagnostics.stream().map(d -> d.location().line() + ": " + d.what()).toList());
  }
}
