package dev.shirube.verify;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.grammar.Part;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is proven of a case beside its snippets: it is counterfactual. Without the cause there is no
 * symptom, with it there is one, it does not go away by itself, and with the solution it does. A
 * diagnosis names the case as long as its trouble is there.
 */
final class CaseProof {

  /** How long it may take until a diagnosis names a case, where the page does not say. */
  static final Duration SHOWS = Duration.ofSeconds(60);

  /** How long a trouble must last that does not go away by itself. */
  private static final Duration LASTS = Duration.ofSeconds(3);

  /** How long a symptom may outlive its solution, where the page does not say. */
  private static final Duration HEALS = Duration.ofSeconds(60);

  /** What of the run the proof needs. */
  interface Run {

    /** Whether a snippet can be tried: nothing has failed, and the cluster is enough for it. */
    boolean canRun(Snippet snippet);

    /** Whether something has failed or could not be told. */
    boolean isEnded();

    /** Tries a snippet, unless something before it failed. */
    SnippetResult attempt(Snippet snippet, Supplier<Step> step);

    /** Shows a symptom once, without waiting for it. */
    boolean shows(Snippet symptom);

    /**
     * Makes a diagnosis once.
     *
     * @param named whether it is to name the case, and no other; else it is to name none
     */
    Step diagnose(Snippet fingerprint, boolean named, boolean causeIsThere);
  }

  private final List<Snippet> proven;
  private final Map<String, SnippetResult> results;
  private final Run run;

  /**
   * @param proven the snippets of the page, in its order
   * @param results those of the snippets so far; what fails here fails there
   */
  CaseProof(List<Snippet> proven, Map<String, SnippetResult> results, Run run) {
    this.proven = List.copyOf(proven);
    this.results = results;
    this.run = run;
  }

  static boolean isSymptom(Snippet snippet) {
    return snippet.part().equals(Optional.of(Part.SYMPTOM))
        && (snippet.verb() == Verb.EXPECT
            || (snippet.verb() == Verb.RUN && CommandSteps.onlyLooks(snippet)));
  }

  private static boolean isFingerprint(Snippet snippet) {
    return snippet.verb() == Verb.FINGERPRINT;
  }

  private Stream<Snippet> of(Part part) {
    return proven.stream().filter(snippet -> snippet.part().equals(Optional.of(part)));
  }

  private boolean isCase() {
    return of(Part.CAUSE).findAny().isPresent();
  }

  /**
   * A page shows the symptom first, for that is what its reader has; it can be seen once the last
   * of the causes is there. Fingerprints come after all of it, right before the solution.
   */
  List<Snippet> causeFirst() {
    List<Snippet> ordered = new ArrayList<>(proven);
    of(Part.CAUSE)
        .reduce((earlier, later) -> later)
        .ifPresent(
            cause -> {
              List<Snippet> early =
                  proven.subList(0, proven.indexOf(cause)).stream()
                      .filter(snippet -> snippet.part().equals(Optional.of(Part.SYMPTOM)))
                      .toList();
              ordered.removeAll(early);
              ordered.addAll(ordered.indexOf(cause) + 1, early);
              List<Snippet> fingerprints =
                  proven.stream().filter(CaseProof::isFingerprint).toList();
              ordered.removeAll(fingerprints);
              ordered.addAll(
                  of(Part.SOLUTION).findFirst().map(ordered::indexOf).orElse(ordered.size()),
                  fingerprints);
            });
    return ordered;
  }

  /** Before the cause. */
  void controls() {
    if (!isCase()) {
      return;
    }
    for (Snippet snippet : proven) {
      if (isSymptom(snippet) && run.canRun(snippet)) {
        judge(
            snippet,
            () ->
                run.shows(snippet)
                    ? Step.failed(
                        Diagnostic.error(
                            "symptom-without-cause",
                            snippet.location(),
                            "the symptom shows without its cause",
                            "what is there anyway says nothing of the cause",
                            "show something that only the cause brings about"))
                    : Step.DONE);
      } else if (isFingerprint(snippet) && run.canRun(snippet)) {
        judge(snippet, () -> Waiting.until(HEALS, () -> run.diagnose(snippet, false, false)));
      }
    }
  }

  /** Before the first of the solutions. */
  void checkThatItLasts(Snippet snippet) {
    List<Snippet> shown =
        proven.stream().filter(CaseProof::isSymptom).filter(this::hasPassed).toList();
    if (!of(Part.SOLUTION).findFirst().equals(Optional.of(snippet))
        || !isCase()
        || shown.isEmpty()
        || run.isEnded()) {
      return;
    }
    Waiting.pause(LASTS);
    for (Snippet symptom : shown) {
      // One that comes and goes, as ImagePullBackOff does, has to come again.
      judge(
          symptom,
          () ->
              Waiting.until(
                  symptom.options().within().orElse(Duration.ZERO),
                  () ->
                      run.shows(symptom)
                          ? Step.DONE
                          : Step.failed(
                              Diagnostic.error(
                                  "recovered-by-itself",
                                  symptom.location(),
                                  "the symptom went away without the solution",
                                  "then nobody can tell whether the solution helps",
                                  null))));
    }
  }

  /** After all of it. */
  void checkThatItHeals() {
    if (!isCase() || of(Part.SOLUTION).noneMatch(this::hasPassed)) {
      return;
    }
    for (Snippet snippet : proven) {
      if (!hasPassed(snippet) || run.isEnded()) {
        continue;
      }
      Duration heals = snippet.options().within().orElse(HEALS);
      if (isSymptom(snippet)) {
        judge(
            snippet,
            () ->
                Waiting.until(
                    heals,
                    () ->
                        run.shows(snippet) || showsAgain(snippet)
                            ? Step.failed(
                                Diagnostic.error(
                                    "symptom-remains",
                                    snippet.location(),
                                    "the symptom still shows after the solution",
                                    null,
                                    "the solution does not help, or takes longer than within="))
                            : Step.DONE));
      } else if (isFingerprint(snippet)) {
        judge(snippet, () -> Waiting.until(heals, () -> run.diagnose(snippet, false, false)));
      }
    }
  }

  /** Whether a symptom that is not to be seen has only gone for a moment. */
  private boolean showsAgain(Snippet symptom) {
    Waiting.pause(LASTS);
    return run.shows(symptom);
  }

  private boolean hasPassed(Snippet snippet) {
    SnippetResult result = results.get(snippet.id());
    return result != null && result.outcome() == Outcome.PASSED;
  }

  private void judge(Snippet snippet, Supplier<Step> step) {
    SnippetResult judged = run.attempt(snippet, step);
    if (judged.outcome() != Outcome.PASSED) {
      results.put(snippet.id(), judged);
    }
  }
}
