package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The receipts of pages.
 *
 * @param pages the receipts of each page in order, by content path
 * @param locations where receipts were read; those of this run are not among them
 * @param problems what could not be read
 */
public record Receipts(
    SortedMap<String, List<Receipt>> pages,
    Map<Receipt, Location> locations,
    List<Diagnostic> problems) {

  public Receipts {
    SortedMap<String, List<Receipt>> copy = new TreeMap<>();
    pages.forEach((page, receipts) -> copy.put(page, List.copyOf(receipts)));
    pages = Collections.unmodifiableSortedMap(copy);
    locations = Map.copyOf(locations);
    problems = List.copyOf(problems);
  }

  /** No receipts. */
  public static Receipts none() {
    return of(List.of());
  }

  /** Receipts in the order of their snippets. */
  public static Receipts of(List<Receipt> receipts) {
    return new Receipts(byPage(receipts), Map.of(), List.of());
  }

  /** The receipts of a page in order; empty where it has none. */
  public List<Receipt> of(String page) {
    return pages.getOrDefault(page, List.of());
  }

  /** The receipt of a snippet. */
  public Optional<Receipt> find(String page, String id) {
    return of(page).stream().filter(receipt -> receipt.subject().id().equals(id)).findFirst();
  }

  /** Those of some pages only. */
  public Receipts only(Set<String> some) {
    SortedMap<String, List<Receipt>> left = new TreeMap<>(pages);
    left.keySet().retainAll(some);
    return new Receipts(left, locations, problems);
  }

  /** Whether a proof suffices for a subject that has not changed since. */
  public static boolean suffices(Proof proof, ProofSubject subject) {
    return proof.tier().compareTo(subject.tier()) >= 0;
  }

  /**
   * The receipts after a run on one version. For each page of the subjects there is, in their
   * order:
   *
   * <ul>
   *   <li>of what failed, what was proven of it on other versions;
   *   <li>of what was proven, that proof, unless the one that is there on the same minor version is
   *       as good: it proves the same on a higher tier, or on the same tier and version on the same
   *       or a later day. So a run on the same day changes nothing, and a lesser run takes nothing
   *       away. The proofs on other minor versions stay where they are of the same, and go where
   *       they are stale;
   *   <li>else the receipt that is there, stale or not: it shows what has changed since.
   * </ul>
   *
   * A receipt without a subject goes. What was proven through another snippet is left with its
   * schema where that one failed or is gone. Other pages stay as they are.
   *
   * @param subjects all of the pages that were looked at
   * @param proven in this run
   * @param failed those of which the run showed that they are not as their page says
   * @param minor on which they failed
   */
  public Receipts updated(
      List<ProofSubject> subjects,
      Map<ProofSubject, Proof> proven,
      Set<ProofSubject> failed,
      KubernetesMinor minor) {
    SortedMap<String, List<Receipt>> updated = new TreeMap<>(pages);
    subjects.forEach(subject -> updated.put(subject.page(), new ArrayList<>()));
    for (ProofSubject subject : subjects) {
      Optional<Receipt> old =
          find(subject.page(), subject.id())
              .map(receipt -> withoutCarriers(receipt, subjects, failed, minor));
      Optional<Receipt> left =
          failed.contains(subject) ? old.flatMap(receipt -> receipt.without(minor)) : old;
      Optional.ofNullable(proven.get(subject))
          .map(proof -> proven(subject, proof, old))
          .or(() -> left)
          .ifPresent(receipt -> updated.getOrDefault(subject.page(), List.of()).add(receipt));
    }
    return new Receipts(updated, locations, problems);
  }

  private static Receipt withoutCarriers(
      Receipt receipt,
      List<ProofSubject> subjects,
      Set<ProofSubject> failed,
      KubernetesMinor minor) {
    List<Proof> proofs = new ArrayList<>();
    for (Proof proof : receipt.proofs()) {
      boolean holds =
          proof.by().isEmpty()
              || subjects.stream()
                  .filter(each -> each.page().equals(receipt.subject().page()))
                  .filter(each -> each.id().equals(proof.by().get()))
                  .anyMatch(each -> !proof.minor().equals(minor) || !failed.contains(each));
      proofs.add(holds ? proof : proof.bySchemaAlone());
    }
    return new Receipt(receipt.subject(), proofs);
  }

  private static Receipt proven(ProofSubject subject, Proof now, Optional<Receipt> before) {
    Optional<Receipt> same = before.filter(receipt -> receipt.isOf(subject));
    if (same.isEmpty()) {
      return new Receipt(subject, List.of(now));
    }
    Receipt old = same.get();
    return old.on(now.minor()).filter(proof -> isAsGood(proof, now)).isPresent()
        ? old
        : new Receipt(subject, old.with(now).proofs());
  }

  private static boolean isAsGood(Proof old, Proof now) {
    int tier = old.tier().compareTo(now.tier());
    return tier > 0
        || (tier == 0
            && old.standIn().equals(now.standIn())
            && old.by().equals(now.by())
            && old.kubernetes().equals(now.kubernetes())
            && !old.date().isBefore(now.date()));
  }

  private static SortedMap<String, List<Receipt>> byPage(List<Receipt> receipts) {
    Set<Place> places = new HashSet<>();
    for (Receipt receipt : receipts) {
      if (!places.add(Place.of(receipt))) {
        throw new IllegalArgumentException("two receipts for " + Place.of(receipt));
      }
    }
    return receipts.stream()
        .collect(
            Collectors.groupingBy(
                receipt -> receipt.subject().page(), TreeMap::new, Collectors.toList()));
  }

  /** A snippet by its name. */
  private record Place(String page, String id) {
    static Place of(Receipt receipt) {
      return new Place(receipt.subject().page(), receipt.subject().id());
    }
  }
}
