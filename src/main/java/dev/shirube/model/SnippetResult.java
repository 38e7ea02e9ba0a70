package dev.shirube.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one snippet.
 *
 * @param page the content path of its page
 * @param location its first line
 * @param tier what it was proven against; empty where nothing was proven
 * @param duration of the proof; zero where it was not tried
 * @param problems why it failed or could not be decided, and warnings; secrets are redacted
 * @param difference expected and actual text beside each other, in lines that begin with {@code -}
 *     (only expected), {@code +} (only actual) or a space; empty where there is none
 * @param reason why it was skipped or not run; empty elsewhere
 * @param standIn what of its surroundings was a double, e.g. {@code aws}; empty where all was real
 * @param by the id of the snippet that brought it to the cluster, where it did not do so itself
 */
public record SnippetResult(
    String page,
    String id,
    String verb,
    Location location,
    Outcome outcome,
    Optional<ProofTier> tier,
    Duration duration,
    List<Diagnostic> problems,
    String difference,
    String reason,
    Optional<String> standIn,
    Optional<String> by) {

  public SnippetResult {
    problems = List.copyOf(problems);
  }

  /** A result for which all was real. */
  public SnippetResult(
      String page,
      String id,
      String verb,
      Location location,
      Outcome outcome,
      Optional<ProofTier> tier,
      Duration duration,
      List<Diagnostic> problems,
      String difference,
      String reason) {
    this(
        page,
        id,
        verb,
        location,
        outcome,
        tier,
        duration,
        problems,
        difference,
        reason,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, proven by what another snippet of its page did with its text. */
  public SnippetResult provenBy(SnippetResult other) {
    return new SnippetResult(
        page,
        id,
        verb,
        location,
        outcome,
        other.tier,
        duration,
        problems,
        difference,
        reason,
        other.standIn,
        Optional.of(other.id));
  }

  /**
   * The same where something of the surroundings was a double.
   *
   * @param what is a double, e.g. {@code aws}
   */
  public SnippetResult withStandIn(String what) {
    return new SnippetResult(
        page,
        id,
        verb,
        location,
        outcome,
        tier,
        duration,
        problems,
        difference,
        reason,
        Optional.of(what),
        by);
  }
}
