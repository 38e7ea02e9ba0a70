package dev.shirube.pipeline;

import dev.shirube.model.Badge;
import dev.shirube.model.Coverage.PageCoverage;
import dev.shirube.model.Coverage.SnippetCoverage;
import dev.shirube.model.Coverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Page;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Receipt;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.report.CoverageJson;
import dev.shirube.report.Freshness;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.report.Receipts;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the site says of the proofs.
 *
 * @param badges by content path, then by the id of the snippet
 * @param demanded the versions on which snippets must be proven
 * @param snippets all of them with their badges, page by page
 * @param files the receipts, which badges link to
 */
public record Proofs(
    Map<String, Map<String, Badge>> badges,
    List<KubernetesMinor> demanded,
    List<SnippetCoverage> snippets,
    List<SiteFile> files) {

  /** Nothing is known, and nothing is said. */
  public static final Proofs NONE = new Proofs(Map.of(), List.of(), List.of(), List.of());

  private static final String FOLDER = "_receipts/";
  private static final String COVERAGE_FILE = "coverage.json";

  public Proofs {
    badges = Map.copyOf(badges);
    demanded = List.copyOf(demanded);
    snippets = List.copyOf(snippets);
    files = List.copyOf(files);
  }

  /** Of all snippets of the content. */
  static Proofs of(Plan plan, List<Freshness> freshness, ReceiptFolder receipts) {
    Map<String, Freshness> known = new HashMap<>();
    freshness.stream()
        .filter(each -> each.subject().isPresent())
        .forEach(each -> known.put(each.page() + "#" + each.id(), each));
    Map<String, Map<String, Badge>> badges = new HashMap<>();
    List<SnippetCoverage> covered = new ArrayList<>();
    TreeSet<String> pages = new TreeSet<>();
    for (Snippet snippet : plan.snippets()) {
      pages.add(snippet.page());
      Badge badge =
          snippet.verb() == Verb.SKIP
              ? new Badge.Skipped(snippet.options().because())
              : Optional.ofNullable(known.get(snippet.page() + "#" + snippet.id()))
                  .map(each -> badge(each, snippet))
                  .orElseGet(Badge.Unproven::new);
      badges.computeIfAbsent(snippet.page(), any -> new HashMap<>()).put(snippet.id(), badge);
      covered.add(
          new SnippetCoverage(
              snippet.page(), snippet.id(), snippet.verb().attributeValue(), badge));
    }
    List<SiteFile> files = new ArrayList<>();
    for (String page : pages) {
      Path file = receipts.file(page);
      if (Files.exists(file)) {
        files.add(new SiteFile.Copy(path(page), "the receipts of " + page, file));
      }
    }
    return new Proofs(badges, plan.demanded(), covered, files);
  }

  private static Badge badge(Freshness freshness, Snippet snippet) {
    Optional<Badge.Proven> proven = freshness.receipt().map(receipt -> proven(freshness, receipt));
    return switch (freshness.state()) {
      case FRESH, INCOMPLETE -> proven.<Badge>map(badge -> badge).orElseGet(Badge.Unproven::new);
      case STALE -> proven.<Badge>map(Badge.Stale::new).orElseGet(Badge.Unproven::new);
      case MISSING, SUPERFLUOUS -> new Badge.Unproven();
      case OTHER_VERSIONS ->
          new Badge.OtherVersions(snippet.options().versions().toString());
    };
  }

  private static Badge.Proven proven(Freshness freshness, Receipt receipt) {
    return new Badge.Proven(
        freshness.state() == Freshness.State.STALE
            ? receipt.proofs()
            : sufficient(receipt, freshness.subject().orElseThrow()),
        freshness.state() == Freshness.State.INCOMPLETE ? freshness.missing() : List.of(),
        path(receipt.subject().page()));
  }

  private static List<Proof> sufficient(Receipt receipt, ProofSubject subject) {
    return receipt.proofs().stream().filter(proof -> Receipts.suffices(proof, subject)).toList();
  }

  private static String path(String page) {
    return FOLDER + SitePath.ofPage(page).replaceFirst("\\.html$", ".json");
  }

  /** How much is proven of each page; empty where nothing is known. */
  public Optional<Coverage> coverage(List<Page> pages) {
    if (snippets.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<SnippetCoverage>> byPage =
        snippets.stream()
            .collect(
                Collectors.groupingBy(
                    SnippetCoverage::page, LinkedHashMap::new, Collectors.toList()));
    List<PageCoverage> covered = new ArrayList<>();
    for (Page page : pages) {
      List<SnippetCoverage> own = byPage.getOrDefault(page.path(), List.of());
      if (!own.isEmpty()) {
        covered.add(new PageCoverage(page.path(), page.title(), page.kind(), own));
      }
    }
    return Optional.of(new Coverage(minors(), covered));
  }

  private List<KubernetesMinor> minors() {
    TreeSet<KubernetesMinor> minors = new TreeSet<>(Comparator.reverseOrder());
    minors.addAll(demanded);
    for (SnippetCoverage snippet : snippets) {
      if (snippet.badge() instanceof Badge.Proven proven) {
        proven.proofs().forEach(proof -> minors.add(proof.minor()));
      }
    }
    return List.copyOf(minors);
  }

  /** The files of the site beside its pages. */
  List<SiteFile> files(Optional<Coverage> coverage) {
    List<SiteFile> all = new ArrayList<>(files);
    coverage.ifPresent(
        each ->
            all.add(
                new SiteFile.Text(COVERAGE_FILE, "the coverage", CoverageJson.render(each))));
    return all;
  }
}
