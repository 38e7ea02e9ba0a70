package dev.shirube.site;

import freemarker.core.TemplateHTMLOutputModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What templates see. Every {@code url} is relative to the page being rendered; {@link
 * TemplateHTMLOutputModel} is ready HTML, all else is escaped.
 */
public final class View {

  private View() {}

  /**
   * The site as a whole.
   *
   * @param coverage where the page of coverage is below the root; null where nothing is known
   * @param url where the site will be, with a trailing slash; null where that is not known
   * @param feeds where feeds are below the root: {@code changes} and {@code proofs}, each if any
   */
  public record Site(
      String title,
      String lang,
      @Nullable String coverage,
      @Nullable String url,
      Map<String, String> feeds) {}

  /** A link; {@code url} is null where there is only text. */
  public record Link(String text, @Nullable String url) {}

  /** An entry of the navigation, as seen from one page. */
  public record NavigationEntry(
      String text,
      @Nullable String url,
      boolean current,
      boolean open,
      List<NavigationEntry> children) {}

  /**
   * A page.
   *
   * @param markdown the same as Markdown
   * @param address the path below the site's root, as it stands in an address
   */
  public record PageView(
      String title,
      String description,
      String kind,
      String url,
      String markdown,
      String address,
      TemplateHTMLOutputModel body,
      List<HeadingView> outline,
      @Nullable String lastChanged,
      @Nullable String editUrl,
      List<Link> breadcrumbs,
      @Nullable Link previous,
      @Nullable Link next,
      @Nullable TermView term,
      @Nullable String caseState,
      @Nullable CaseView caseSummary,
      List<SymptomGroup> symptoms,
      List<TermEntry> terms,
      List<CitationView> citations,
      List<CitedBy> citedBy) {}

  /** An entry of the page's contents. */
  public record HeadingView(int level, String anchor, String text) {}

  /** What the glossary knows of the term that a page defines. */
  public record TermView(
      String id,
      String nameJa,
      String nameEn,
      List<String> aliases,
      String definition,
      List<RelationView> relations) {}

  /** All terms that stand in one relation to a term. */
  public record RelationView(String verb, boolean inverse, List<TargetView> targets) {}

  /** A related term. */
  public record TargetView(String title, String url, String definition) {}

  /** A row of the list of all terms. */
  public record TermEntry(
      String title,
      String nameJa,
      String nameEn,
      List<String> aliases,
      String definition,
      String url) {}

  /** A source that the page cites. */
  public record CitationView(String label, TemplateHTMLOutputModel html, String url) {}

  /** The pages that cite a source. */
  public record CitedBy(String id, String label, List<CitingPage> pages) {}

  /** A page that cites a source. */
  public record CitingPage(String title, String url) {}

  /**
   * A case in short.
   *
   * @param states what kubectl shows, any one of these
   * @param fix null where the page has no solution
   */
  public record CaseView(
      List<String> states, List<ClueView> clues, String cause, @Nullable String fix) {}

  /** What else is seen, e.g. {@code event} and {@code FailedScheduling: Insufficient}. */
  public record ClueView(String where, String text) {}

  /** The states of one kind of object, and the cases that each may be. */
  public record SymptomGroup(String object, List<SymptomState> states) {}

  /** A state, and the cases that it may be. */
  public record SymptomState(String state, List<SymptomCase> cases) {}

  /** A case, and what it is told from others by. */
  public record SymptomCase(String title, String url, List<ClueView> clues) {}

  /**
   * The glossary as a drawing. Lengths are in the drawing's own unit, about a pixel.
   *
   * @param nodes in the order of reading
   */
  public record MapView(
      String width,
      String height,
      List<MapGroup> groups,
      List<MapNode> nodes,
      List<MapEdge> edges) {}

  /**
   * Terms that stand together in the navigation.
   *
   * @param name empty where they stand below nothing
   * @param terms their ids
   */
  public record MapGroup(String name, int colour, List<String> terms) {}

  /**
   * A term in its place.
   *
   * @param near the ids of the terms that a line leads to
   */
  public record MapNode(
      String id,
      String title,
      String url,
      String definition,
      int colour,
      String x,
      String y,
      String width,
      String height,
      String middleX,
      String middleY,
      List<String> near) {}

  /**
   * A relation.
   *
   * @param symmetric whether it reads the same from both ends
   * @param path as SVG draws it
   */
  public record MapEdge(String from, String verb, String to, boolean symmetric, String path) {}

  /**
   * How much of the content is proven.
   *
   * @param minors the versions, the newest first
   * @param total of all snippets
   * @param byMinor how much on each version
   * @param byKind how much of the pages of each kind
   * @param orders the rows of the pages, in the orders that a reader can choose
   * @param skipped what is not proven, and why
   * @param open what still is to be proven
   */
  public record CoverageView(
      List<String> minors,
      CountsView total,
      List<NamedCounts> byMinor,
      List<NamedCounts> byKind,
      List<PageOrder> orders,
      List<SkippedView> skipped,
      List<OpenView> open) {}

  /** Numbers of snippets, and shares such as {@code 99.5 %}; a dash for the share of nothing. */
  public record CountsView(
      int all,
      int proven,
      int node,
      int apiserver,
      int schema,
      int skipped,
      int stale,
      int unproven,
      String accountedPercent,
      String nodePercent) {}

  /** Numbers of a version such as {@code 1.37}, or of a kind such as {@code term}. */
  public record NamedCounts(String name, CountsView counts) {}

  /** All pages in one order: {@code navigation}, {@code kind}, {@code proven} or {@code date}. */
  public record PageOrder(String name, List<CoverageRow> rows) {}

  /**
   * A page.
   *
   * @param anchor of the row
   * @param versions those that some of it is proven on
   * @param oldest the day of its oldest proof; null where it has none
   * @param receipt where its receipts are; null where it has none
   */
  public record CoverageRow(
      String title,
      String url,
      String anchor,
      String kind,
      CountsView counts,
      List<String> versions,
      @Nullable String oldest,
      @Nullable String receipt) {}

  /**
   * A snippet that is not proven.
   *
   * @param because the writer's reason; empty where it is about other versions
   * @param versions those that it is about; null where the writer gave a reason
   */
  public record SkippedView(
      String title, String url, String id, String because, @Nullable String versions) {}

  /**
   * A snippet that is to be proven.
   *
   * @param state whether it is "stale", "unproven" or "incomplete"
   * @param missing the versions that are missing where it is incomplete
   */
  public record OpenView(String title, String url, String id, String state, List<String> missing) {}
}
