package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import dev.shirube.report.Freshness.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds snippets against receipts, and says what has changed; see {@link Freshness#of}. */
final class ReceiptComparison {

  private final List<ProofSubject> subjects;
  private final Map<String, List<ProofSubject>> byPage;
  private final Receipts receipts;
  private final Demand demand;
  private final Function<ProofSubject, Location> locations;
  private final EarlierChanges earlier;

  ReceiptComparison(
      List<ProofSubject> subjects,
      Receipts receipts,
      Demand demand,
      Function<ProofSubject, Location> locations) {
    this.subjects = subjects;
    this.byPage = subjects.stream().collect(Collectors.groupingBy(ProofSubject::page));
    this.receipts = receipts;
    this.demand = demand;
    this.locations = locations;
    this.earlier = new EarlierChanges(byPage, receipts);
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
        all.add(held(subject, asItStands(receipt.get())));
        continue;
      }
      Optional<Receipt> moved =
          leftOver.stream().filter(left -> isSame(left.subject(), subject)).findFirst();
      if (demand.leavesOut(subject)) {
        all.add(otherVersions(subject, Optional.empty()));
      } else if (moved.isPresent()) {
        leftOver.remove(moved.get());
        all.add(moved(subject, moved.get()));
      } else {
        all.add(missing(subject));
      }
    }
    leftOver.forEach(receipt -> all.add(superfluous(receipt)));
    return all;
  }

  /** What was proven through another snippet that is stale now is left with its schema. */
  private Receipt asItStands(Receipt receipt) {
    List<Proof> proofs =
        receipt.proofs().stream()
            .map(proof -> carrierHolds(receipt, proof) ? proof : proof.bySchemaAlone())
            .toList();
    return proofs.equals(receipt.proofs()) ? receipt : new Receipt(receipt.subject(), proofs);
  }

  private boolean carrierHolds(Receipt receipt, Proof proof) {
    if (proof.by().isEmpty()) {
      return true;
    }
    String page = receipt.subject().page();
    String id = proof.by().get();
    return byPage.getOrDefault(page, List.of()).stream()
        .filter(subject -> subject.id().equals(id))
        .anyMatch(
            subject ->
                receipts
                    .find(page, id)
                    .filter(carrier -> carrier.isOf(subject))
                    .flatMap(carrier -> carrier.on(proof.minor()))
                    .filter(carrier -> Receipts.suffices(carrier, subject))
                    .isPresent());
  }

  private Freshness held(ProofSubject subject, Receipt receipt) {
    if (demand.leavesOut(subject)) {
      return otherVersions(subject, Optional.of(receipt));
    }
    if (!receipt.subject().hash().equals(subject.hash())) {
      List<String> changes = SubjectDiff.between(receipt.subject(), subject);
      return stale(
          subject,
          receipt,
          " has changed since it was proven",
          changes.isEmpty()
              ? "its hash is another one, so the receipt was edited"
              : String.join("\n", changes));
    }
    if (!receipt.subject().chain().equals(subject.chain())) {
      return stale(
          subject,
          receipt,
          " was proven after something else than what runs before it now",
          earlier.before(subject));
    }
    List<Proof> good =
        receipt.proofs().stream().filter(proof -> Receipts.suffices(proof, subject)).toList();
    if (good.isEmpty()) {
      return stale(
          subject,
          receipt,
          " was proven on too low a tier",
          "it needs "
              + subject.tier().id()
              + ", and the receipt says "
              + receipt.proofs().getFirst().tier().id());
    }
    List<KubernetesMinor> missing = new ArrayList<>(demand.of(subject));
    good.forEach(proof -> missing.remove(proof.minor()));
    return missing.isEmpty()
        ? freshness(subject, State.FRESH, Optional.of(receipt), missing, Optional.empty())
        : incomplete(subject, receipt, missing);
  }

  private Freshness freshness(
      ProofSubject subject,
      State state,
      Optional<Receipt> receipt,
      List<KubernetesMinor> missing,
      Optional<Diagnostic> diagnostic) {
    return new Freshness(
        subject.page(), subject.id(), state, Optional.of(subject), receipt, missing, diagnostic);
  }

  private Freshness otherVersions(ProofSubject subject, Optional<Receipt> receipt) {
    return freshness(subject, State.OTHER_VERSIONS, receipt, List.of(), Optional.empty());
  }

  private Freshness incomplete(
      ProofSubject subject, Receipt receipt, List<KubernetesMinor> missing) {
    return freshness(
        subject,
        State.INCOMPLETE,
        Optional.of(receipt),
        missing,
        Optional.of(
            Diagnostic.warning(
                "unproven-version",
                locations.apply(subject),
                "#" + subject.id() + " is not proven on Kubernetes " + joined(missing, " and "),
                "the navigation file demands "
                    + joined(demand.minors(), ", ")
                    + " in :kubernetes:, and the receipt has "
                    + joined(receipt.proofs().stream().map(Proof::minor).toList(), ", "),
                "prove it there: shirube verify --kubernetes "
                    + joined(missing, ",")
                    + " --page "
                    + subject.page())));
  }

  private static String joined(List<KubernetesMinor> minors, String separator) {
    return minors.stream().map(KubernetesMinor::toString).collect(Collectors.joining(separator));
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
    Proof last = receipt.proofs().getFirst();
    return freshness(
        subject,
        State.STALE,
        Optional.of(receipt),
        demand.of(subject),
        Optional.of(
            Diagnostic.warning(
                "stale-receipt",
                locations.apply(subject),
                "#" + subject.id() + what + " (" + last.date() + ")",
                why,
                prove(subject.page()))));
  }

  private Freshness missing(ProofSubject subject) {
    return freshness(
        subject,
        State.MISSING,
        Optional.empty(),
        demand.of(subject),
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
        List.of(),
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

  /** Whether two are alike in all but their name. */
  private static boolean isSame(ProofSubject a, ProofSubject b) {
    return !a.lines().isEmpty()
        && a.verb().equals(b.verb())
        && a.lines().equals(b.lines())
        && a.options().equals(b.options());
  }
}
