package dev.shirube.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Badge;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Page;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofTier;
import dev.shirube.verify.grammar.WrittenPage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ProofBadgesTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final Badge.Proven NODE =
      new Badge.Proven(List.of(proof(ProofTier.NODE, "1.37.2")), List.of(), "_receipts/eks/a.json");

  private static Proof proof(ProofTier tier, String kubernetes) {
    return new Proof(tier, kubernetes, DAY, Duration.ofSeconds(1));
  }

  private static Badge.Proven proven(Proof... proofs) {
    return new Badge.Proven(List.of(proofs), List.of(), "r.json");
  }

  private static Page page(String language, Badge badge) {
    WrittenPage written =
        WrittenPage.named(
            "eks/a.adoc",
            """
            = A

            [source#a,console,verify=run]
            ----
            $ echo a
            ----

            [source#b,text]
            ----
            a
            ----
            """);
    return new PageComposer(
            Map.of("ui-lang", language),
            List.of(),
            text -> List.of(),
            Map.of("eks/a.adoc", Map.of("a", badge)),
            problem -> {})
        .compose(List.of(written.page()))
        .getFirst();
  }

  private static Element badge(String language, Badge badge) {
    Element body = Jsoup.parseBodyFragment(page(language, badge).body()).body();
    assertEquals(1, body.select(".proof").size());
    Element found = body.selectFirst("#a > .content + .proof");
    assertTrue(found != null, body::html);
    return found;
  }

  private static String line(String language, Badge badge) {
    Element found = badge(language, badge);
    Element summary = found.selectFirst("> summary");
    return (summary == null ? found : summary).text();
  }

  private static String detail(String language, Badge badge) {
    return badge(language, badge).expectFirst("dl").text();
  }

  @Test
  void aProofSaysItsTierItsVersionAndItsDay() {
    assertEquals("実証済み ノード · Kubernetes 1.37.2 · 2026-11-24", line("ja", NODE));
    assertEquals("Proven node · Kubernetes 1.37.2 · 2026-11-24", line("en", NODE));
    assertEquals(
        "Proven API server · Kubernetes 1.37.2 · 2026-11-24",
        line("en", proven(proof(ProofTier.APISERVER, "1.37.2"))));
    assertEquals(
        "実証済み スキーマ · Kubernetes 1.37 · 2026-11-24",
        line("ja", proven(proof(ProofTier.SCHEMA, "1.37"))));
  }

  @Test
  void eachTierIsExplainedAndHasItsClass() {
    for (ProofTier tier : ProofTier.values()) {
      Element badge = badge("ja", proven(proof(tier, "1.37")));
      assertTrue(badge.hasClass("proof-" + tier.id()));
      assertTrue(badge.expectFirst("dd").text().length() > 20, badge::html);
    }
  }

  @Test
  void theReceiptIsLinkedFromWhereThePageStands() {
    Element link = badge("ja", NODE).selectFirst("a[type]");
    assertTrue(link != null);
    assertEquals("../_receipts/eks/a.json", link.attr("href"));
  }

  @Test
  void aStaleProofSaysWhatWasProvenLast() {
    Element badge = badge("ja", new Badge.Stale(NODE));
    assertEquals(
        "要再確認 前回: ノード · Kubernetes 1.37.2 · 2026-11-24", badge.expectFirst("summary").text());
    assertEquals(
        "Stale last: node · Kubernetes 1.37.2 · 2026-11-24", line("en", new Badge.Stale(NODE)));
    assertTrue(badge.hasClass("proof-stale"));
    assertTrue(badge.expectFirst("> p").text().contains("変わりました"));
    assertEquals(2, badge.select("a").size());
  }

  @Test
  void whatWasNotProvenSaysSo() {
    assertEquals("未確認", line("ja", new Badge.Unproven()));
    assertEquals("Not proven yet", line("en", new Badge.Unproven()));
  }

  @Test
  void whatIsSkippedSaysWhyAsText() {
    Badge skipped = new Badge.Skipped("needs <b>EKS</b>");
    assertEquals("確認の対象外: needs <b>EKS</b>", line("ja", skipped));
    assertEquals("Not proven: needs <b>EKS</b>", line("en", skipped));
  }

  @Test
  void proofsThatAreAlikeAreSaidTogetherAndOthersApart() {
    Badge alike = proven(proof(ProofTier.NODE, "1.37.2"), proof(ProofTier.NODE, "1.35.4"));
    assertEquals("実証済み ノード · Kubernetes 1.37.2・1.35.4 · 2026-11-24", line("ja", alike));
    assertEquals("Proven node · Kubernetes 1.37.2, 1.35.4 · 2026-11-24", line("en", alike));
    Badge apart =
        proven(
            proof(ProofTier.NODE, "1.37.2"),
            new Proof(ProofTier.APISERVER, "1.35.4", DAY.minusDays(4), Duration.ZERO));
    assertEquals(
        "Proven node · Kubernetes 1.37.2 · 2026-11-24 / API server · Kubernetes 1.35.4 ·"
            + " 2026-11-20",
        line("en", apart));
    assertTrue(badge("en", apart).hasClass("proof-node"));
  }

  @Test
  void aDoubleIsSaid() {
    Badge aws = proven(new Proof(ProofTier.NODE, "1.37.2", DAY, Duration.ZERO, Optional.of("aws")));
    assertEquals("実証済み ノード · Kubernetes 1.37.2 · 2026-11-24 · AWS側は模擬", line("ja", aws));
    assertEquals(
        "Proven node · Kubernetes 1.37.2 · 2026-11-24 · AWS side is a double", line("en", aws));
  }

  @Test
  void whatIsMissingOnAnotherMinorIsSaid() {
    Badge partly =
        new Badge.Proven(NODE.proofs(), List.of(new KubernetesMinor(1, 35)), NODE.receipt());
    assertEquals("実証済み ノード · Kubernetes 1.37.2 · 2026-11-24 · 1.35では未確認", line("ja", partly));
    assertTrue(line("en", partly).endsWith(" · not on 1.35 yet"));
  }

  @Test
  void whatIsAboutOtherVersionsSaysWhich() {
    assertEquals("確認の対象外: Kubernetes ..1.30 の例", line("ja", new Badge.OtherVersions("..1.30")));
    assertEquals(
        "Not proven: it is about Kubernetes ..1.30", line("en", new Badge.OtherVersions("..1.30")));
  }

  @Test
  void everyBadgeLeadsToTheRowOfItsPage() {
    for (Badge badge :
        List.of(
            NODE,
            new Badge.Stale(NODE),
            new Badge.Unproven(),
            new Badge.Skipped("x"),
            new Badge.OtherVersions("..1.30"))) {
      assertEquals(
          List.of("../coverage.html#eks/a.adoc"),
          badge("ja", badge).select("a:not([type])").eachAttr("href"));
    }
  }

  @Test
  void theDetailsSayAllThatIsKnown() {
    Badge aws =
        new Badge.Proven(
            List.of(
                new Proof(
                    ProofTier.APISERVER,
                    "1.37.2",
                    DAY,
                    Duration.ofMillis(12_300),
                    Optional.of("aws"),
                    Optional.of("create")),
                new Proof(
                    ProofTier.APISERVER,
                    "1.35.4",
                    DAY,
                    Duration.ofMillis(8_640),
                    Optional.of("aws"),
                    Optional.of("create"))),
            List.of(new KubernetesMinor(1, 34)),
            "_receipts/eks/a.json");
    assertEquals(
        "How API server: Accepted by a real kube-apiserver and etcd; no Pod was run."
            + " Kubernetes 1.37.2 (12 s), 1.35.4 (8.6 s) Date 2026-11-24"
            + " Double The AWS side is a double that answers alike; the real AWS was not asked."
            + " Run by #create Not proven on Kubernetes 1.34 Receipt a.json · Coverage",
        detail("en", aws));
    assertEquals("#create", badge("ja", aws).expectFirst("dd a").attr("href"));
  }

  @Test
  void whatIsSaidInOneLanguageCarriesTheOther() {
    Badge partly =
        new Badge.Proven(NODE.proofs(), List.of(new KubernetesMinor(1, 35)), NODE.receipt());
    for (Badge badge :
        List.of(
            partly, new Badge.Stale(NODE), new Badge.Unproven(), new Badge.OtherVersions("1.2"))) {
      List<String> english = badge("en", badge).select("[data-other]").eachText();
      assertEquals(english, badge("ja", badge).select("[data-other]").eachAttr("data-other"));
      assertFalse(english.isEmpty());
    }
  }

  @Test
  void searchDoesNotFindBadges() {
    assertTrue(page("ja", NODE).body().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("1.37.2"));
  }
}
