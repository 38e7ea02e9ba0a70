package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.grammar.WrittenPage;
import dev.shirube.verify.schema.SchemaChecker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchemaTierTest {

  private static final SchemaChecker CHECKER =
      SchemaChecker.of(new KubernetesMinor(1, 37)).orElseThrow();

  private static List<SnippetResult> check(String text) {
    WrittenPage page = WrittenPage.of(text);
    assertEquals(List.of(), page.problems());
    return new SchemaTier(CHECKER)
        .check(
            new Scenario(
                "page.adoc",
                page.snippets(),
                Map.of("name", "web"),
                new TreeMap<>(),
                new TreeMap<>()));
  }

  private static List<SnippetResult> listing(String attributes, String text) {
    return check("[" + attributes + "]\n----\n" + text + "\n----\n");
  }

  /** {@code failed 5 unknown-field}. */
  private static List<String> told(List<SnippetResult> results) {
    return results.stream()
        .map(
            result ->
                result.outcome().id()
                    + result.problems().stream()
                        .map(d -> " " + d.location().line() + " " + d.code())
                        .reduce("", String::concat))
        .toList();
  }

  private static final String RIGHT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}";
  private static final String WRONG =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatum: {}";

  @Test
  void aRightManifestIsProvenBySchemaAlone() {
    SnippetResult result = listing("source,yaml", RIGHT).getFirst();
    assertEquals(Outcome.PASSED, result.outcome());
    assertEquals(Optional.of(ProofTier.SCHEMA), result.tier());
    assertEquals(List.of(), result.problems());
  }

  @Test
  void aManifestThatNeedsAClusterIsOnlyToldOfWhenItIsWrong() {
    assertEquals(List.of(), told(listing("source,yaml,verify=apply", RIGHT)));
    assertEquals(
        List.of("failed 6 unknown-field"), told(listing("source,yaml,verify=apply", WRONG)));
    assertEquals(
        List.of("failed 6 unknown-field"), told(listing("source,yaml,verify=fixture", WRONG)));
  }

  @Test
  void whatShouldBeRefusedIsNotHeldAgainstTheSchema() {
    assertEquals(List.of(), told(listing("source,yaml,verify=reject,message=no", WRONG)));
  }

  @Test
  void aKindWithoutASchemaIsNotProven() {
    String thing = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}";
    assertEquals(List.of("failed 3 no-schema"), told(listing("source,yaml", thing)));
    assertEquals(List.of(), told(listing("source,yaml,verify=apply", thing)));
  }

  @Test
  void whatIsNoManifestIsCalledSo() {
    SnippetResult result = listing("source,json", "{\"a\": 1}").getFirst();
    assertEquals(List.of("failed 3 not-a-manifest"), told(List.of(result)));
    assertEquals(
        "this JSON is no manifest: it names neither apiVersion nor kind",
        result.problems().getFirst().what());
  }

  @Test
  void aPartOfAManifestMayLeaveOutWhatIsRequired() {
    String part = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 1}";
    assertEquals(List.of(), told(listing("source,yaml,verify=expect", part)));
    assertEquals(1, listing("source,yaml,verify=apply", part).size(), "a selector is required");
  }

  @Test
  void anExpectationThatCannotBeReadIsNamedAtItsLine() {
    assertEquals(
        List.of("failed 6 bad-expectation"),
        told(listing("source,yaml,verify=expect", RIGHT + "\ndata: {a: <nonsuch>}")));
    assertEquals(
        List.of("failed 4 bad-expectation"),
        told(listing("source,console,verify=run,match=json", "$ echo '{}'\n{")));
  }

  @Test
  void aCommandThatCannotBeReadIsNamedAtItsLineAndColumn() {
    SnippetResult result =
        listing("source,console,verify=run", "$ echo a\na\n$ echo 'b").getFirst();
    assertEquals(Outcome.FAILED, result.outcome());
    assertEquals(5, result.problems().getFirst().location().line());
    assertEquals(8, result.problems().getFirst().location().column());
  }

  @Test
  void placeholdersAreFilledInBefore() {
    assertEquals(
        List.of("passed"),
        told(
            listing(
                "source,yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: {name}, namespace: {namespace}}""")));
  }

  @Test
  void whatIsSkippedSaysWhy() {
    SnippetResult result =
        listing("source,console,verify=skip,because=\"it takes a day\"", "$ (").getFirst();
    assertEquals(Outcome.SKIPPED, result.outcome());
    assertEquals("it takes a day", result.reason());
    assertEquals(Optional.empty(), result.tier());
  }

  @Test
  void whatSaysNothingIsNotProven() {
    assertEquals(List.of("failed 3 empty-snippet"), told(listing("source,yaml", "# kind: Pod")));
    assertEquals(
        List.of("failed 3 empty-snippet"), told(listing("source,yaml,verify=expect", "---")));
    assertEquals(
        List.of("failed 3 empty-snippet"),
        told(listing("source,yaml,verify=reject,message=no", "#")));
    assertEquals(
        List.of("failed 3 empty-snippet"), told(listing("source,bash,verify=run", "# nothing")));
  }

  @Test
  void anOutputWithoutTextIsNotProven() {
    assertEquals(
        List.of("failed 8 empty-snippet"),
        told(
            check(
                """
                [source,console,verify=run]
                ----
                $ echo a
                ----

                [source,text,verify=output]
                ----

                ----
                """)));
  }
}
