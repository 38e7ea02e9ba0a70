package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.verify.grammar.WrittenPage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What makes a proof stale: its own hash, and the chain of all that runs before it. */
class SubjectsTest {

  private static final String PAGE =
      """
      [source#first,yaml,verify=apply]
      ----
      kind: A
      ----

      [source#alone,yaml]
      ----
      kind: B
      ----

      [source#second,console,verify=run,within=5s]
      ----
      $ echo {pod}
      ----

      [source#third,console,verify=run]
      ----
      $ echo c
      ----
      """;

  private static List<ProofSubject> of(String path, String text, String fixture, String pod) {
    WrittenPage page = WrittenPage.named(path, text);
    return Subjects.of(
        new Scenario(
            path,
            page.snippets(),
            Map.of("pod", pod),
            new TreeMap<>(),
            new TreeMap<>(fixture.isEmpty() ? Map.of() : Map.of("f.yaml", fixture))));
  }

  private static List<ProofSubject> of(String text) {
    return of("page.adoc", text, "", "web-0");
  }

  private static final List<ProofSubject> BEFORE = of(PAGE);

  private static void assertChanged(List<ProofSubject> after, String hashes, String chains) {
    StringBuilder changedHashes = new StringBuilder();
    StringBuilder changedChains = new StringBuilder();
    for (int i = 0; i < BEFORE.size(); i++) {
      changedHashes.append(BEFORE.get(i).hash().equals(after.get(i).hash()) ? '.' : 'x');
      changedChains.append(BEFORE.get(i).chain().equals(after.get(i).chain()) ? '.' : 'x');
    }
    assertEquals(hashes + " " + chains, changedHashes + " " + changedChains);
  }

  @Test
  void theSamePageHasTheSameHashes() {
    assertEquals(BEFORE, of(PAGE));
    assertEquals(4, BEFORE.stream().map(ProofSubject::hash).distinct().count());
    assertEquals(4, BEFORE.stream().map(ProofSubject::chain).distinct().count());
  }

  @Test
  void aTextChangesItsHashAndAllChainsFromThereOn() {
    assertChanged(of(PAGE.replace("kind: A", "kind: a")), "x...", "x.xx");
    assertChanged(of(PAGE.replace("echo c", "echo d")), "...x", "...x");
  }

  @Test
  void aSnippetThatOnlyNeedsASchemaStandsAlone() {
    assertChanged(of(PAGE.replace("kind: B", "kind: b")), ".x..", ".x..");
    assertEquals(ProofTier.SCHEMA, BEFORE.get(1).tier());
  }

  @Test
  void anOptionCountsButATitleDoesNot() {
    assertChanged(of(PAGE.replace("within=5s", "within=6s")), "..x.", "..xx");
    assertChanged(
        of(PAGE.replace("[source#second", ".Title\n[source#second%nowrap")), "....", "....");
    assertChanged(of(PAGE.replace("#second,", "#second%background,")), "..x.", "..xx");
    assertChanged(of(PAGE.replace("#second,", "#second.symptom,")), "..x.", "..xx");
  }

  @Test
  void theSameTextInAnotherLanguageMeansSomethingElse() {
    assertChanged(of(PAGE.replace("#third,console", "#third,bash")), "...x", "...x");
  }

  @Test
  void thePlaceholdersValueCounts() {
    assertChanged(of("page.adoc", PAGE, "", "web-1"), "..x.", "..xx");
    assertEquals(List.of("$ echo web-0"), BEFORE.get(2).lines());
  }

  @Test
  void aFixtureChangesAllChainsButThoseThatStandAlone() {
    assertChanged(of("page.adoc", PAGE, "kind: F", "web-0"), "....", "x.xx");
  }

  @Test
  void aClusterOfItsOwnChangesAllChainsAndSoDoesTheNumberOfItsNodes() {
    assertChanged(ofNodes(1), "....", "x.xx");
    assertEquals(BEFORE, ofNodes(0));
    assertNotEquals(ofNodes(1).getFirst().chain(), ofNodes(2).getFirst().chain());
  }

  private static List<ProofSubject> ofNodes(int nodes) {
    return Subjects.of(
        new Scenario(
            "page.adoc",
            WrittenPage.of(PAGE).snippets(),
            Map.of("pod", "web-0"),
            new TreeMap<>(),
            new TreeMap<>(),
            nodes));
  }

  @Test
  void theSameOnAnotherPageIsToBeProvenAnew() {
    assertChanged(of("other.adoc", PAGE, "", "web-0"), "....", "x.xx");
  }

  @Test
  void orderCounts() {
    String second = PAGE.substring(PAGE.indexOf("[source#second"), PAGE.indexOf("[source#third"));
    String third = PAGE.substring(PAGE.indexOf("[source#third"));
    List<ProofSubject> swapped = of(PAGE.replace(second + third, third + "\n" + second));
    assertEquals("third", swapped.get(2).id());
    assertEquals(BEFORE.get(3).hash(), swapped.get(2).hash());
    assertNotEquals(BEFORE.get(3).chain(), swapped.get(2).chain());
  }

  @Test
  void whatIsSkippedIsNoSubjectAndChangesNothing() {
    assertChanged(
        of(
            """
            [source,console,verify=skip,because=b]
            ----
            $ sleep 1
            ----

            """
                + PAGE),
        "....",
        "....");
  }

  @Test
  void optionsAreReadable() {
    assertEquals(
        List.of("language=console", "within=5s"),
        BEFORE.get(2).options(),
        "sorted, without verify");
  }
}
