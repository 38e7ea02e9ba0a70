package dev.shirube.html;

import dev.shirube.model.Badge;
import dev.shirube.model.Coverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SitePath;
import java.time.Duration;
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
  private final String language;
  private final String page;
  private final String pageUrl;

  /**
   * @param badges by the id of the snippet
   * @param language of the site's own words
   * @param page the content path
   */
  ProofBadges(Map<String, Badge> badges, String language, String page) {
    this.badges = badges;
    this.language = language;
    this.page = page;
    this.pageUrl = SitePath.ofPage(page);
  }

  void add(Element body) {
    for (Element block : body.select("div.listingblock[id]")) {
      Badge badge = badges.get(block.id());
      Element content = block.selectFirst("> .content");
      if (badge != null && content != null) {
        content.after(element(badge, content.selectFirst("var.placeholder") != null));
      }
    }
  }

  private Element element(Badge badge, boolean withPlaceholders) {
    return switch (badge) {
      case Badge.Proven proven ->
          details(proven, withPlaceholders)
              .addClass("proof-" + proven.tier().id())
              .prependChild(
                  summary(new Words("実証済み", "Proven"), facts(proven).plus(" · ", missing(proven))));
      case Badge.Stale stale ->
          details(stale.last(), withPlaceholders)
              .addClass("proof-stale")
              .prependChild(
                  summary(
                      new Words("要再確認", "Stale"),
                      new Words("前回: ", "last: ").plus("", facts(stale.last()))))
              .insertChildren(
                  1,
                  said(
                      "p",
                      new Words(
                          "この例か、その前に実行する例が、確かめた後に変わりました。",
                          "This snippet, or one that runs before it, has changed since.")));
      case Badge.Unproven unproven ->
          new Element("p")
              .addClass("proof")
              .addClass("proof-unproven")
              .appendChild(coverage(new Words("未確認", "Not proven yet")));
      case Badge.Skipped skipped -> skipped(new Words(skipped.because(), skipped.because()));
      case Badge.OtherVersions other ->
          skipped(
              new Words(
                  "Kubernetes " + other.versions() + " の例",
                  "it is about Kubernetes " + other.versions()));
    };
  }

  private Element skipped(Words because) {
    return new Element("p")
        .addClass("proof")
        .addClass("proof-skipped")
        .appendChild(coverage(new Words("確認の対象外", "Not proven")))
        .appendText(": ")
        .appendChild(said("span", because));
  }

  private Element summary(Words verdict, Words facts) {
    return new Element("summary")
        .appendChild(said("strong", verdict))
        .appendText(" ")
        .appendChild(said("span", facts));
  }

  /** All that is known of a proof; it opens without a script. */
  private Element details(Badge.Proven proven, boolean withPlaceholders) {
    Element list = new Element("dl");
    alike(proven).forEach((what, proofs) -> facts(list, what, proofs));
    if (withPlaceholders) {
      fact(list, new Words("値", "Values"))
          .appendChild(
              said(
                  "span",
                  new Words(
                      "波括弧の名前には、検証用の値を入れて確かめました。",
                      "The names in braces had values made for the proof.")));
    }
    if (!proven.missing().isEmpty()) {
      fact(list, new Words("未確認", "Not proven on")).text("Kubernetes " + minors(proven, ", "));
    }
    fact(list, new Words("記録", "Receipt"))
        .appendChild(
            new Element("a")
                .attr("href", SitePath.relative(pageUrl, proven.receipt()))
                .attr("type", "application/json")
                .text(proven.receipt().substring(proven.receipt().lastIndexOf('/') + 1)))
        .appendText(" · ")
        .appendChild(coverage(new Words("実証の状況", "Coverage")));
    return new Element("details").addClass("proof").appendChild(list);
  }

  private void facts(Element list, Alike what, List<Proof> proofs) {
    fact(list, new Words("確かめ方", "How"))
        .appendChild(said("strong", tier(what.tier())))
        .appendText(": ")
        .appendChild(said("span", meaning(what.tier())));
    Element versions = fact(list, new Words("Kubernetes", "Kubernetes"));
    for (Proof proof : proofs) {
      if (versions.childNodeSize() > 0) {
        versions.appendText(", ");
      }
      String seconds = seconds(proof.duration());
      versions
          .appendText(proof.kubernetes() + " ")
          .appendChild(said("span", new Words("(" + seconds + " 秒)", "(" + seconds + " s)")));
    }
    fact(list, new Words("日付", "Date"))
        .appendElement("time")
        .attr("datetime", what.date().toString())
        .text(what.date().toString());
    what.standIn()
        .map(ProofBadges::name)
        .ifPresent(
            name ->
                fact(list, new Words("模擬", "Double"))
                    .appendChild(
                        said(
                            "span",
                            new Words(
                                name + "側は、同じ手順で応答する模擬です。本物の" + name + "では確かめていません。",
                                "The "
                                    + name
                                    + " side is a double that answers alike; the real "
                                    + name
                                    + " was not asked."))));
    what.by()
        .ifPresent(
            id ->
                fact(list, new Words("実行した例", "Run by"))
                    .appendElement("a")
                    .attr("href", "#" + id)
                    .text("#" + id));
  }

  private Element fact(Element list, Words name) {
    list.appendChild(said("dt", name));
    return list.appendElement("dd");
  }

  private Element coverage(Words text) {
    return said("a", text)
        .attr("href", SitePath.relative(pageUrl, Coverage.URL) + "#" + Coverage.anchor(page));
  }

  /** What was proven alike is said together: {@code node · Kubernetes 1.37.2, 1.35.4 · DAY}. */
  private static Words facts(Badge.Proven proven) {
    return alike(proven).entrySet().stream()
        .map(each -> facts(each.getKey(), each.getValue()))
        .reduce((first, next) -> first.plus(" / ", next))
        .orElseThrow();
  }

  private static Map<Alike, List<Proof>> alike(Badge.Proven proven) {
    return proven.proofs().stream()
        .collect(Collectors.groupingBy(Alike::of, LinkedHashMap::new, Collectors.toList()));
  }

  /** What proofs have in common beside their version. */
  private record Alike(
      ProofTier tier, LocalDate date, Optional<String> standIn, Optional<String> by) {
    static Alike of(Proof proof) {
      return new Alike(proof.tier(), proof.date(), proof.standIn(), proof.by());
    }
  }

  private static Words facts(Alike alike, List<Proof> proofs) {
    List<String> versions = proofs.stream().map(Proof::kubernetes).toList();
    Words facts =
        tier(alike.tier())
            .plus(
                " · Kubernetes ",
                new Words(String.join("・", versions), String.join(", ", versions)))
            .plus(" · ", new Words(alike.date().toString(), alike.date().toString()));
    if (alike.standIn().isPresent()) {
      String what = name(alike.standIn().get());
      facts = facts.plus(" · ", new Words(what + "側は模擬", what + " side is a double"));
    }
    if (alike.by().isPresent()) {
      String id = alike.by().get();
      facts = facts.plus(" · ", new Words("#" + id + " で実行", "by #" + id));
    }
    return facts;
  }

  /** The name of what was a double; {@code aws} is written in capitals everywhere. */
  private static String name(String standIn) {
    return standIn.equals("aws") ? "AWS" : standIn;
  }

  private static Words missing(Badge.Proven proven) {
    return proven.missing().isEmpty()
        ? new Words("", "")
        : new Words(minors(proven, "・") + "では未確認", "not on " + minors(proven, ", ") + " yet");
  }

  private static String minors(Badge.Proven proven, String between) {
    return proven.missing().stream()
        .map(KubernetesMinor::toString)
        .collect(Collectors.joining(between));
  }

  /** Seconds with as many digits as tell something. */
  private static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f" : "%.0f", seconds);
  }

  private static Words tier(ProofTier tier) {
    return switch (tier) {
      case SCHEMA -> new Words("スキーマ", "schema");
      case APISERVER -> new Words("APIサーバー", "API server");
      case NODE -> new Words("ノード", "node");
    };
  }

  private static Words meaning(ProofTier tier) {
    return switch (tier) {
      case SCHEMA ->
          new Words(
              "KubernetesのOpenAPI定義に照らして確かめました。クラスターでは実行していません。",
              "Held against the OpenAPI document of Kubernetes; not run on a cluster.");
      case APISERVER ->
          new Words(
              "本物のkube-apiserverとetcdで確かめました。Podは動かしていません。",
              "Accepted by a real kube-apiserver and etcd; no Pod was run.");
      case NODE -> new Words("本物のノードでPodを動かして確かめました。", "Run on a real node, with real Pods.");
    };
  }

  private Element said(String tag, Words words) {
    return words.writeTo(new Element(tag), language);
  }
}
