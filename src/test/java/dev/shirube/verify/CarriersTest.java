package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.verify.grammar.WrittenPage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriersTest {

  private static final String LISTING =
      """
      [source#listing,yaml]
      ----
      include::carriers-pod.yaml[]
      ----

      """;

  private static Map<String, List<String>> of(String text) {
    WrittenPage.include("carriers-pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");
    WrittenPage page = WrittenPage.of(text);
    assertEquals(List.of(), page.problems());
    return Carriers.of(
        new Scenario("page.adoc", page.snippets(), Map.of(), new TreeMap<>(), new TreeMap<>()));
  }

  private static String run(String id, String command, String more) {
    return "[source#%s,console,verify=run%s]\n----\n$ %s\n----\n\n".formatted(id, more, command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl apply -f carriers-pod.yaml",
        "kubectl -n team-a create --filename=./carriers-pod.yaml",
        "kubectl replace --force -f carriers-pod.yaml",
        "kubectl apply -f other.yaml,carriers-pod.yaml && kubectl get pods"
      })
  void aCommandThatAppliesTheFileBringsTheListing(String command) {
    assertEquals(
        Map.of("listing", List.of("bring")), of(LISTING + run("bring", command, "")), command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl apply --dry-run=server -f carriers-pod.yaml",
        "kubectl apply -f other.yaml",
        "kubectl delete -f carriers-pod.yaml",
        "kubectl diff -f carriers-pod.yaml",
        "echo kubectl apply -f carriers-pod.yaml"
      })
  void otherCommandsDoNot(String command) {
    assertEquals(Map.of(), of(LISTING + run("other", command, "")), command);
  }

  @Test
  void whatIsToFailOrComesBeforeBringsNothing() {
    String apply = "kubectl apply -f carriers-pod.yaml";
    assertEquals(Map.of(), of(LISTING + run("a", apply, ",exit=1")));
    assertEquals(Map.of(), of(run("a", apply, "") + LISTING));
  }

  @Test
  void onlyTheLastCommandIsToFail() {
    String refused = "kubectl apply -f carriers-pod.yaml\n$ kubectl logs a";
    assertEquals(Map.of("listing", List.of("a")), of(LISTING + run("a", refused, ",exit=1")));
  }

  @Test
  void aFixtureOfCommandsBringsItOneOfManifestsHasNoCommands() {
    String fixture = run("a", "kubectl apply -f carriers-pod.yaml", "").replace("=run", "=fixture");
    assertEquals(Map.of("listing", List.of("a")), of(LISTING + fixture));
    String manifest = "[source#a,yaml,verify=fixture]\n----\nkind: Pod\n----\n\n";
    assertEquals(Map.of(), of(LISTING + manifest));
  }

  @Test
  void allThatBringItAreNamedInOrder() {
    String apply = "kubectl apply -f carriers-pod.yaml";
    assertEquals(
        Map.of("listing", List.of("a", "b")),
        of(LISTING + run("a", apply, "") + run("b", apply, "")));
  }

  @Test
  void aListingWithANameOfItsOwnIsBroughtByThatName() {
    String listing = "[source#l,yaml,file=a.yaml]\n----\nkind: Pod\n----\n\n";
    assertEquals(Map.of("l", List.of("b")), of(listing + run("b", "kubectl apply -f a.yaml", "")));
  }
}
