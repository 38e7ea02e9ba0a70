package dev.shirube.site;

import dev.shirube.model.Badge;
import dev.shirube.model.Coverage.Counts;
import dev.shirube.model.Coverage.PageCoverage;
import dev.shirube.model.Coverage.SnippetCoverage;
import dev.shirube.model.Coverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.PageKind;
import dev.shirube.model.Proof;
import dev.shirube.model.SitePath;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The coverage as its template sees it; the page stands at the site's root. */
final class CoverageViews {

  private final Coverage coverage;
  private final PageViews pages;
  private final Map<String, String> titles = new HashMap<>();

  CoverageViews(Coverage coverage, PageViews pages) {
    this.coverage = coverage;
    this.pages = pages;
    coverage.pages().forEach(page -> titles.put(page.path(), page.title()));
  }

  View.CoverageView view() {
    List<View.NamedCounts> byMinor = new ArrayList<>();
    for (KubernetesMinor minor : coverage.minors()) {
      byMinor.add(
          new View.NamedCounts(
              minor.toString(), counts(Counts.of(coverage.snippets(), minor))));
    }
    List<View.NamedCounts> byKind = new ArrayList<>();
    for (PageKind kind : PageKind.values()) {
      List<SnippetCoverage> snippets = coverage.snippets(kind);
      if (!snippets.isEmpty()) {
        byKind.add(new View.NamedCounts(kind.id(), counts(Counts.of(snippets))));
      }
    }
    return new View.CoverageView(
        coverage.minors().stream().map(KubernetesMinor::toString).toList(),
        counts(Counts.of(coverage.snippets())),
        byMinor,
        byKind,
        orders(),
        coverage.skipped().stream().map(this::skipped).toList(),
        coverage.open().stream().map(this::open).toList());
  }

  /** A reader sorts by choosing one of these; no script is needed for that. */
  private List<View.PageOrder> orders() {
    Comparator<PageCoverage> byNavigation =
        Comparator.comparingInt((PageCoverage page) -> pages.position(url(page.path())))
            .thenComparing(PageCoverage::path);
    return List.of(
        order("navigation", byNavigation),
        order("kind", Comparator.comparing(PageCoverage::kind).thenComparing(byNavigation)),
        order(
            "proven",
            Comparator.comparing(CoverageViews::provenPercent).thenComparing(byNavigation)),
        order(
            "date",
            Comparator.comparing((PageCoverage page) -> oldest(page).orElse(LocalDate.MIN))
                .thenComparing(byNavigation)));
  }

  private View.PageOrder order(String name, Comparator<PageCoverage> order) {
    return new View.PageOrder(
        name, coverage.pages().stream().sorted(order).map(CoverageViews::row).toList());
  }

  private static BigDecimal provenPercent(PageCoverage page) {
    return Counts.of(page.snippets()).provenPercent().orElse(BigDecimal.ZERO);
  }

  private static View.CoverageRow row(PageCoverage page) {
    TreeSet<KubernetesMinor> minors = new TreeSet<>(Comparator.reverseOrder());
    proofs(page).forEach(proof -> minors.add(proof.minor()));
    return new View.CoverageRow(
        page.title(),
        url(page.path()),
        Coverage.anchor(page.path()),
        page.kind().id(),
        counts(Counts.of(page.snippets())),
        minors.stream().map(KubernetesMinor::toString).toList(),
        oldest(page).map(LocalDate::toString).orElse(null),
        page.snippets().stream()
            .flatMap(snippet -> snippet.badge().receiptPath().stream())
            .findFirst()
            .orElse(null));
  }

  private static Optional<LocalDate> oldest(PageCoverage page) {
    return proofs(page).stream().map(Proof::date).min(Comparator.naturalOrder());
  }

  private static List<Proof> proofs(PageCoverage page) {
    List<Proof> proofs = new ArrayList<>();
    for (SnippetCoverage snippet : page.snippets()) {
      if (snippet.badge() instanceof Badge.Proven proven) {
        proofs.addAll(proven.proofs());
      }
    }
    return proofs;
  }

  private View.SkippedView skipped(SnippetCoverage snippet) {
    return new View.SkippedView(
        title(snippet),
        url(snippet.page()),
        snippet.id(),
        snippet.badge() instanceof Badge.Skipped skipped ? skipped.because() : "",
        snippet.badge() instanceof Badge.OtherVersions other ? other.versions() : null);
  }

  private View.OpenView open(SnippetCoverage snippet) {
    return new View.OpenView(
        title(snippet),
        url(snippet.page()),
        snippet.id(),
        switch (snippet.badge()) {
          case Badge.Stale stale -> "stale";
          case Badge.Proven proven -> "incomplete";
          case Badge.Unproven unproven -> "unproven";
          case Badge.Skipped skipped -> throw new IllegalArgumentException(snippet.id());
          case Badge.OtherVersions other -> throw new IllegalArgumentException(snippet.id());
        },
        snippet.badge() instanceof Badge.Proven proven
            ? proven.missing().stream().map(KubernetesMinor::toString).toList()
            : List.of());
  }

  private String title(SnippetCoverage snippet) {
    return titles.getOrDefault(snippet.page(), snippet.page());
  }

  private static String url(String path) {
    return SitePath.ofPage(path);
  }

  private static View.CountsView counts(Counts counts) {
    return new View.CountsView(
        counts.all(),
        counts.proven(),
        counts.node(),
        counts.apiserver(),
        counts.schema(),
        counts.skipped(),
        counts.stale(),
        counts.unproven(),
        percent(counts.accountedPercent()),
        percent(counts.nodePercent()));
  }

  private static String percent(Optional<BigDecimal> share) {
    return share.map(each -> each.toPlainString() + " %").orElse("–");
  }
}
