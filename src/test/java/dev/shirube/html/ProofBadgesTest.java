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
    assertEquals(1, body.select("p.proof").size());
    Element found = body.selectFirst("#a > .content + p.proof");
    assertTrue(found != null, body::html);
    return found;
  }

  @Test
  void aProofSaysItsTierItsVersionAndItsDay() {
    assertEquals("実証済み ノード · Kubernetes 1.37.2 · 2026-11-24", badge("ja", NODE).text());
    assertEquals("Proven node · Kubernetes 1.37.2 · 2026-11-24", badge("en", NODE).text());
    assertEquals(
        "Proven API server · Kubernetes 1.37.2 · 2026-11-24",
        badge("en", proven(proof(ProofTier.APISERVER, "1.37.2"))).text());
    assertEquals(
        "実証済み スキーマ · Kubernetes 1.37 · 2026-11-24",
        badge("ja", proven(proof(ProofTier.SCHEMA, "1.37"))).text());
  }

  @Test
  void eachTierIsExplainedAndHasItsClass() {
    for (ProofTier tier : ProofTier.values()) {
      Element badge = badge("ja", proven(proof(tier, "1.37")));
      assertTrue(badge.hasClass("proof-" + tier.id()));
      assertFalse(badge.attr("title").isEmpty());
    }
  }

  @Test
  void theReceiptIsLinkedFromWhereThePageStands() {
    Element link = badge("ja", NODE).selectFirst("a");
    assertTrue(link != null);
    assertEquals("../_receipts/eks/a.json", link.attr("href"));
  }

  @Test
  void aStaleProofSaysWhatWasProvenLast() {
    Element badge = badge("ja", new Badge.Stale(NODE));
    assertEquals("要再確認 前回: ノード · Kubernetes 1.37.2 · 2026-11-24", badge.text());
    assertEquals(
        "Stale last: node · Kubernetes 1.37.2 · 2026-11-24",
        badge("en", new Badge.Stale(NODE)).text());
    assertTrue(badge.hasClass("proof-stale"));
    assertEquals(2, badge.select("a").size());
  }

  @Test
  void whatWasNotProvenSaysSo() {
    assertEquals("未確認", badge("ja", new Badge.Unproven()).text());
    assertEquals("Not proven yet", badge("en", new Badge.Unproven()).text());
  }

  @Test
  void whatIsSkippedSaysWhyAsText() {
    Badge skipped = new Badge.Skipped("needs <b>EKS</b>");
    assertEquals("確認の対象外: needs <b>EKS</b>", badge("ja", skipped).text());
    assertEquals("Not proven: needs <b>EKS</b>", badge("en", skipped).text());
  }

  @Test
  void proofsThatAreAlikeAreSaidTogetherAndOthersApart() {
    Badge alike =
        proven(proof(ProofTier.NODE, "1.37.2"), proof(ProofTier.NODE, "1.35.4"));
    assertEquals(
        "実証済み ノード · Kubernetes 1.37.2・1.35.4 · 2026-11-24", badge("ja", alike).text());
    assertEquals(
        "Proven node · Kubernetes 1.37.2, 1.35.4 · 2026-11-24", badge("en", alike).text());
    Badge apart =
        proven(
            proof(ProofTier.NODE, "1.37.2"),
            new Proof(ProofTier.APISERVER, "1.35.4", DAY.minusDays(4), Duration.ZERO));
    assertEquals(
        "Proven node · Kubernetes 1.37.2 · 2026-11-24 / API server · Kubernetes 1.35.4 ·"
            + " 2026-11-20",
        badge("en", apart).text());
    assertTrue(badge("en", apart).hasClass("proof-node"));
  }

  @Test
  void aDoubleIsSaid() {
    Badge aws =
        proven(
            new Proof(ProofTier.NODE, "1.37.2", DAY, Duration.ZERO, Optional.of("aws")));
    assertEquals(
        "実証済み ノード · Kubernetes 1.37.2 · 2026-11-24 · AWS側は模擬", badge("ja", aws).text());
    assertEquals(
        "Proven node · Kubernetes 1.37.2 · 2026-11-24 · AWS side is a double",
        badge("en", aws).text());
  }

  @Test
  void whatIsMissingOnAnotherMinorIsSaid() {
    Badge partly =
        new Badge.Proven(NODE.proofs(), List.of(new KubernetesMinor(1, 35)), NODE.receipt());
    assertEquals(
        "実証済み ノード · Kubernetes 1.37.2 · 2026-11-24 · 1.35では未確認", badge("ja", partly).text());
    assertTrue(badge("en", partly).text().endsWith(" · not on 1.35 yet"));
  }

  @Test
  void whatIsAboutOtherVersionsSaysWhich() {
    assertEquals(
        "確認の対象外: Kubernetes ..1.30 の例", badge("ja", new Badge.OtherVersions("..1.30")).text());
    assertEquals(
        "Not proven: it is about Kubernetes ..1.30",
        badge("en", new Badge.OtherVersions("..1.30")).text());
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
  void searchDoesNotFindBadges() {
    assertTrue(page("ja", NODE).body().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("1.37.2"));
  }
}
