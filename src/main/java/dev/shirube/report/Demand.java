package dev.shirube.report;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.ProofSubject;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * On which versions snippets must be proven.
 *
 * @param minors the newest first; empty where any one will do
 * @param isAbout whether a snippet is about a version
 */
public record Demand(
    List<KubernetesMinor> minors, BiPredicate<ProofSubject, KubernetesMinor> isAbout) {

  public Demand {
    minors = minors.stream().distinct().sorted(Comparator.reverseOrder()).toList();
  }

  /** Any one version will do. */
  public static Demand anyVersion() {
    return new Demand(List.of(), (subject, minor) -> true);
  }

  /** Those that a snippet is about. */
  List<KubernetesMinor> of(ProofSubject subject) {
    return minors.stream().filter(minor -> isAbout.test(subject, minor)).toList();
  }

  /** Whether a snippet is about none of those that are demanded. */
  boolean leavesOut(ProofSubject subject) {
    return !minors.isEmpty() && of(subject).isEmpty();
  }
}
