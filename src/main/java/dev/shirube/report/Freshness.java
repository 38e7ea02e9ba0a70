package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a snippet is still what was proven.
 *
 * @param page the content path
 * @param id of the snippet
 * @param subject the snippet as it is; empty for a receipt that has none
 * @param receipt empty where there is none
 * @param diagnostic what is wrong, as a warning; empty where nothing is
 */
public record Freshness(
    String page,
    String id,
    State state,
    Optional<ProofSubject> subject,
    Optional<Receipt> receipt,
    Optional<Diagnostic> diagnostic) {

  /** What a receipt is worth. */
  public enum State {
    /** It proves the snippet as it is. */
    FRESH,
    /** Something has changed since, or its tier does not suffice. */
    STALE,
    /** There is none. */
    MISSING,
    /** There is one for a snippet that is not there. */
    SUPERFLUOUS
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
      List<ProofSubject> subjects, Receipts receipts, Function<ProofSubject, Location> locations) {
    return new Comparison(subjects, receipts, locations).all();
  }

  private static final class Comparison {
    private final List<ProofSubject> subjects;
    private final Map<String, List<ProofSubject>> byPage;
    private final Receipts receipts;
    private final Function<ProofSubject, Location> locations;

    private Comparison(
        List<ProofSubject> subjects,
        Receipts receipts,
        Function<ProofSubject, Location> locations) {
      this.subjects = subjects;
      this.byPage = subjects.stream().collect(Collectors.groupingBy(ProofSubject::page));
      this.receipts = receipts;
      this.locations = locations;
    }

    List<Freshness> all() {
      Map<Receipt, ProofSubject> owners = new HashMap<>();
      for (ProofSubject subject : subjects) {
        receipts.find(subject.page(), subject.id()).ifPresent(r -> owners.put(r, subject));
      }
      List<Receipt> leftOver =
          receipts.pages().values().stream()
              .flatMap(List::stream)
              .filter(receipt -> !owners.containsKey(receipt))
              .collect(Collectors.toCollection(ArrayList::new));
      List<Freshness> all = new ArrayList<>();
      for (ProofSubject subject : subjects) {
        Optional<Receipt> receipt = receipts.find(subject.page(), subject.id());
        if (receipt.isPresent()) {
          all.add(held(subject, receipt.get()));
          continue;
        }
        Optional<Receipt> moved =
            leftOver.stream().filter(left -> isSame(left.subject(), subject)).findFirst();
        if (moved.isPresent()) {
          leftOver.remove(moved.get());
          all.add(moved(subject, moved.get()));
        } else {
          all.add(missing(subject));
        }
      }
      leftOver.forEach(receipt -> all.add(superfluous(receipt)));
      return all;
    }

    private Freshness held(ProofSubject subject, Receipt receipt) {
      if (Receipts.proves(receipt, subject)) {
        return new Freshness(
            subject.page(),
            subject.id(),
            State.FRESH,
            Optional.of(subject),
            Optional.of(receipt),
            Optional.empty());
      }
      if (!receipt.subject().hash().equals(subject.hash())) {
        List<String> changes = SubjectDiff.between(receipt.subject(), subject);
        return stale(
            subject,
            receipt,
            " has changed since it was proven",
            changes.isEmpty()
                ? "its hash is another one, so the receipt was edited"
                : lines(changes));
      }
      if (!receipt.subject().chain().equals(subject.chain())) {
        return stale(
            subject,
            receipt,
            " was proven after something else than what runs before it now",
            before(subject));
      }
      return stale(
          subject,
          receipt,
          " was proven on too low a tier",
          "it needs " + subject.tier().id() + ", and the receipt says " + receipt.tier().id());
    }

    private Freshness moved(ProofSubject subject, Receipt receipt) {
      ProofSubject old = receipt.subject();
      String name = old.page().equals(subject.page()) ? "" : old.page();
      return stale(
          subject,
          receipt,
          " was " + name + "#" + old.id() + " when it was proven",
          "its text is the same, but commands and other snippets may name it");
    }

    private Freshness stale(ProofSubject subject, Receipt receipt, String what, String why) {
      return new Freshness(
          subject.page(),
          subject.id(),
          State.STALE,
          Optional.of(subject),
          Optional.of(receipt),
          Optional.of(
              Diagnostic.warning(
                  "stale-receipt",
                  locations.apply(subject),
                  "#" + subject.id() + what + " (" + receipt.date() + ")",
                  why,
                  prove(subject.page()))));
    }

    private Freshness missing(ProofSubject subject) {
      return new Freshness(
          subject.page(),
          subject.id(),
          State.MISSING,
          Optional.of(subject),
          Optional.empty(),
          Optional.of(
              Diagnostic.warning(
                  "missing-receipt",
                  locations.apply(subject),
                  "#" + subject.id() + " was never proven",
                  "each snippet has a receipt that says what it was proven against",
                  "prove it: shirube verify --page " + subject.page())));
    }

    private Freshness superfluous(Receipt receipt) {
      ProofSubject old = receipt.subject();
      boolean pageIsThere = byPage.containsKey(old.page());
      return new Freshness(
          old.page(),
          old.id(),
          State.SUPERFLUOUS,
          Optional.empty(),
          Optional.of(receipt),
          Optional.of(
              Diagnostic.warning(
                  "superfluous-receipt",
                  receipts.locations().getOrDefault(receipt, Location.of(old.page())),
                  "a receipt for #" + old.id() + ", which " + old.page() + " does not have",
                  pageIsThere
                      ? "the snippet was removed, or has another id and another text"
                      : "the page was removed or renamed, or nothing of it is to be proven",
                  pageIsThere ? prove(old.page()) : "delete the file")));
    }

    private static String prove(String page) {
      return "prove it again: shirube verify --page " + page;
    }

    /** What has changed before a subject, as far as the receipts of its page can tell. */
    private String before(ProofSubject subject) {
      List<ProofSubject> now = upTo(byPage.getOrDefault(subject.page(), List.of()), subject.id());
      List<ProofSubject> then =
          upTo(receipts.of(subject.page()).stream().map(Receipt::subject).toList(), subject.id());
      Map<String, ProofSubject> thenById =
          then.stream().collect(Collectors.toMap(ProofSubject::id, Function.identity()));
      List<String> changes = new ArrayList<>();
      for (ProofSubject earlier : now) {
        ProofSubject old = thenById.get(earlier.id());
        if (old == null) {
          boolean ranLater = receipts.find(subject.page(), earlier.id()).isPresent();
          changes.add(
              "#"
                  + earlier.id()
                  + ", which runs before it, "
                  + (ranLater ? "ran after it" : "is new"));
        } else if (!old.hash().equals(earlier.hash())) {
          List<String> how = SubjectDiff.between(old, earlier);
          changes.add(
              "#" + earlier.id() + ", which ran before it, changed" + (how.isEmpty() ? "" : ":"));
          changes.addAll(how);
        }
      }
      Set<String> ids = now.stream().map(ProofSubject::id).collect(Collectors.toSet());
      Set<String> allIds =
          byPage.getOrDefault(subject.page(), List.of()).stream()
              .map(ProofSubject::id)
              .collect(Collectors.toCollection(HashSet::new));
      for (String gone : new TreeSet<>(thenById.keySet())) {
        if (!ids.contains(gone)) {
          changes.add(
              "#"
                  + gone
                  + ", which ran before it, "
                  + (allIds.contains(gone) ? "runs after it now" : "is gone"));
        }
      }
      return changes.isEmpty()
          ? "a fixture of the page changed, or one before it was changed and proven again"
          : lines(changes);
    }

    private static List<ProofSubject> upTo(List<ProofSubject> subjects, String id) {
      return subjects.stream().takeWhile(subject -> !subject.id().equals(id)).toList();
    }

    /** Whether two are alike in all but their name. */
    private static boolean isSame(ProofSubject a, ProofSubject b) {
      return !a.lines().isEmpty()
          && a.verb().equals(b.verb())
          && a.lines().equals(b.lines())
          && a.options().equals(b.options());
    }

    private static String lines(List<String> changes) {
      return String.join("\n", changes);
    }
  }
}
