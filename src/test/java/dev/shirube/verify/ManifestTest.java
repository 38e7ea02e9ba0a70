package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @ParameterizedTest
  @ValueSource(strings = {"---", "--- # the second", "---\t", "---   "})
  void documentsAreSplitAtSeparators(String separator) {
    List<Manifest> manifests =
        Manifest.split("kind: A\nmetadata: {name: a}\n" + separator + "\nkind: B\n");
    assertEquals(List.of("A", "B"), manifests.stream().map(Manifest::kind).toList());
    assertEquals(List.of(1, 4), manifests.stream().map(Manifest::firstLine).toList());
    assertEquals("kind: A\nmetadata: {name: a}\n", manifests.getFirst().text());
  }

  @Test
  void whatOnlyLooksLikeASeparatorIsNone() {
    assertEquals(1, Manifest.split("kind: A\nnote: |\n  ---\n----\n---a\n").size());
  }

  @Test
  void documentsWithoutContentAreLeftOut() {
    List<Manifest> manifests =
        Manifest.split("---\n# only a comment\n---\n\n---\n# with\nkind: A\n---\n");
    assertEquals(List.of("A"), manifests.stream().map(Manifest::kind).toList());
    assertEquals(6, manifests.getFirst().firstLine());
    assertEquals("# with\nkind: A\n", manifests.getFirst().text());
    assertEquals(List.of(), Manifest.split(""));
  }

  @Test
  void namesAreRead() {
    assertEquals(
        List.of(
            new Manifest(
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 1\n  namespace: n\n",
                1,
                "v1",
                "Pod",
                "1",
                Optional.of("n"))),
        Manifest.split("apiVersion: v1\nkind: Pod\nmetadata:\n  name: 1\n  namespace: n"));
  }

  @Test
  void jsonIsAManifestToo() {
    Manifest manifest =
        Manifest.split("{\n  \"kind\": \"Pod\",\n  \"metadata\": {\"name\": \"a\"}\n}\n")
            .getFirst();
    assertEquals("Pod", manifest.kind());
    assertEquals("a", manifest.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: [", "- a\n- b", "just words", "kind: A\n...\nkind: B", "a: *b"})
  void whatIsNoObjectNamesNothingAndKeepsItsBytes(String text) {
    Manifest manifest = Manifest.split(text).getFirst();
    assertEquals(text + "\n", manifest.text());
    assertEquals("", manifest.kind());
    assertEquals(Optional.empty(), manifest.namespace());
  }

  @Test
  void keysThatStandTwiceAreLeftForTheServerToRefuse() {
    assertEquals("B", Manifest.split("kind: A\nkind: B\n").getFirst().kind());
  }
}
