package dev.shirube.site;

import dev.shirube.model.Citation;
import dev.shirube.model.Glossary;
import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.SitePath;
import dev.shirube.model.Term;
import dev.shirube.model.Term.Relation;
import dev.shirube.model.Term.Verb;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Each page as its template sees it. */
final class PageViews {

  private record Flat(String text, String url) {}

  private record Group(Verb verb, boolean inverse) {}

  private final Navigation navigation;
  private final Glossary glossary;
  private final SiteSettings settings;
  private final CaseViews cases;
  private final List<Flat> readingOrder = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<Citation, List<Page>> citing =
      new TreeMap<>(Comparator.comparing(Citation::pageUrl).thenComparing(Citation::id));

  PageViews(
      List<Page> pages,
      Navigation navigation,
      Glossary glossary,
      CaseViews cases,
      SiteSettings settings) {
    this.cases = cases;
    this.navigation = navigation;
    this.glossary = glossary;
    this.settings = settings;
    flatten(navigation.entries());
    for (Page page : pages) {
      for (Citation citation : page.citations()) {
        citing.computeIfAbsent(citation, c -> new ArrayList<>()).add(page);
      }
    }
  }

  private void flatten(List<Navigation.Entry> entries) {
    for (Navigation.Entry entry : entries) {
      String url = entry.url();
      if (url != null && positions.putIfAbsent(url, readingOrder.size()) == null) {
        readingOrder.add(new Flat(entry.text(), url));
      }
      flatten(entry.children());
    }
  }

  /** Where a page stands in the order of reading; after all others where the tree leaves it out. */
  int position(String url) {
    return positions.getOrDefault(url, Integer.MAX_VALUE);
  }

  /** The way from a page to the site's root: empty, or {@code ../} for each folder. */
  static String root(String url) {
    return "../".repeat((int) url.chars().filter(c -> c == '/').count());
  }

  /** A path as it may stand in an address. */
  static String encode(String path) {
    try {
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  View.PageView page(Page page) {
    String url = page.url();
    int at = positions.getOrDefault(url, -1);
    String editUrl = settings.editUrl();
    return new View.PageView(
        page.title(),
        page.description(),
        page.kind().id(),
        url,
        SitePath.relative(url, SitePath.markdownTwin(url)),
        encode(url),
        Templates.html(page.body()),
        page.outline().stream()
            .map(h -> new View.HeadingView(h.level(), h.anchor(), h.text()))
            .toList(),
        settings.lastChanged().get(page.path()),
        editUrl == null ? null : editUrl.replace("{path}", encode(page.path())),
        breadcrumbs(url),
        at > 0 ? link(readingOrder.get(at - 1), url) : null,
        at >= 0 && at < readingOrder.size() - 1 ? link(readingOrder.get(at + 1), url) : null,
        page.kind() == PageKind.TERM ? term(page) : null,
        page.attributes().get("case-state"),
        cases.summary(page),
        cases.path(page),
        page.kind() == PageKind.GLOSSARY ? terms(url) : List.of(),
        page.citations().stream().map(citation -> citation(citation, url)).toList(),
        citedBy(url));
  }

  private static View.Link link(Flat flat, String from) {
    return new View.Link(flat.text(), SitePath.relative(from, flat.url()));
  }

  private List<View.Link> breadcrumbs(String url) {
    return navigation.trail(url).stream()
        .map(
            entry -> {
              String own = entry.url();
              return new View.Link(entry.text(), own == null ? null : SitePath.relative(url, own));
            })
        .toList();
  }

  List<View.NavigationEntry> navigation(String url) {
    return entries(navigation.entries(), url, null);
  }

  /** With links that start at {@code root} instead of being relative to the page. */
  List<View.NavigationEntry> navigation(String url, String root) {
    return entries(navigation.entries(), url, root);
  }

  private static List<View.NavigationEntry> entries(
      List<Navigation.Entry> entries, String url, @Nullable String root) {
    return entries.stream()
        .map(
            entry -> {
              List<View.NavigationEntry> children = entries(entry.children(), url, root);
              boolean current = url.equals(entry.url());
              boolean open =
                  current || children.stream().anyMatch(child -> child.current() || child.open());
              String own = entry.url();
              String way =
                  own == null ? null : root == null ? SitePath.relative(url, own) : root + own;
              return new View.NavigationEntry(entry.text(), way, current, open, children);
            })
        .toList();
  }

  private View.@Nullable TermView term(Page page) {
    return glossary.terms().stream()
        .filter(term -> term.pagePath().equals(page.path()))
        .findFirst()
        .map(
            term ->
                new View.TermView(
                    term.id(),
                    term.nameJa(),
                    term.nameEn(),
                    term.aliases(),
                    term.definition(),
                    relations(term, page.url())))
        .orElse(null);
  }

  /** What each term is related to, by its id. */
  Map<String, List<View.RelationView>> relatedTerms(String url) {
    Map<String, List<View.RelationView>> related = new HashMap<>();
    glossary.terms().forEach(term -> related.put(term.id(), relations(term, url)));
    return related;
  }

  private List<View.RelationView> relations(Term term, String url) {
    Map<Group, List<View.TargetView>> groups = new LinkedHashMap<>();
    for (Relation relation : term.relations()) {
      glossary
          .term(relation.target())
          .ifPresent(
              other ->
                  groups
                      .computeIfAbsent(
                          new Group(relation.verb(), relation.inverse()), g -> new ArrayList<>())
                      .add(
                          new View.TargetView(
                              other.title(), termUrl(url, other), other.definition())));
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new View.RelationView(
                    group.getKey().verb().id(),
                    group.getKey().inverse(),
                    List.copyOf(group.getValue())))
        .toList();
  }

  private List<View.TermEntry> terms(String url) {
    return glossary.terms().stream()
        .sorted(Comparator.comparing((Term term) -> term.title().toLowerCase(Locale.ROOT)))
        .map(
            term ->
                new View.TermEntry(
                    term.title(),
                    term.nameJa(),
                    term.nameEn(),
                    term.aliases(),
                    term.definition(),
                    termUrl(url, term)))
        .toList();
  }

  private static String termUrl(String from, Term term) {
    return SitePath.relative(from, SitePath.ofPage(term.pagePath()));
  }

  private static View.CitationView citation(Citation citation, String url) {
    return new View.CitationView(
        citation.label(),
        Templates.html(citation.html()),
        SitePath.relative(url, citation.pageUrl()) + "#" + citation.id());
  }

  private List<View.CitedBy> citedBy(String url) {
    return citing.entrySet().stream()
        .filter(entry -> entry.getKey().pageUrl().equals(url))
        .map(
            entry ->
                new View.CitedBy(
                    entry.getKey().id(),
                    entry.getKey().label(),
                    entry.getValue().stream()
                        .map(
                            page ->
                                new View.CitingPage(
                                    page.title(), SitePath.relative(url, page.url())))
                        .toList()))
        .toList();
  }
}
