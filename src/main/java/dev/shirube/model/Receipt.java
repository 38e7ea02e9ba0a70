package dev.shirube.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That a snippet was proven, as it was then.
 *
 * @param proofs one for each minor version of Kubernetes, the newest version first; at least one
 */
public record Receipt(ProofSubject subject, List<Proof> proofs) {

  /**
   * @throws IllegalArgumentException where there is no proof, or two are of one minor version
   */
  public Receipt {
    proofs =
        proofs.stream().sorted(Comparator.comparing(Proof::minor, Comparator.reverseOrder())).toList();
    Set<KubernetesMinor> minors = new HashSet<>();
    for (Proof proof : proofs) {
      if (!minors.add(proof.minor())) {
        throw new IllegalArgumentException(
            "two proofs of " + subject.page() + "#" + subject.id() + " on " + proof.minor());
      }
    }
    if (proofs.isEmpty()) {
      throw new IllegalArgumentException("no proof of " + subject.page() + "#" + subject.id());
    }
  }

  /** The proof on a minor version. */
  public Optional<Proof> on(KubernetesMinor minor) {
    return proofs.stream().filter(proof -> proof.minor().equals(minor)).findFirst();
  }

  /** With another proof, in place of the one on the same minor version. */
  public Receipt with(Proof proof) {
    List<Proof> all = new ArrayList<>(others(proof.minor()));
    all.add(proof);
    return new Receipt(subject, all);
  }

  /** Without the proof on a minor version; empty where that was the only one. */
  public Optional<Receipt> without(KubernetesMinor minor) {
    List<Proof> others = others(minor);
    return others.isEmpty() ? Optional.empty() : Optional.of(new Receipt(subject, others));
  }

  private List<Proof> others(KubernetesMinor minor) {
    return proofs.stream().filter(proof -> !proof.minor().equals(minor)).toList();
  }

  /** Whether it is of the very thing: nothing has changed, neither in it nor before it. */
  public boolean isOf(ProofSubject other) {
    return subject.hash().equals(other.hash()) && subject.chain().equals(other.chain());
  }
}
