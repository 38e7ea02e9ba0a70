package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
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

  /** Whether it shows that the subject was proven: nothing has changed, and the tier suffices. */
  public static boolean proves(Receipt receipt, ProofSubject subject) {
    return receipt.subject().hash().equals(subject.hash())
        && receipt.subject().chain().equals(subject.chain())
        && receipt.tier().compareTo(subject.tier()) >= 0;
  }

  /**
   * The receipts after a run. For each page of the subjects there is, in their order:
   *
   * <ul>
   *   <li>nothing for what failed;
   *   <li>what was proven in the run, unless the receipt that is there is as good: it proves the
   *       same on a higher tier, or on the same tier and version on the same or a later day. So a
   *       run on the same day changes nothing, and a lesser run takes nothing away;
   *   <li>else the receipt that is there, stale or not: it shows what has changed since.
   * </ul>
   *
   * A receipt without a subject goes. Other pages stay as they are.
   *
   * @param subjects all of the pages that were looked at
   * @param proven in this run
   * @param failed whether the run showed that a snippet is not as its page says
   */
  public Receipts updated(
      List<ProofSubject> subjects, Collection<Receipt> proven, Predicate<ProofSubject> failed) {
    Map<Place, Receipt> fresh =
        proven.stream().collect(Collectors.toMap(Place::of, Function.identity(), Receipts::newer));
    SortedMap<String, List<Receipt>> updated = new TreeMap<>(pages);
    subjects.forEach(subject -> updated.put(subject.page(), new ArrayList<>()));
    for (ProofSubject subject : subjects) {
      if (failed.test(subject)) {
        continue;
      }
      Optional<Receipt> old = find(subject.page(), subject.id());
      Optional<Receipt> now = Optional.ofNullable(fresh.get(Place.of(subject)));
      if (now.isPresent() && old.filter(o -> isAsGood(o, now.get(), subject)).isPresent()) {
        add(updated, old.get());
      } else {
        now.or(() -> old).ifPresent(receipt -> add(updated, receipt));
      }
    }
    return new Receipts(updated, locations, problems);
  }

  private static void add(SortedMap<String, List<Receipt>> pages, Receipt receipt) {
    pages.computeIfAbsent(receipt.subject().page(), page -> new ArrayList<>()).add(receipt);
  }

  private static boolean isAsGood(Receipt old, Receipt now, ProofSubject subject) {
    if (!proves(old, subject)) {
      return false;
    }
    int tier = old.tier().compareTo(now.tier());
    return tier > 0
        || (tier == 0
            && old.kubernetes().equals(now.kubernetes())
            && !old.date().isBefore(now.date()));
  }

  /**
   * Several folders as one, e.g. those of a run's shards: of two receipts for one snippet the newer
   * wins, on the same day that of the higher tier. Snippets stay in the order of the first part
   * that has them.
   */
  public static Receipts merge(List<Receipts> parts) {
    Map<String, Map<String, Receipt>> merged = new HashMap<>();
    Map<Receipt, Location> locations = new HashMap<>();
    List<Diagnostic> problems = new ArrayList<>();
    for (Receipts part : parts) {
      part.pages()
          .forEach(
              (page, receipts) -> {
                Map<String, Receipt> known =
                    merged.computeIfAbsent(page, p -> new LinkedHashMap<>());
                receipts.forEach(
                    receipt -> known.merge(receipt.subject().id(), receipt, Receipts::newer));
              });
      locations.putAll(part.locations());
      problems.addAll(part.problems());
    }
    SortedMap<String, List<Receipt>> pages = new TreeMap<>();
    merged.forEach((page, receipts) -> pages.put(page, List.copyOf(receipts.values())));
    return new Receipts(pages, locations, List.copyOf(new LinkedHashSet<>(problems)));
  }

  private static Receipt newer(Receipt a, Receipt b) {
    int order = a.date().compareTo(b.date());
    if (order == 0) {
      order = a.tier().compareTo(b.tier());
    }
    return order >= 0 ? a : b;
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
      return of(receipt.subject());
    }

    static Place of(ProofSubject subject) {
      return new Place(subject.page(), subject.id());
    }
  }
}
