package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a snippet is still what was proven.
 *
 * @param page the content path
 * @param id of the snippet
 * @param subject the snippet as it is; empty for a receipt that has none
 * @param receipt empty where there is none
 * @param missing the versions that are demanded and that it is not proven on as it is, the newest
 *     first
 * @param diagnostic what is wrong, as a warning; empty where nothing is
 */
public record Freshness(
    String page,
    String id,
    State state,
    Optional<ProofSubject> subject,
    Optional<Receipt> receipt,
    List<KubernetesMinor> missing,
    Optional<Diagnostic> diagnostic) {

  public Freshness {
    missing = List.copyOf(missing);
  }

  /** What a receipt is worth. */
  public enum State {
    /** It proves the snippet as it is, on each version that is demanded. */
    FRESH,
    /** It proves the snippet as it is, yet not on each version that is demanded. */
    INCOMPLETE,
    /** Something has changed since, or its tier does not suffice. */
    STALE,
    /** There is none. */
    MISSING,
    /** None is needed: the snippet is about none of the versions that are demanded. */
    OTHER_VERSIONS,
    /** There is one for a snippet that is not there. */
    SUPERFLUOUS
  }

  /** Whether something is still to be done about it. */
  public boolean isOpen() {
    return state != State.FRESH && state != State.OTHER_VERSIONS;
  }

  /**
   * Holds the content against the receipts: each subject in order, then the receipts that are left
   * over, page by page.
   *
   * <p>A snippet with another id, or on another page, that has the text of a receipt which is left
   * over is stale, for its name is part of what is proven; the diagnostic says so, and the receipt
   * counts as its own.
   *
   * @param subjects all of the pages that the receipts are of, each page's in order
   * @param locations where a subject stands
   */
  public static List<Freshness> of(
      List<ProofSubject> subjects,
      Receipts receipts,
      Demand demand,
      Function<ProofSubject, Location> locations) {
    return new ReceiptComparison(subjects, receipts, demand, locations).all();
  }
}
