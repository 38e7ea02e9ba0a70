package dev.shirube.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the site says beside a snippet of its proof. */
public sealed interface Badge {

  /**
   * It was proven as it stands there.
   *
   * @param proofs one for each minor version, the newest first; at least one
   * @param missing the minor versions on which it should be proven and is not, the newest first
   * @param receipt the path of the receipt below the site's root
   */
  record Proven(List<Proof> proofs, List<KubernetesMinor> missing, String receipt)
      implements Badge {

    public Proven {
      proofs = List.copyOf(proofs);
      missing = List.copyOf(missing);
    }

    /** The highest tier that it was proven on. */
    public ProofTier tier() {
      return proofs.stream().map(Proof::tier).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /**
   * It has changed since it was proven, or what ran before it has.
   *
   * @param last the proof that no longer holds
   */
  record Stale(Proven last) implements Badge {}

  /** It was never proven. */
  record Unproven() implements Badge {}

  /** It is not proven, for a reason that the writer gives. */
  record Skipped(String because) implements Badge {}

  /**
   * It is about none of the versions that the site speaks of.
   *
   * @param versions those that it is about, e.g. {@code ..1.30}
   */
  record OtherVersions(String versions) implements Badge {}

  /** Where the receipt is; empty where nothing was proven. */
  default Optional<String> receiptPath() {
    return switch (this) {
      case Proven proven -> Optional.of(proven.receipt());
      case Stale stale -> Optional.of(stale.last().receipt());
      case Unproven unproven -> Optional.empty();
      case Skipped skipped -> Optional.empty();
      case OtherVersions other -> Optional.empty();
    };
  }
}
