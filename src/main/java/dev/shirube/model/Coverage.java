package dev.shirube.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How much of the content is proven, and of what it is not, why.
 *
 * @param minors the versions that are demanded or that something was proven on, the newest first
 * @param pages those that have snippets
 */
public record Coverage(List<KubernetesMinor> minors, List<PageCoverage> pages) {

  /** Where it is on the site. */
  public static final String URL = "coverage.html";

  public Coverage {
    minors = List.copyOf(minors);
    pages = List.copyOf(pages);
  }

  /**
   * A page.
   *
   * @param path the content path
   * @param snippets in the order of the page
   */
  public record PageCoverage(
      String path, String title, PageKind kind, List<SnippetCoverage> snippets) {
    public PageCoverage {
      snippets = List.copyOf(snippets);
    }
  }

  /**
   * A snippet.
   *
   * @param page the content path
   */
  public record SnippetCoverage(String page, String id, String verb, Badge badge) {}

  /** All snippets, page by page. */
  public List<SnippetCoverage> snippets() {
    return pages.stream().flatMap(page -> page.snippets().stream()).toList();
  }

  /** The snippets of all pages of a kind. */
  public List<SnippetCoverage> snippets(PageKind kind) {
    return pages.stream()
        .filter(page -> page.kind() == kind)
        .flatMap(page -> page.snippets().stream())
        .toList();
  }

  /**
   * How many of some snippets are in which state. Each counts once.
   *
   * @param node proven on nodes, on one version at least
   * @param apiserver proven on an API server at most
   * @param schema held against schemas at most
   * @param skipped not proven for a reason that the writer gives, or about other versions
   * @param stale changed since they were proven
   * @param unproven never proven
   */
  public record Counts(int node, int apiserver, int schema, int skipped, int stale, int unproven) {

    /** Of some snippets, on whatever version. */
    public static Counts of(List<SnippetCoverage> snippets) {
      return of(snippets, Coverage::tier);
    }

    /** Of some snippets on one version; what is proven on others alone is unproven. */
    public static Counts of(List<SnippetCoverage> snippets, KubernetesMinor minor) {
      return of(
          snippets,
          badge ->
              badge instanceof Badge.Proven proven
                  ? proven.proofs().stream()
                      .filter(proof -> proof.minor().equals(minor))
                      .map(Proof::tier)
                      .findFirst()
                  : Optional.empty());
    }

    private static Counts of(
        List<SnippetCoverage> snippets, Function<Badge, Optional<ProofTier>> tierOf) {
      List<Badge> badges = snippets.stream().map(SnippetCoverage::badge).toList();
      Map<ProofTier, Integer> tiers = new EnumMap<>(ProofTier.class);
      badges.forEach(
          badge -> tierOf.apply(badge).ifPresent(tier -> tiers.merge(tier, 1, Integer::sum)));
      int node = tiers.getOrDefault(ProofTier.NODE, 0);
      int apiserver = tiers.getOrDefault(ProofTier.APISERVER, 0);
      int schema = tiers.getOrDefault(ProofTier.SCHEMA, 0);
      int skipped = count(badges, Coverage::isAccountedForUnproven);
      int stale = count(badges, badge -> badge instanceof Badge.Stale);
      int unproven = badges.size() - node - apiserver - schema - skipped - stale;
      return new Counts(node, apiserver, schema, skipped, stale, unproven);
    }

    private static int count(List<Badge> badges, Predicate<Badge> which) {
      return (int) badges.stream().filter(which).count();
    }

    /** How many are proven as they are. */
    public int proven() {
      return node + apiserver + schema;
    }

    /** The share of those that are proven, or skipped for a reason; empty where there are none. */
    public Optional<BigDecimal> accountedPercent() {
      return percent(proven() + skipped, all());
    }

    /** The share of the proven ones that ran on nodes; empty where nothing is proven. */
    public Optional<BigDecimal> nodePercent() {
      return percent(node, proven());
    }

    /** The share of all that is proven; empty where there are none. */
    public Optional<BigDecimal> provenPercent() {
      return percent(proven(), all());
    }

    /** How many there are. */
    public int all() {
      return proven() + skipped + stale + unproven;
    }
  }

  /**
   * Where a page's row is on the site's page of coverage: of the content path what can stand in an
   * address as it is.
   */
  public static String anchor(String path) {
    return path.replaceAll("[^\\p{L}\\p{N}._/-]", "_");
  }

  private static Optional<ProofTier> tier(Badge badge) {
    return badge instanceof Badge.Proven proven ? Optional.of(proven.tier()) : Optional.empty();
  }

  private static boolean isAccountedForUnproven(Badge badge) {
    return badge instanceof Badge.Skipped || badge instanceof Badge.OtherVersions;
  }

  /** What is skipped, with its reason, in the order of the pages. */
  public List<SnippetCoverage> skipped() {
    return where(Coverage::isAccountedForUnproven);
  }

  /** What still is to be proven: stale, never proven, or not on each version that is demanded. */
  public List<SnippetCoverage> open() {
    return where(
        badge ->
            badge instanceof Badge.Stale
                || badge instanceof Badge.Unproven
                || (badge instanceof Badge.Proven proven && !proven.missing().isEmpty()));
  }

  private List<SnippetCoverage> where(Predicate<Badge> which) {
    List<SnippetCoverage> found = new ArrayList<>();
    snippets().stream().filter(snippet -> which.test(snippet.badge())).forEach(found::add);
    return found;
  }

  /**
   * A share in percent, rounded down to tenths so that all but one of a thousand is not all; empty
   * where there is nothing to share.
   */
  private static Optional<BigDecimal> percent(int part, int whole) {
    return whole == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(1000L * part / whole, 1));
  }
}
