package dev.shirube.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of a whole run.
 *
 * @param cluster for people, e.g. {@code Kubernetes 1.37.2, tier node, 1 node}, or why there was
 *     none
 * @param kubernetes the version; empty where there was no cluster
 * @param snippets in the order of their pages and places
 * @param problems what belongs to no single snippet: errors of the content, what was left over
 */
public record VerificationResult(
    Instant started,
    Duration duration,
    String cluster,
    String kubernetes,
    List<SnippetResult> snippets,
    List<Diagnostic> problems) {

  public VerificationResult {
    snippets = List.copyOf(snippets);
    problems = List.copyOf(problems);
  }

  /** How many snippets ended so. */
  public long count(Outcome outcome) {
    return snippets.stream().filter(snippet -> snippet.outcome() == outcome).count();
  }

  /** What was a double in any of the proofs, in alphabetical order. */
  public List<String> standIns() {
    return snippets.stream()
        .flatMap(snippet -> snippet.standIn().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
