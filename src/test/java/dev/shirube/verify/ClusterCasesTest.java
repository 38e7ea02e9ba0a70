package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.ProofTier;
import dev.shirube.model.VerificationResult;
import dev.shirube.report.ConsoleReport;
import dev.shirube.verify.grammar.WrittenPage;
import dev.shirube.verify.shell.AllowedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What writers see of a run on a cluster that shows them wrong: each folder of {@code
 * src/test/verify/cases} is named for a code, and holds a page, fixtures where it needs them, and
 * the whole text. {@code -Dgolden.update=true} writes the texts anew.
 */
class ClusterCasesTest {

  private static final Path CASES = Path.of("src/test/verify/cases");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theWholeTextIsAsExpected(Path testCase) throws IOException {
    String text = run(testCase);
    Path expected = testCase.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
    assertTrue(text.contains("[" + testCase.getFileName() + "]"), text);
  }

  private static String run(Path testCase) throws IOException {
    WrittenPage page =
        WrittenPage.named("page.adoc", Files.readString(testCase.resolve("page.adoc")));
    assertEquals(List.of(), page.problems());
    Scenario scenario =
        new Scenario(
            "page.adoc",
            page.snippets(),
            Map.of("place", "a b"),
            new TreeMap<>(),
            fixtures(testCase.resolve("fixtures")));
    FakeCluster cluster = new FakeCluster();
    Verifier.Result result =
        new Verifier(
                cluster,
                ProofTier.NODE,
                AllowedPrograms.ofTheMachine(),
                OwnClusters.none("none"),
                new Verifier.Settings(1, false),
                List.of())
            .run(List.of(scenario), done -> {});
    return ConsoleReport.text(
            new VerificationResult(
                Instant.EPOCH,
                Duration.ZERO,
                "a cluster",
                cluster.version(),
                result.snippets(),
                result.problems()))
        .replaceAll("shirube-page-[a-z0-9]{5}", "NAMESPACE");
  }

  private static SortedMap<String, String> fixtures(Path folder) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          texts.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
      }
    }
    return texts;
  }
}
