package dev.shirube.html;

import dev.shirube.model.Badge;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SitePath;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;

/** Writes below each snippet what was proven of it. */
final class ProofBadges {

  private final Map<String, Badge> badges;
  private final boolean japanese;
  private final String pageUrl;

  /**
   * @param badges by the id of the snippet
   * @param language of the site's own words
   * @param pageUrl below the site's root
   */
  ProofBadges(Map<String, Badge> badges, String language, String pageUrl) {
    this.badges = badges;
    this.japanese = language.equals("ja");
    this.pageUrl = pageUrl;
  }

  void add(Element body) {
    for (Element block : body.select("div.listingblock[id]")) {
      Badge badge = badges.get(block.id());
      Element content = block.selectFirst("> .content");
      if (badge != null && content != null) {
        content.after(element(badge));
      }
    }
  }

  private Element element(Badge badge) {
    Element line = new Element("p").addClass("proof");
    switch (badge) {
      case Badge.Proven proven ->
          line.addClass("proof-" + proven.tier().id())
              .attr("title", meaning(proven.tier()))
              .appendChild(link(badge, say("実証済み", "Proven")))
              .appendText(" " + facts(proven));
      case Badge.Stale stale ->
          line.addClass("proof-stale")
              .attr(
                  "title",
                  say(
                      "この例か、その前に実行する例が、確かめた後に変わりました。",
                      "This snippet, or one that runs before it, has changed since."))
              .appendChild(link(badge, say("要再確認", "Stale")))
              .appendText(" " + say("前回: ", "last: ") + facts(stale.last()));
      case Badge.Unproven unproven ->
          line.addClass("proof-unproven").appendText(say("未確認", "Not proven yet"));
      case Badge.Skipped skipped ->
          line.addClass("proof-skipped")
              .appendText(say("確認の対象外: ", "Not proven: ") + skipped.because());
    }
    return line;
  }

  private Element link(Badge badge, String text) {
    return badge
        .receiptPath()
        .map(
            path ->
                new Element("a")
                    .attr("href", SitePath.relative(pageUrl, path))
                    .attr("type", "application/json")
                    .text(text))
        .orElseGet(() -> new Element("span").text(text));
  }

  private String facts(Badge.Proven proven) {
    return String.format(
        Locale.ROOT,
        "%s · Kubernetes %s · %s",
        tier(proven.tier()),
        proven.kubernetes(),
        proven.date());
  }

  private String tier(ProofTier tier) {
    return switch (tier) {
      case SCHEMA -> say("スキーマ", "schema");
      case APISERVER -> say("APIサーバー", "API server");
      case NODE -> say("ノード", "node");
    };
  }

  private String meaning(ProofTier tier) {
    return switch (tier) {
      case SCHEMA ->
          say(
              "KubernetesのOpenAPI定義に照らして確かめました。クラスターでは実行していません。",
              "Held against the OpenAPI document of Kubernetes; not run on a cluster.");
      case APISERVER ->
          say(
              "本物のkube-apiserverとetcdで確かめました。Podは動かしていません。",
              "Accepted by a real kube-apiserver and etcd; no Pod was run.");
      case NODE -> say("本物のノードでPodを動かして確かめました。", "Run on a real node, with real Pods.");
    };
  }

  private String say(String ja, String en) {
    return japanese ? ja : en;
  }
}
