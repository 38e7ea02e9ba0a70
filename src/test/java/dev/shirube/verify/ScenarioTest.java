package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.WrittenPage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static Scenario scenario(String... listings) {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < listings.length; i++) {
      page.append(
          "[source#s%d,%s\n----\n%s\n----\n\n".formatted(i, head(listings[i]), listings[i]));
    }
    return new Scenario(
        "a.adoc",
        WrittenPage.of(page.toString()).snippets(),
        Map.of(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private static String head(String listing) {
    return listing.startsWith("$") ? "console,verify=run]" : "yaml,verify=apply]";
  }

  private static List<String> meetDouble(Scenario scenario) {
    return scenario.snippets().stream().filter(scenario::meetsDouble).map(Snippet::id).toList();
  }

  @Test
  void kubectlMeetsTheDoubleOnceItsKubeconfigIsWritten() {
    Scenario scenario =
        scenario(
            "$ kubectl get pods",
            "$ aws eks list-clusters",
            "$ kubectl get pods",
            "$ aws eks update-kubeconfig --name demo",
            "kind: Pod",
            "$ kubectl get pods");
    assertTrue(scenario.usesAws());
    assertEquals(List.of("s1", "s3", "s5"), meetDouble(scenario));
  }

  @Test
  void aProgramOfAnotherNameIsNotAws() {
    Scenario scenario = scenario("$ echo aws", "$ awk 1");
    assertFalse(scenario.usesAws());
    assertEquals(List.of(), meetDouble(scenario));
  }

  private static List<String> ids(Scenario scenario) {
    return scenario.snippets().stream().map(Snippet::id).toList();
  }

  private static Scenario written(String text) {
    return new Scenario(
        "a.adoc", WrittenPage.of(text).snippets(), Map.of(), new TreeMap<>(), new TreeMap<>());
  }

  private static String run(String id, String role, String verb) {
    return role
        + "[source#"
        + id
        + ",console,verify="
        + verb
        + "]\n----\n$ kubectl get pods\n----\n\n";
  }

  @Test
  void upToASnippetIsAllBeforeItAndWhatPreparesAndClearsAway() {
    Scenario scenario =
        written(
            run("a", "", "run")
                + run("b", "", "run")
                + run("c", "", "run")
                + run("before", "", "fixture")
                + run("after", "", "teardown"));
    assertEquals(List.of("a", "b", "before", "after"), ids(scenario.upTo("b")));
    assertEquals(List.of("a", "b", "c", "before", "after"), ids(scenario.upTo("c")));
    assertThrows(IllegalArgumentException.class, () -> scenario.upTo("d"));
  }

  @Test
  void aSymptomThatIsShownFirstNeedsItsCause() {
    Scenario scenario =
        written(
            run("symptom", "[.symptom]\n", "run")
                + run("cause", "[.cause]\n", "run")
                + run("solution", "[.solution]\n", "run"));
    assertEquals(List.of("symptom", "cause"), ids(scenario.upTo("symptom")));
    assertEquals(List.of("symptom", "cause"), ids(scenario.upTo("cause")));
  }
}
