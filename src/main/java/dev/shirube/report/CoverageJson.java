package dev.shirube.report;

import dev.shirube.model.Badge;
import dev.shirube.model.Coverage;
import dev.shirube.model.Coverage.Counts;
import dev.shirube.model.Coverage.PageCoverage;
import dev.shirube.model.Coverage.SnippetCoverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.PageKind;
import dev.shirube.model.Proof;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much is proven, for programs: {@code coverage.json}. Shares are percent with one decimal,
 * rounded down; the share of nothing is left out.
 */
public final class CoverageJson {

  private CoverageJson() {}

  /** The document, with a line break at its end. */
  public static String render(Coverage coverage) {
    ObjectNode file = Json.object();
    ArrayNode kubernetes = file.putArray("kubernetes");
    coverage.minors().forEach(minor -> kubernetes.add(minor.toString()));
    counts(Counts.of(coverage.snippets()), file.putObject("total"));
    ObjectNode minors = file.putObject("minors");
    for (KubernetesMinor minor : coverage.minors()) {
      counts(Counts.of(coverage.snippets(), minor), minors.putObject(minor.toString()));
    }
    ObjectNode kinds = file.putObject("kinds");
    for (PageKind kind : PageKind.values()) {
      List<SnippetCoverage> snippets = coverage.snippets(kind);
      if (!snippets.isEmpty()) {
        counts(Counts.of(snippets), kinds.putObject(kind.id()));
      }
    }
    ArrayNode pages = file.putArray("pages");
    for (PageCoverage page : coverage.pages()) {
      ObjectNode node = pages.addObject();
      node.put("page", page.path());
      node.put("kind", page.kind().id());
      counts(Counts.of(page.snippets()), node.putObject("total"));
      ArrayNode snippets = node.putArray("snippets");
      page.snippets().forEach(snippet -> snippet(snippet, snippets.addObject()));
    }
    return Json.pretty(file);
  }

  private static void counts(Counts counts, ObjectNode node) {
    node.put("snippets", counts.all());
    node.put("node", counts.node());
    node.put("apiserver", counts.apiserver());
    node.put("schema", counts.schema());
    node.put("skipped", counts.skipped());
    node.put("stale", counts.stale());
    node.put("unproven", counts.unproven());
    counts.accountedPercent().ifPresent(share -> node.put("accountedPercent", share));
    counts.nodePercent().ifPresent(share -> node.put("nodePercent", share));
  }

  private static void snippet(SnippetCoverage snippet, ObjectNode node) {
    node.put("id", snippet.id());
    node.put("verb", snippet.verb());
    switch (snippet.badge()) {
      case Badge.Proven proven -> {
        node.put("state", "proven");
        proofs(proven, node);
      }
      case Badge.Stale stale -> {
        node.put("state", "stale");
        proofs(stale.last(), node);
      }
      case Badge.Unproven unproven -> node.put("state", "unproven");
      case Badge.Skipped skipped -> {
        node.put("state", "skipped");
        node.put("because", skipped.because());
      }
      case Badge.OtherVersions other -> {
        node.put("state", "skipped");
        node.put("because", "it is about Kubernetes " + other.versions());
      }
    }
  }

  private static void proofs(Badge.Proven proven, ObjectNode node) {
    ArrayNode proofs = node.putArray("proofs");
    for (Proof proof : proven.proofs()) {
      ObjectNode each = proofs.addObject();
      each.put("kubernetes", proof.kubernetes());
      each.put("tier", proof.tier().id());
      each.put("date", proof.date().toString());
      proof.standIn().ifPresent(what -> each.put("double", what));
      proof.by().ifPresent(id -> each.put("by", id));
    }
    if (!proven.missing().isEmpty()) {
      ArrayNode missing = node.putArray("missing");
      proven.missing().forEach(minor -> missing.add(minor.toString()));
    }
  }
}
