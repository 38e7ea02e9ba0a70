package dev.shirube.model;

import java.time.LocalDate;
import java.util.Optional;

/** What the site says beside a snippet of its proof. */
public sealed interface Badge {

  /**
   * It was proven as it stands there.
   *
   * @param receipt the path of the receipt below the site's root
   */
  record Proven(ProofTier tier, String kubernetes, LocalDate date, String receipt)
      implements Badge {}

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

  /** What the badge links to; empty where nothing was proven. */
  default Optional<String> receiptPath() {
    return switch (this) {
      case Proven proven -> Optional.of(proven.receipt());
      case Stale stale -> Optional.of(stale.last().receipt());
      case Unproven unproven -> Optional.empty();
      case Skipped skipped -> Optional.empty();
    };
  }
}
