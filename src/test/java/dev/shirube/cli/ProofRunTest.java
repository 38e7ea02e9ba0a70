package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run's exit code says: wrong content goes before an environment that failed. */
class ProofRunTest {

  private static int exitCode(List<Diagnostic> problems, Outcome... outcomes) {
    return ProofRun.exitCode(
        new VerificationResult(
            Instant.EPOCH,
            Duration.ZERO,
            "a cluster",
            "1.37.2",
            Arrays.stream(outcomes).map(ProofRunTest::snippet).toList(),
            problems));
  }

  private static SnippetResult snippet(Outcome outcome) {
    return new SnippetResult(
        "a.adoc",
        "a",
        "run",
        Location.of("a.adoc"),
        outcome,
        Optional.empty(),
        Duration.ZERO,
        List.of(),
        "",
        "");
  }

  @Test
  void whatIsNotAsThePageSaysIsWrongContent() {
    assertEquals(1, exitCode(List.of(), Outcome.PASSED, Outcome.FAILED, Outcome.UNDECIDED));
    Diagnostic leftOver = Diagnostic.error("left-over", Location.of("a.adoc"), "what", null, null);
    assertEquals(1, exitCode(List.of(leftOver), Outcome.PASSED));
  }

  @Test
  void whatCouldNotBeToldIsTheEnvironmentsFault() {
    assertEquals(3, exitCode(List.of(), Outcome.PASSED, Outcome.UNDECIDED));
  }

  @Test
  void theRestIsFine() {
    Diagnostic warning =
        Diagnostic.warning("environment", Location.of("a.adoc"), "what", null, null);
    assertEquals(0, exitCode(List.of(warning), Outcome.PASSED, Outcome.SKIPPED, Outcome.NOT_RUN));
  }
}
