package dev.shirube.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Badge;
import dev.shirube.model.Page;
import dev.shirube.model.ProofTier;
import dev.shirube.verify.grammar.WrittenPage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ProofBadgesTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final Badge.Proven NODE =
      new Badge.Proven(ProofTier.NODE, "1.37.2", DAY, "_receipts/eks/a.json");

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
        badge("en", new Badge.Proven(ProofTier.APISERVER, "1.37.2", DAY, "r.json")).text());
    assertEquals(
        "実証済み スキーマ · Kubernetes 1.37 · 2026-11-24",
        badge("ja", new Badge.Proven(ProofTier.SCHEMA, "1.37", DAY, "r.json")).text());
  }

  @Test
  void eachTierIsExplainedAndHasItsClass() {
    for (ProofTier tier : ProofTier.values()) {
      Element badge = badge("ja", new Badge.Proven(tier, "1.37", DAY, "r.json"));
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
    assertEquals(1, badge.select("a").size());
  }

  @Test
  void whatWasNotProvenSaysSo() {
    assertEquals("未確認", badge("ja", new Badge.Unproven()).text());
    assertEquals("Not proven yet", badge("en", new Badge.Unproven()).text());
    assertEquals(0, badge("en", new Badge.Unproven()).select("a").size());
  }

  @Test
  void whatIsSkippedSaysWhyAsText() {
    Badge skipped = new Badge.Skipped("needs <b>EKS</b>");
    assertEquals("確認の対象外: needs <b>EKS</b>", badge("ja", skipped).text());
    assertEquals("Not proven: needs <b>EKS</b>", badge("en", skipped).text());
  }

  @Test
  void searchDoesNotFindBadges() {
    assertTrue(page("ja", NODE).body().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("実証済み"));
    assertFalse(page("ja", NODE).sections().toString().contains("1.37.2"));
  }
}
