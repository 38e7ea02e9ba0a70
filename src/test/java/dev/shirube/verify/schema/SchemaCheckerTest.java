package dev.shirube.verify.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.verify.schema.ManifestDocument.Standing;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCheckerTest {

  private static final SchemaChecker NEWEST =
      SchemaChecker.of(Snapshots.minors().getLast()).orElseThrow();

  /** All but the one that its page shows to be refused. */
  static List<Path> content() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("content"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("selector-mismatch.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("content")
  void theManifestsOfTheWikiAreProven(Path file) throws IOException {
    SchemaReport report = check(Files.readString(file));
    assertEquals(List.of(), report.diagnostics());
    assertTrue(report.isProven());
  }

  @ParameterizedTest
  @MethodSource("dev.shirube.verify.schema.Snapshots#minors")
  void everyMinorTakesTheRightManifests(KubernetesMinor minor) throws IOException {
    SchemaChecker checker = SchemaChecker.of(minor).orElseThrow();
    for (RightManifests.Manifest manifest : RightManifests.all()) {
      assertEquals(
          List.of(),
          checker
              .check(manifest.text(), SchemaCheckerTest::place, Completeness.WHOLE)
              .diagnostics(),
          manifest.name());
    }
  }

  @Test
  void aMinorWithoutASnapshotHasNoChecker() {
    assertTrue(SchemaChecker.of(new KubernetesMinor(1, 12)).isEmpty());
  }

  @Test
  void linesOfAnIncludedFileAreNamedThere() {
    String text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndta: {}\n";
    List<String> lines = text.lines().toList();
    SchemaReport report =
        NEWEST.check(
            text,
            // The include took the last three lines of a file whose lines are indented by four.
            line ->
                line < 3
                    ? new Location("page.adoc", 10 + line, 0, lines.get(line - 1))
                    : new Location("part.yaml", line - 2, 0, "    " + lines.get(line - 1)),
            Completeness.WHOLE);
    Location location = report.diagnostics().getFirst().location();
    assertEquals("part.yaml", location.file());
    assertEquals(3, location.line());
    assertEquals(5, location.column());
  }

  @Test
  void aBillionLaughsAreRefusedAtOnce() {
    StringBuilder text =
        new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n");
    text.append("  l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("  l%d: &l%d [".formatted(i, i));
      text.append("*l%d, ".formatted(i - 1).repeat(9)).append("]\n");
    }
    String spec = text.toString().replace("ConfigMap", "CustomResourceDefinition");
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertFalse(check(text.toString()).hasNoErrors());
          assertFalse(check(spec).hasNoErrors());
          assertFalse(check(inside("default: &a [*a, *a]", text.toString())).hasNoErrors());
        });
  }

  /** A place that takes anything, so that the walk goes all the way down. */
  private static String inside(String value, String bomb) {
    return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n"
        + "  name: a\nspec:\n  versions:\n    - name: v1\n      schema:\n        openAPIV3Schema:\n"
        + "          "
        + value
        + "\n          example:\n"
        + bomb.substring(bomb.indexOf("  l0")).replace("  l", "            l");
  }

  @Test
  void deepNestingEndsInADiagnostic() {
    String deep = "apiVersion: v1\nkind: ConfigMap\ndata: " + "[".repeat(100_000);
    assertEquals("invalid-yaml", check(deep).diagnostics().getFirst().code());
    StringBuilder indented = new StringBuilder("apiVersion: v1\nkind: ConfigMap\n");
    for (int i = 0; i < 2000; i++) {
      indented.append(" ".repeat(i)).append("a:\n");
    }
    assertFalse(check(indented.toString()).hasNoErrors());
  }

  @Test
  void aMergedMappingCountsAsWritten() {
    String text =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
        spec:
          containers:
            - &base
              name: one
              image: busybox
            - <<: *base
              name: two
            - <<: *base
              name: three
              imagePulPolicy: Always
        """;
    List<Diagnostic> diagnostics = check(text).diagnostics();
    assertEquals(1, diagnostics.size(), diagnostics::toString);
    assertEquals("unknown-field", diagnostics.getFirst().code());
    assertEquals(14, diagnostics.getFirst().location().line());
  }

  @Test
  void whatKubernetesDoesNotHaveIsNotProvenAndNotWrong() {
    SchemaReport report = check("apiVersion: example.com/v1\nkind: Backup\nmetadata: {name: a}\n");
    assertTrue(report.hasNoErrors());
    assertFalse(report.isProven());
    ManifestDocument document = report.documents().getFirst();
    assertEquals(Standing.NO_SCHEMA, document.standing());
    assertEquals("a", document.name());
  }

  @Test
  void commentsAloneAreNoDocument() {
    SchemaReport report = check("# nothing\n---\n---\n# here\n");
    assertEquals(List.of(), report.documents());
    assertEquals(List.of(), report.diagnostics());
  }

  /** Loosely: it took 2 to 5 s in a fresh JVM on two cores that did other things. */
  @Test
  void aThousandManifestsTakeSeconds() throws IOException {
    List<RightManifests.Manifest> manifests = RightManifests.all();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1000; i++) {
            check(manifests.get(i % manifests.size()).text());
          }
        });
  }

  private static SchemaReport check(String text) {
    return NEWEST.check(text, SchemaCheckerTest::place, Completeness.WHOLE);
  }

  private static Location place(int line) {
    return new Location("manifest.yaml", line, 0, null);
  }
}
