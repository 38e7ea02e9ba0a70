package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Badge;
import dev.shirube.model.Content;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.report.Receipts;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.WrittenPage;
import dev.shirube.verify.schema.SchemaChecker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsVerificationTest {

  private static final Clock NOON =
      Clock.fixed(WrittenPage.TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  private static final KubernetesMinor MINOR = new KubernetesMinor(1, 37);
  private static final KubernetesMinor OLDER = new KubernetesMinor(1, 35);

  private static final String PAGE =
      """
      [source#config,yaml]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      ----

      [source#print,console,verify=run]
      ----
      $ echo {pod}
      ----

      [source#wait,console,verify=skip,because="it takes a day"]
      ----
      $ sleep 86400
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  private final DocsVerification verification =
      new DocsVerification(new DocsVerification.Settings(Path.of("no-fixtures"), NOON));

  private Plan plan(String... pages) {
    return planOfSite("", pages);
  }

  private Plan planOfSite(String site, String... pages) {
    List<WrittenPage> written =
        Stream.iterate(0, i -> i < pages.length, i -> i + 1)
            .map(i -> WrittenPage.named("page-" + (i + 1) + ".adoc", pages[i]))
            .toList();
    return verification.plan(
        new ConvertedContent(
            new Content(
                folder,
                written.stream().map(page -> page.page().source()).toList(),
                null,
                List.of()),
            written.stream().map(WrittenPage::page).toList(),
            WrittenPage.named("nav.adoc", site + ":placeholder-pod: a Pod; verify=web-0\n").page(),
            List.of()));
  }

  private VerificationResult withoutCluster(Plan plan) {
    return verification.withoutCluster(
        plan, SchemaChecker.of(MINOR).orElseThrow(), "there is no cluster");
  }

  /** As if a cluster had said so of each snippet that needs one. */
  private VerificationResult after(Plan plan, Outcome outcome) {
    return after(plan, outcome, "1.37.2");
  }

  private VerificationResult after(Plan plan, Outcome outcome, String kubernetes) {
    VerificationResult schema = withoutCluster(plan);
    return new VerificationResult(
        schema.started(),
        Duration.ZERO,
        "a cluster",
        kubernetes,
        schema.snippets().stream()
            .map(each -> each.outcome() == Outcome.NOT_RUN ? with(each, outcome) : each)
            .toList(),
        List.of());
  }

  private static SnippetResult with(SnippetResult result, Outcome outcome) {
    return new SnippetResult(
        result.page(),
        result.id(),
        result.verb(),
        result.location(),
        outcome,
        outcome == Outcome.PASSED ? Optional.of(ProofTier.NODE) : Optional.empty(),
        Duration.ofSeconds(1),
        List.of(),
        "",
        "");
  }

  private static Receipts updated(Plan plan, VerificationResult result, Receipts receipts) {
    return DocsVerification.updated(plan, result, MINOR, receipts);
  }

  private VerificationResult byReceipts(Plan plan, Receipts receipts) {
    return DocsVerification.byReceipts(
        withoutCluster(plan), List.of(), receipts, DocsVerification.freshness(plan, receipts));
  }

  private static List<String> told(VerificationResult result) {
    return result.snippets().stream()
        .map(
            each ->
                each.id()
                    + " "
                    + each.outcome().id()
                    + each.tier().map(tier -> " " + tier.id()).orElse("")
                    + each.problems().stream()
                        .map(problem -> " " + problem.code())
                        .reduce("", String::concat)
                    + (each.reason().isEmpty() ? "" : ": " + each.reason()))
        .toList();
  }

  /** {@code page-1.adoc#print node 1.37.2 2026-11-24}. */
  private static List<String> told(Receipts receipts) {
    return receipts.pages().values().stream()
        .flatMap(List::stream)
        .flatMap(
            receipt ->
                receipt.proofs().stream()
                    .map(
                        each ->
                            receipt.subject().page()
                                + "#"
                                + receipt.subject().id()
                                + " "
                                + each.tier().id()
                                + " "
                                + each.kubernetes()
                                + " "
                                + each.date()))
        .toList();
  }

  @Test
  void aPlanHasThePagesWithSnippetsAndWhatIsWrongInTheirOrder() {
    Plan plan =
        plan(
            "text",
            "[source,console]\n----\n$ a\n----\n\n[source,sh,verfy=run]\n----\n$ b\n----\n",
            PAGE);
    assertEquals(java.util.Set.of("page-3.adoc"), plan.pages());
    assertEquals(
        List.of("unproven-commands 1", "unknown-key 6"),
        plan.diagnostics().stream().map(d -> d.code() + " " + d.location().line()).toList());
    assertEquals(
        List.of("config", "print", "wait"), plan.snippets().stream().map(Snippet::id).toList());
    assertEquals(
        List.of("$ echo web-0"), plan.subjects().getLast().lines(), "the site's placeholder");
    assertEquals(List.of(), plan.only(scenario -> false).snippets());
  }

  @Test
  void withoutAClusterOnlySchemasSaySomething() {
    VerificationResult result = withoutCluster(plan(PAGE));
    assertEquals(
        List.of(
            "config passed schema",
            "print not-run: there is no cluster",
            "wait skipped: it takes a day"),
        told(result));
    assertFalse(DocsVerification.isWrong(result));
  }

  @Test
  void whatIsWrongInTheContentIsPartOfTheResult() {
    VerificationResult result = withoutCluster(plan("[source,console]\n----\n$ a\n----\n"));
    assertEquals(
        List.of("unproven-commands"), result.problems().stream().map(Diagnostic::code).toList());
    assertTrue(DocsVerification.isWrong(result));
  }

  @Test
  void whatPassedHasAReceiptAndCountsByIt() {
    Plan plan = plan(PAGE);
    Receipts receipts = updated(plan, after(plan, Outcome.PASSED), Receipts.none());
    assertEquals(
        List.of(
            "page-1.adoc#config schema 1.37 2026-11-24",
            "page-1.adoc#print node 1.37.2 2026-11-24"),
        told(receipts));
    VerificationResult result = byReceipts(plan, receipts);
    assertEquals(
        List.of("config passed schema", "print passed node", "wait skipped: it takes a day"),
        told(result));
    assertFalse(DocsVerification.isWrong(result));
  }

  @Test
  void whatHasNoReceiptOrAnOldOneHasFailed() {
    assertEquals(
        List.of(
            "config failed missing-receipt",
            "print failed missing-receipt",
            "wait skipped: it takes a day"),
        told(byReceipts(plan(PAGE), Receipts.none())));
    Plan before = plan(PAGE);
    Receipts receipts = updated(before, after(before, Outcome.PASSED), Receipts.none());
    assertEquals(
        List.of(
            "config passed schema", "print failed stale-receipt", "wait skipped: it takes a day"),
        told(byReceipts(plan(PAGE.replace("echo", "echo -n")), receipts)));
  }

  @Test
  void whatTheSchemaRefusesFailsWhateverTheReceiptSays() {
    Plan before = plan(PAGE);
    Receipts receipts = updated(before, after(before, Outcome.PASSED), Receipts.none());
    Plan wrong = plan(PAGE.replace("metadata: {name: a}", "metadata: {name: a}\ndatum: {}"));
    assertEquals("config failed unknown-field", told(byReceipts(wrong, receipts)).getFirst());
  }

  @Test
  void aReceiptOfNothingIsAProblemOfTheWhole() {
    Plan before = plan(PAGE);
    Receipts receipts = updated(before, after(before, Outcome.PASSED), Receipts.none());
    Plan less = plan(PAGE.substring(PAGE.indexOf("[source#print")));
    VerificationResult result = byReceipts(less, receipts);
    assertEquals(
        List.of("superfluous-receipt"), result.problems().stream().map(Diagnostic::code).toList());
    assertEquals(
        List.of("page-1.adoc#print node 1.37.2 2026-11-24"),
        told(updated(less, after(less, Outcome.UNDECIDED), receipts)));
  }

  @Test
  void aStricterBuildMakesTheSameDiagnosticAnError() {
    Plan plan = plan("text");
    Diagnostic warning =
        Diagnostic.warning("case-structure", Location.of("a.adoc"), "what", null, null);
    Diagnostic error =
        Diagnostic.error("case-structure", Location.of("a.adoc"), "what", null, null);
    VerificationResult schema = withoutCluster(new Plan(plan.scenarios(), List.of(warning)));
    VerificationResult result =
        DocsVerification.byReceipts(schema, List.of(error), Receipts.none(), List.of());
    assertEquals(List.of(error), result.problems());
  }

  @Test
  void aFailureTakesTheReceiptAwayAndWhatIsUndecidedKeepsIt() {
    Plan plan = plan(PAGE);
    Receipts receipts = updated(plan, after(plan, Outcome.PASSED), Receipts.none());
    for (Outcome outcome : List.of(Outcome.UNDECIDED, Outcome.NOT_RUN)) {
      assertEquals(told(receipts), told(updated(plan, after(plan, outcome), receipts)));
    }
    assertEquals(
        List.of("page-1.adoc#config schema 1.37 2026-11-24"),
        told(updated(plan, after(plan, Outcome.FAILED), receipts)));
  }

  @Test
  void theSiteSaysWhatIsKnownOfEachSnippet() {
    Plan before = plan(PAGE);
    ReceiptFolder receiptFolder = new ReceiptFolder(folder);
    receiptFolder.write(updated(before, after(before, Outcome.PASSED), Receipts.none()));
    Plan now =
        plan(
            PAGE.replace("echo", "echo -n")
                + "\n[source#new,console,verify=run]\n----\n$ echo a\n----\n");
    Proofs proofs =
        DocsVerification.proofs(
            now, DocsVerification.freshness(now, receiptFolder.read()), receiptFolder);
    LocalDate day = WrittenPage.TODAY;
    String receipt = "_receipts/page-1.json";
    Proof schema = new Proof(ProofTier.SCHEMA, "1.37", day, Duration.ZERO);
    Proof node = new Proof(ProofTier.NODE, "1.37.2", day, Duration.ofSeconds(1));
    assertEquals(
        Map.of(
            "page-1.adoc",
            Map.of(
                "config", new Badge.Proven(List.of(schema), List.of(), receipt),
                "print", new Badge.Stale(new Badge.Proven(List.of(node), List.of(), receipt)),
                "wait", new Badge.Skipped("it takes a day"),
                "new", new Badge.Unproven())),
        proofs.badges());
    assertEquals(List.of(receipt), proofs.files().stream().map(file -> file.path()).toList());
  }

  @Test
  void theSiteSaysOnWhichVersionsItWantsToBeProven() {
    assertEquals(
        List.of(MINOR, OLDER), planOfSite(":kubernetes: 1.35, 1.37 1.35\n", PAGE).demanded());
    assertEquals(List.of(MINOR), planOfSite(":kubernetes: 1.35, 1.37\n", PAGE).newestDemanded());
    assertEquals(List.of(), plan(PAGE).demanded());
    Plan wrong = planOfSite(":kubernetes: newest, 1.35, 2.1\n", PAGE);
    assertEquals(List.of(OLDER), wrong.demanded());
    assertEquals(
        List.of("unknown-version nav.adoc:1", "unknown-version nav.adoc:1"),
        wrong.diagnostics().stream()
            .map(d -> d.code() + " " + d.location().file() + ":" + d.location().line())
            .toList());
  }

  @Test
  void whatIsNotProvenOnADemandedVersionHasFailedUntilARunThere() {
    Plan plan = planOfSite(":kubernetes: 1.37, 1.35\n", PAGE);
    Receipts newest = updated(plan, after(plan, Outcome.PASSED), Receipts.none());
    assertEquals(
        List.of(
            "config failed unproven-version",
            "print failed unproven-version",
            "wait skipped: it takes a day"),
        told(byReceipts(plan, newest)));

    Receipts both =
        DocsVerification.updated(plan, after(plan, Outcome.PASSED, "1.35.4"), OLDER, newest);
    assertEquals(
        List.of(
            "page-1.adoc#config schema 1.37 2026-11-24",
            "page-1.adoc#config schema 1.35 2026-11-24",
            "page-1.adoc#print node 1.37.2 2026-11-24",
            "page-1.adoc#print node 1.35.4 2026-11-24"),
        told(both));
    assertEquals(
        List.of("config passed schema", "print passed node", "wait skipped: it takes a day"),
        told(byReceipts(plan, both)));
  }

  @Test
  void aVersionThatASnippetIsNotAboutIsNotMissing() {
    String page = PAGE.replace("verify=run", "verify=run,k8s=..1.35");
    Plan both = planOfSite(":kubernetes: 1.37, 1.35\n", page);
    Receipts older =
        DocsVerification.updated(
            both, after(both, Outcome.PASSED, "1.35.4"), OLDER, Receipts.none());
    assertEquals("print passed node", told(byReceipts(both, older)).get(1));

    Plan newest = planOfSite(":kubernetes: 1.37\n", page);
    assertEquals(
        "print skipped: it is about none of the versions that the site demands",
        told(byReceipts(newest, Receipts.none())).get(1));
    Proofs proofs =
        DocsVerification.proofs(
            newest, DocsVerification.freshness(newest, Receipts.none()), new ReceiptFolder(folder));
    assertEquals(
        new Badge.OtherVersions("..1.35"),
        java.util.Objects.requireNonNull(proofs.badges().get("page-1.adoc")).get("print"));
  }

  @Test
  void aDoubleIsKeptInTheReceiptAndTold() {
    Plan plan = plan(PAGE);
    VerificationResult run = after(plan, Outcome.PASSED);
    VerificationResult doubled =
        new VerificationResult(
            run.started(),
            run.duration(),
            run.cluster(),
            run.kubernetes(),
            run.snippets().stream()
                .map(each -> each.id().equals("print") ? each.withStandIn("aws") : each)
                .toList(),
            run.problems());
    Receipts receipts = updated(plan, doubled, Receipts.none());
    assertEquals(
        Optional.of("aws"),
        receipts.find("page-1.adoc", "print").orElseThrow().proofs().getFirst().standIn());
    assertEquals(List.of("aws"), byReceipts(plan, receipts).standIns());
  }
}
