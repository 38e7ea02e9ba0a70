package dev.shirube.report;

import static dev.shirube.report.Samples.DAY;
import static dev.shirube.report.Samples.NEWEST;
import static dev.shirube.report.Samples.OLDER;
import static dev.shirube.report.Samples.POD;
import static dev.shirube.report.Samples.page;
import static dev.shirube.report.Samples.part;
import static dev.shirube.report.Samples.proof;
import static dev.shirube.report.Samples.receipt;
import static dev.shirube.report.Samples.receipts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import dev.shirube.model.Severity;
import dev.shirube.report.Freshness.State;
import dev.shirube.report.Samples.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final Part APPLY =
      part("apply-pod", "apply", List.of(), "kind: Pod", "spec:", "  replicas: 3");
  private static final Part LIST =
      part("list", "run", List.of("match=table", "within=90s"), "$ kubectl get pods");
  private static final Part DELETE = part("delete", "run", List.of(), "$ kubectl delete pod web");
  private static final List<ProofSubject> PROVEN = page(POD, APPLY, LIST, DELETE);
  private static final Receipts RECEIPTS = Receipts.of(receipts(PROVEN));

  @Test
  void whatStayedIsFresh() {
    assertEquals(List.of(State.FRESH, State.FRESH, State.FRESH), states(check(PROVEN, RECEIPTS)));
    assertTrue(check(PROVEN, RECEIPTS).stream().allMatch(f -> f.diagnostic().isEmpty()));
  }

  @Test
  void aChangedTextIsShownLineByLineAndWhatRunsAfterItIsStaleToo() {
    List<ProofSubject> now =
        page(
            POD,
            part("apply-pod", "apply", List.of(), "kind: Pod", "spec:", "  replicas: 5"),
            LIST,
            DELETE);
    List<Freshness> all = check(now, RECEIPTS);
    assertEquals(List.of(State.STALE, State.STALE, State.STALE), states(all));
    assertEquals(
        """
        content/glossary/pod.adoc:10 [stale-receipt] #apply-pod has changed since it was proven (2026-11-20)
        why: -   replicas: 3
        +   replicas: 5
        fix: prove it again: shirube verify --page glossary/pod.adoc
        """,
        text(all.get(0)));
    assertEquals(
        """
        content/glossary/pod.adoc:20 [stale-receipt] #list was proven after something else than what runs before it now (2026-11-20)
        why: #apply-pod, which ran before it, changed:
        -   replicas: 3
        +   replicas: 5
        fix: prove it again: shirube verify --page glossary/pod.adoc
        """,
        text(all.get(1)));
  }

  private static final Part LISTING =
      new Part("listing", "check", ProofTier.SCHEMA, List.of(), List.of("kind: Pod"));

  /** The listing was on nodes, as another snippet brought it there. */
  private static Receipts throughList(List<ProofSubject> subjects, KubernetesMinor carried) {
    List<Receipt> receipts = new ArrayList<>(receipts(subjects.subList(1, subjects.size())));
    receipts.addFirst(
        new Receipt(
            subjects.getFirst(),
            List.of(
                new Proof(
                    ProofTier.NODE,
                    carried + ".2",
                    DAY,
                    Duration.ofSeconds(1),
                    Optional.empty(),
                    Optional.of("list")))));
    return Receipts.of(receipts);
  }

  private static ProofTier tierOfFirst(List<Freshness> all) {
    assertEquals(State.FRESH, all.getFirst().state());
    return all.getFirst().receipt().orElseThrow().proofs().getFirst().tier();
  }

  @Test
  void whatAnotherSnippetBroughtToTheClusterIsLeftWithItsSchemaOnceThatOneIsStale() {
    List<ProofSubject> proven = page(POD, LISTING, LIST);
    assertEquals(ProofTier.NODE, tierOfFirst(check(proven, throughList(proven, NEWEST))));
    assertEquals(
        ProofTier.SCHEMA,
        tierOfFirst(check(proven, throughList(proven, OLDER))),
        "that snippet was not proven on that version");
    List<ProofSubject> changed =
        page(POD, LISTING, part("list", "run", List.of(), "$ kubectl get pods --watch"));
    assertEquals(ProofTier.SCHEMA, tierOfFirst(check(changed, throughList(proven, NEWEST))));
    assertEquals(
        ProofTier.SCHEMA,
        tierOfFirst(check(proven.subList(0, 1), throughList(proven, NEWEST))),
        "that snippet is gone");
  }

  @Test
  void aRunInWhichTheOtherSnippetFailsTakesWhatItBrought() {
    List<ProofSubject> proven = page(POD, LISTING, LIST);
    Receipts after =
        Samples.after(throughList(proven, NEWEST), proven, List.of(), Set.of(proven.get(1)));
    Proof left = after.find(POD, "listing").orElseThrow().proofs().getFirst();
    assertEquals(new Proof(ProofTier.SCHEMA, "1.37", DAY, Duration.ofSeconds(1)), left);
    assertEquals(
        throughList(proven, NEWEST).pages(),
        Samples.after(throughList(proven, NEWEST), proven, List.of()).pages(),
        "a run that did not try it takes nothing away");
  }

  @Test
  void aChangedOptionOrVerbIsNamed() {
    List<ProofSubject> now =
        page(
            POD,
            APPLY,
            part("list", "expect", List.of("exit=1", "within=30s"), "$ kubectl get pods"),
            DELETE);
    Diagnostic diagnostic = check(now, RECEIPTS).get(1).diagnostic().orElseThrow();
    assertEquals(
        """
        verify=run → expect
        match=table was removed
        within=90s → 30s
        exit=1 was added\
        """,
        diagnostic.why());
  }

  @Test
  void aSnippetThatIsNewOrGoneOrMovedMakesTheOnesAfterItStale() {
    Part added = part("wait", "run", List.of(), "$ kubectl wait pod web");
    List<Freshness> withNew = check(page(POD, APPLY, added, LIST, DELETE), RECEIPTS);
    assertEquals(List.of(State.FRESH, State.MISSING, State.STALE, State.STALE), states(withNew));
    assertEquals("#wait, which runs before it, is new", why(withNew.get(2)));

    List<Freshness> without = check(page(POD, LIST, DELETE), RECEIPTS);
    assertEquals(List.of(State.STALE, State.STALE, State.SUPERFLUOUS), states(without));
    assertEquals("#apply-pod, which ran before it, is gone", why(without.get(0)));

    List<Freshness> swapped = check(page(POD, LIST, APPLY, DELETE), RECEIPTS);
    assertEquals("#apply-pod, which ran before it, runs after it now", why(swapped.get(0)));
    assertEquals("#list, which runs before it, ran after it", why(swapped.get(1)));
  }

  @Test
  void aChangedFixtureMakesTheWholePageStale() {
    List<Freshness> all = check(page(POD, "other fixtures", APPLY, LIST, DELETE), RECEIPTS);
    assertEquals(List.of(State.STALE, State.STALE, State.STALE), states(all));
    assertTrue(why(all.get(2)).startsWith("a fixture of the page changed"));
  }

  @Test
  void aReceiptOfALowerTierDoesNotSufficeButAHigherOneDoes() {
    Receipt schema = receipt(PROVEN.get(0), ProofTier.SCHEMA, "1.37", DAY, 10);
    Receipt node = receipt(PROVEN.get(0), ProofTier.NODE, "1.37.2", DAY, 10);
    List<ProofSubject> first = PROVEN.subList(0, 1);
    Freshness low = check(first, Receipts.of(List.of(schema))).getFirst();
    assertEquals(State.STALE, low.state());
    assertEquals("it needs apiserver, and the receipt says schema", why(low));
    assertEquals(State.FRESH, check(first, Receipts.of(List.of(node))).getFirst().state());
  }

  @Test
  void aSnippetWithAnotherIdIsKnownAgainAndYetStale() {
    Part renamed = new Part("pods", LIST.verb(), LIST.tier(), LIST.options(), LIST.lines());
    List<Freshness> all = check(page(POD, APPLY, renamed, DELETE), RECEIPTS);
    assertEquals(List.of(State.FRESH, State.STALE, State.STALE), states(all));
    assertEquals(
        "#pods was #list when it was proven (2026-11-20)",
        all.get(1).diagnostic().orElseThrow().what());
  }

  @Test
  void aPageThatWasRenamedTakesItsReceiptsAlong() {
    List<Freshness> all = check(page("glossary/pods.adoc", APPLY, LIST, DELETE), RECEIPTS);
    assertEquals(List.of(State.STALE, State.STALE, State.STALE), states(all));
    assertEquals(
        "#list was glossary/pod.adoc#list when it was proven (2026-11-20)",
        all.get(1).diagnostic().orElseThrow().what());
  }

  @Test
  void aSnippetWithoutReceiptWasNeverProven() {
    assertEquals(
        """
        content/glossary/pod.adoc:10 [missing-receipt] #apply-pod was never proven
        why: each snippet has a receipt that says what it was proven against
        fix: prove it: shirube verify --page glossary/pod.adoc
        """,
        text(check(PROVEN, Receipts.none()).getFirst()));
  }

  @Test
  void aReceiptWithoutSnippetIsSuperfluous() {
    List<Freshness> all = check(List.of(), RECEIPTS);
    assertEquals(List.of(State.SUPERFLUOUS, State.SUPERFLUOUS, State.SUPERFLUOUS), states(all));
    assertEquals(
        "a receipt for #apply-pod, which glossary/pod.adoc does not have",
        all.getFirst().diagnostic().orElseThrow().what());
  }

  @Test
  void aHugeChangeIsShownInPart() {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      before.add("a" + i);
      after.add("b" + i + "x".repeat(10_000));
    }
    List<ProofSubject> old =
        page(POD, part("big", "apply", List.of(), before.toArray(String[]::new)));
    List<ProofSubject> now =
        page(POD, part("big", "apply", List.of(), after.toArray(String[]::new)));
    String why = why(check(now, Receipts.of(receipts(old))).getFirst());
    assertEquals(13, why.lines().count());
    assertTrue(why.length() < 4_000);
    assertTrue(why.endsWith("… (1788 more lines)"), why);
  }

  @Test
  void allAreWarningsWithAllThreeParts() {
    List<Freshness> all = check(page(POD, LIST), RECEIPTS);
    for (Freshness freshness : all) {
      Diagnostic diagnostic = freshness.diagnostic().orElseThrow();
      assertEquals(Severity.WARNING, diagnostic.severity());
      assertTrue(diagnostic.why() != null && diagnostic.fix() != null);
    }
  }

  @Test
  void whatIsDemandedAndNotProvenIsNamedWithItsCommand() {
    List<Freshness> all =
        check(PROVEN, RECEIPTS, new Demand(List.of(OLDER, NEWEST), (subject, minor) -> true));
    assertEquals(List.of(State.INCOMPLETE, State.INCOMPLETE, State.INCOMPLETE), states(all));
    assertEquals(List.of(OLDER), all.getFirst().missing());
    assertTrue(all.getFirst().isOpen());
    assertEquals(
        """
        content/glossary/pod.adoc:10 [unproven-version] #apply-pod is not proven on Kubernetes 1.35
        why: the navigation file demands 1.37, 1.35 in :kubernetes:, and the receipt has 1.37
        fix: prove it there: shirube verify --kubernetes 1.35 --page glossary/pod.adoc
        """,
        text(all.getFirst()));
  }

  @Test
  void aProofOnEachMinorThatIsDemandedIsFreshAndMoreIsNoHarm() {
    List<Receipt> both =
        receipts(PROVEN).stream()
            .map(receipt -> receipt.with(proof(ProofTier.NODE, "1.35.4", DAY, 1)))
            .toList();
    for (List<KubernetesMinor> demanded :
        List.of(List.of(NEWEST, OLDER), List.of(OLDER), List.<KubernetesMinor>of())) {
      assertEquals(
          List.of(State.FRESH, State.FRESH, State.FRESH),
          states(check(PROVEN, Receipts.of(both), new Demand(demanded, (subject, minor) -> true))),
          demanded.toString());
    }
  }

  @Test
  void aMinorThatASnippetIsNotAboutIsNotMissing() {
    Demand demand =
        new Demand(
            List.of(NEWEST, OLDER),
            (subject, minor) -> !subject.id().equals("list") || minor.equals(OLDER));
    List<Freshness> all = check(PROVEN, RECEIPTS, demand);
    assertEquals(List.of(OLDER), all.get(1).missing());
    List<Freshness> none =
        check(
            PROVEN,
            Receipts.none(),
            new Demand(List.of(NEWEST), (subject, minor) -> !subject.id().equals("list")));
    assertEquals(List.of(State.MISSING, State.OTHER_VERSIONS, State.MISSING), states(none));
    assertFalse(none.get(1).isOpen());
    assertTrue(none.get(1).diagnostic().isEmpty());
  }

  @Test
  void aProofOnTooLowATierIsNoneOnItsMinor() {
    Receipt receipt =
        receipt(PROVEN.get(0), ProofTier.NODE, "1.37.2", DAY, 10)
            .with(proof(ProofTier.SCHEMA, "1.35", DAY, 1));
    Freshness freshness =
        check(
                PROVEN.subList(0, 1),
                Receipts.of(List.of(receipt)),
                new Demand(List.of(NEWEST, OLDER), (subject, minor) -> true))
            .getFirst();
    assertEquals(State.INCOMPLETE, freshness.state());
    assertEquals(List.of(OLDER), freshness.missing());
  }

  private static List<Freshness> check(List<ProofSubject> subjects, Receipts receipts) {
    return check(subjects, receipts, Demand.anyVersion());
  }

  private static List<Freshness> check(
      List<ProofSubject> subjects, Receipts receipts, Demand demand) {
    return Freshness.of(
        subjects,
        receipts,
        demand,
        subject ->
            new Location(
                "content/" + subject.page(), 10 * (subjects.indexOf(subject) + 1), 0, null));
  }

  private static List<State> states(List<Freshness> all) {
    return all.stream().map(Freshness::state).toList();
  }

  private static String why(Freshness freshness) {
    return String.valueOf(freshness.diagnostic().orElseThrow().why());
  }

  private static String text(Freshness freshness) {
    Diagnostic diagnostic = freshness.diagnostic().orElseThrow();
    return diagnostic.location().file()
        + ":"
        + diagnostic.location().line()
        + " ["
        + diagnostic.code()
        + "] "
        + diagnostic.what()
        + "\nwhy: "
        + diagnostic.why()
        + "\nfix: "
        + diagnostic.fix()
        + "\n";
  }
}
