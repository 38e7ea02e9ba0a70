package dev.shirube.html;

import dev.shirube.model.Badge;
import dev.shirube.model.Coverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SitePath;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Writes below each snippet what was proven of it. */
final class ProofBadges {

  private final Map<String, Badge> badges;
  private final boolean japanese;
  private final String page;
  private final String pageUrl;

  /**
   * @param badges by the id of the snippet
   * @param language of the site's own words
   * @param page the content path
   */
  ProofBadges(Map<String, Badge> badges, String language, String page) {
    this.badges = badges;
    this.japanese = language.equals("ja");
    this.page = page;
    this.pageUrl = SitePath.ofPage(page);
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
              .appendChild(receipt(badge, say("実証済み", "Proven")))
              .appendText(" ")
              .appendChild(coverage(facts(proven)))
              .appendText(missing(proven));
      case Badge.Stale stale ->
          line.addClass("proof-stale")
              .attr(
                  "title",
                  say(
                      "この例か、その前に実行する例が、確かめた後に変わりました。",
                      "This snippet, or one that runs before it, has changed since."))
              .appendChild(receipt(badge, say("要再確認", "Stale")))
              .appendText(" " + say("前回: ", "last: "))
              .appendChild(coverage(facts(stale.last())));
      case Badge.Unproven unproven ->
          line.addClass("proof-unproven").appendChild(coverage(say("未確認", "Not proven yet")));
      case Badge.Skipped skipped ->
          line.addClass("proof-skipped")
              .appendChild(coverage(say("確認の対象外", "Not proven")))
              .appendText(": " + skipped.because());
      case Badge.OtherVersions other ->
          line.addClass("proof-skipped")
              .appendChild(coverage(say("確認の対象外", "Not proven")))
              .appendText(
                  ": "
                      + say("Kubernetes %s の例", "it is about Kubernetes %s")
                          .formatted(other.versions()));
    }
    return line;
  }

  private Element receipt(Badge badge, String text) {
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

  private Element coverage(String text) {
    return new Element("a")
        .attr("href", SitePath.relative(pageUrl, Coverage.URL) + "#" + Coverage.anchor(page))
        .text(text);
  }

  /** What was proven alike is said together: {@code node · Kubernetes 1.37.2, 1.35.4 · DAY}. */
  private String facts(Badge.Proven proven) {
    Map<Alike, List<Proof>> alike =
        proven.proofs().stream()
            .collect(Collectors.groupingBy(Alike::of, LinkedHashMap::new, Collectors.toList()));
    return alike.entrySet().stream()
        .map(each -> facts(each.getKey(), each.getValue()))
        .collect(Collectors.joining(" / "));
  }

  /** What proofs have in common beside their version. */
  private record Alike(
      ProofTier tier, LocalDate date, Optional<String> standIn, Optional<String> by) {
    static Alike of(Proof proof) {
      return new Alike(proof.tier(), proof.date(), proof.standIn(), proof.by());
    }
  }

  private String facts(Alike alike, List<Proof> proofs) {
    return String.format(
        Locale.ROOT,
        "%s · Kubernetes %s · %s%s%s",
        tier(alike.tier()),
        proofs.stream().map(Proof::kubernetes).collect(Collectors.joining(say("・", ", "))),
        alike.date(),
        alike
            .standIn()
            .map(ProofBadges::name)
            .map(what -> " · " + say("%s側は模擬", "%s side is a double").formatted(what))
            .orElse(""),
        alike.by().map(id -> " · " + say("#%s で実行", "by #%s").formatted(id)).orElse(""));
  }

  /** The name of what was a double; {@code aws} is written in capitals everywhere. */
  private static String name(String standIn) {
    return standIn.equals("aws") ? "AWS" : standIn;
  }

  private String missing(Badge.Proven proven) {
    if (proven.missing().isEmpty()) {
      return "";
    }
    String minors =
        proven.missing().stream()
            .map(KubernetesMinor::toString)
            .collect(Collectors.joining(say("・", ", ")));
    return " · " + say("%sでは未確認", "not on %s yet").formatted(minors);
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
