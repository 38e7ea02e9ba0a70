package dev.shirube.report;

import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has changed before a snippet on its page, as far as the receipts can tell. */
final class EarlierChanges {

  private final Map<String, List<ProofSubject>> byPage;
  private final Receipts receipts;

  /**
   * @param byPage the snippets as they are, each page's in order
   */
  EarlierChanges(Map<String, List<ProofSubject>> byPage, Receipts receipts) {
    this.byPage = byPage;
    this.receipts = receipts;
  }

  /** In lines for people. */
  String before(ProofSubject subject) {
    List<ProofSubject> all = byPage.getOrDefault(subject.page(), List.of());
    List<ProofSubject> now = upTo(all, subject.id());
    Map<String, ProofSubject> then =
        upTo(receipts.of(subject.page()).stream().map(Receipt::subject).toList(), subject.id())
            .stream()
            .collect(Collectors.toMap(ProofSubject::id, Function.identity()));
    List<String> changes = new ArrayList<>();
    for (ProofSubject one : now) {
      ProofSubject old = then.get(one.id());
      if (old == null) {
        boolean ranLater = receipts.find(subject.page(), one.id()).isPresent();
        changes.add(
            "#" + one.id() + ", which runs before it, " + (ranLater ? "ran after it" : "is new"));
      } else if (!old.hash().equals(one.hash())) {
        List<String> how = SubjectDiff.between(old, one);
        changes.add(
            "#" + one.id() + ", which ran before it, changed" + (how.isEmpty() ? "" : ":"));
        changes.addAll(how);
      }
    }
    Set<String> earlierIds = ids(now);
    Set<String> allIds = ids(all);
    for (String gone : new TreeSet<>(then.keySet())) {
      if (!earlierIds.contains(gone)) {
        changes.add(
            "#"
                + gone
                + ", which ran before it, "
                + (allIds.contains(gone) ? "runs after it now" : "is gone"));
      }
    }
    return changes.isEmpty()
        ? "a fixture of the page changed, or one before it was changed and proven again"
        : String.join("\n", changes);
  }

  private static List<ProofSubject> upTo(List<ProofSubject> subjects, String id) {
    return subjects.stream().takeWhile(subject -> !subject.id().equals(id)).toList();
  }

  private static Set<String> ids(List<ProofSubject> subjects) {
    return subjects.stream().map(ProofSubject::id).collect(Collectors.toSet());
  }
}
