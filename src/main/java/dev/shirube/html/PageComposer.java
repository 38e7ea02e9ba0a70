package dev.shirube.html;

import dev.shirube.model.Asset;
import dev.shirube.model.Badge;
import dev.shirube.model.Citation;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Heading;
import dev.shirube.model.Mention;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Placeholder;
import dev.shirube.model.Section;
import dev.shirube.model.SitePath;
import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Makes pages out of what Asciidoctor converted, all of them together since they link to another.
 */
public final class PageComposer {

  /** The roles of the sections that a case cannot do without. */
  private static final List<String> CASE_SECTIONS = List.of("symptom", "cause", "solution");

  private final Consumer<Diagnostic> diagnostics;
  private final Map<String, String> siteAttributes;
  private final Set<String> assets;
  private final TermLinks termLinks;
  private final Map<String, Map<String, Badge>> badges;

  /**
   * @param siteAttributes the attributes of the navigation file's header
   * @param assets the files that pages may link to
   * @param mentions finds the terms that a text names, in order, without overlap
   * @param badges what was proven: by content path, then by the id of the snippet
   */
  public PageComposer(
      Map<String, String> siteAttributes,
      List<Asset> assets,
      Function<String, List<Mention>> mentions,
      Map<String, Map<String, Badge>> badges,
      Consumer<Diagnostic> diagnostics) {
    this.siteAttributes = Map.copyOf(siteAttributes);
    this.assets = assets.stream().map(Asset::path).collect(Collectors.toSet());
    this.termLinks = new TermLinks(mentions);
    this.badges = Map.copyOf(badges);
    this.diagnostics = diagnostics;
  }

  /** Composes all pages, in their order. */
  public List<Page> compose(List<ConvertedPage> converted) {
    SiteMap site = new SiteMap();
    Map<ConvertedPage, Element> bodies = new HashMap<>();
    for (ConvertedPage page : converted) {
      Document document = Jsoup.parseBodyFragment(page.body());
      document.outputSettings().prettyPrint(false);
      bodies.put(page, document.body());
      site.add(page, document.body());
    }
    List<Page> pages = new ArrayList<>();
    for (ConvertedPage page : converted) {
      Element body = bodies.remove(page);
      if (body != null) {
        pages.add(compose(page, body, site));
      }
    }
    return List.copyOf(pages);
  }

  private Page compose(ConvertedPage page, Element body, SiteMap site) {
    String path = page.source().path();
    String title = PlainText.of(page.title());
    checkKind(page);
    PageKind kind = page.kind();
    String language = siteAttributes.getOrDefault("ui-lang", "ja");
    JapaneseSpacing.joinLines(body);
    BlockMarkup.improve(body, language);
    List<Citation> citations = new LinkResolver(page, site, assets, diagnostics).resolve(body);
    CodeHighlighter.highlight(body);
    new PlaceholderMarks(
            page,
            Placeholder.declared(List.of(siteAttributes, page.attributes())),
            language,
            diagnostics)
        .mark(body);
    if (kind == PageKind.CASE) {
      checkCase(page, body);
    }
    List<Section> sections = SectionReader.read(title, body);
    List<Heading> outline = outline(body);
    termLinks.add(body, path);
    new ProofBadges(badges.getOrDefault(path, Map.of()), language, path).add(body);
    return new Page(
        page.source(),
        SitePath.ofPage(path),
        kind,
        title,
        page.attribute("description"),
        page.attributes(),
        body.html(),
        outline,
        sections,
        searchNames(page),
        citations,
        page.list("page-aliases"));
  }

  private void checkKind(ConvertedPage page) {
    String declared = page.attribute("kind");
    if (declared.isEmpty() || PageKind.of(declared).isPresent()) {
      return;
    }
    List<String> kinds = Arrays.stream(PageKind.values()).map(PageKind::id).toList();
    diagnostics.accept(
        Diagnostic.error(
            "unknown-kind",
            page.source().locationOf(declared),
            "no kind of page is called \"" + declared + "\"",
            "the kinds are " + String.join(", ", kinds),
            Suggestion.nearest(declared, kinds)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(null)));
  }

  private void checkCase(ConvertedPage page, Element body) {
    for (String role : CASE_SECTIONS) {
      if (body.selectFirst("." + role) == null) {
        diagnostics.accept(
            Diagnostic.warning(
                "case-structure",
                page.source().location(),
                "the case has no section with the role \"" + role + "\"",
                "search and diagnosis match a log to a case by its sections",
                "put [." + role + "] above the heading of that section"));
      }
    }
  }

  private static List<Heading> outline(Element body) {
    return body.select("h2[id], h3[id], h4[id], h5[id], h6[id]").stream()
        .map(
            heading -> new Heading(heading.tagName().charAt(1) - '1', heading.id(), heading.text()))
        .toList();
  }

  private static List<String> searchNames(ConvertedPage page) {
    return List.copyOf(
        Stream.of("name-ja", "name-en", "aliases", "search-aka")
            .flatMap(attribute -> page.list(attribute).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }
}
