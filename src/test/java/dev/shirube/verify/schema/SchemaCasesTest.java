package dev.shirube.verify.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the check says, word by word: each folder of {@code src/test/schema} has a manifest and the
 * text of its diagnostics. {@code -Dgolden.update=true} writes the texts anew.
 */
class SchemaCasesTest {

  private static final Path CASES = Path.of("src/test/schema");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theWholeTextIsAsExpected(Path testCase) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics(testCase)) {
      text.append(text(diagnostic)).append('\n');
    }
    Path expected = testCase.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text.toString());
  }

  @Test
  void everyCodeHasACase() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path testCase : cases()) {
      diagnostics(testCase).forEach(diagnostic -> seen.add(diagnostic.code()));
    }
    assertEquals(
        new TreeSet<>(
            Set.of(
                "deprecated-api",
                "duplicate-item",
                "duplicate-key",
                "invalid-label",
                "invalid-name",
                "invalid-value",
                "invalid-yaml",
                "missing-field",
                "no-schema",
                "not-a-manifest",
                "off-by-default",
                "removed-api",
                "selector-mismatch",
                "unknown-enum-value",
                "unknown-field",
                "unknown-kind",
                "unknown-volume",
                "wrong-type")),
        seen);
  }

  @Test
  void everyDiagnosticPointsAtAColumn() throws IOException {
    for (Path testCase : cases()) {
      for (Diagnostic diagnostic : diagnostics(testCase)) {
        assertTrue(diagnostic.location().column() > 0, diagnostic::toString);
      }
    }
  }

  private static List<Diagnostic> diagnostics(Path testCase) throws IOException {
    String text = Files.readString(testCase.resolve("manifest.yaml"));
    Path version = testCase.resolve("kubernetes");
    KubernetesMinor minor =
        KubernetesMinor.parse(Files.exists(version) ? Files.readString(version) : "1.37")
            .orElseThrow();
    List<String> lines = text.lines().toList();
    return SchemaChecker.of(minor)
        .orElseThrow()
        .check(
            text,
            line -> new Location("manifest.yaml", line, 0, lines.get(line - 1)),
            Files.exists(testCase.resolve("partial")) ? Completeness.PARTIAL : Completeness.WHOLE)
        .diagnostics();
  }

  private static String text(Diagnostic diagnostic) {
    Location location = diagnostic.location();
    String line = Objects.requireNonNull(location.sourceLine());
    return "%s:%d:%d: %s [%s]: %s%n  %s%n  %s^%n"
            .formatted(
                location.file(),
                location.line(),
                location.column(),
                diagnostic.severity(),
                diagnostic.code(),
                diagnostic.what(),
                line,
                " ".repeat(location.column() - 1))
        + (diagnostic.why() == null ? "" : "  why: " + diagnostic.why() + "\n")
        + (diagnostic.fix() == null ? "" : "  fix: " + diagnostic.fix() + "\n");
  }
}
