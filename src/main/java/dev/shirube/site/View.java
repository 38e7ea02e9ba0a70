package dev.shirube.site;

import freemarker.core.TemplateHTMLOutputModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What templates see. Every {@code url} is relative to the page being rendered; {@link
 * TemplateHTMLOutputModel} is ready HTML, all else is escaped.
 */
public final class View {

  private View() {}

  /** The site as a whole. */
  public record Site(String title, String lang) {}

  /** A link; {@code url} is null where there is only text. */
  public record Link(String text, @Nullable String url) {}

  /** An entry of the navigation, as seen from one page. */
  public record NavigationEntry(
      String text,
      @Nullable String url,
      boolean current,
      boolean open,
      List<NavigationEntry> children) {}

  /** A page. */
  public record PageView(
      String title,
      String description,
      String kind,
      String url,
      TemplateHTMLOutputModel body,
      List<HeadingView> outline,
      @Nullable String lastChanged,
      @Nullable String editUrl,
      List<Link> breadcrumbs,
      @Nullable Link previous,
      @Nullable Link next,
      @Nullable TermView term,
      @Nullable String caseState,
      List<TermEntry> terms,
      List<CitationView> citations,
      List<CitedBy> citedBy) {}

  /** An entry of the page's contents. */
  public record HeadingView(int level, String anchor, String text) {}

  /** What the glossary knows of the term that a page defines. */
  public record TermView(
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
}
