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
import java.util.IdentityHashMap;
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
  private final Function<String, List<Mention>> mentions;
  private final Map<String, Map<String, Badge>> badges;
  private final ComposedPages memory;

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
    this(siteAttributes, assets, mentions, badges, new ComposedPages(), diagnostics);
  }

  /**
   * The same, which composes only what has changed since the memory's last time.
   *
   * @param mentions the same object as before where it would answer the same
   */
  public PageComposer(
      Map<String, String> siteAttributes,
      List<Asset> assets,
      Function<String, List<Mention>> mentions,
      Map<String, Map<String, Badge>> badges,
      ComposedPages memory,
      Consumer<Diagnostic> diagnostics) {
    this.siteAttributes = Map.copyOf(siteAttributes);
    this.assets = assets.stream().map(Asset::path).collect(Collectors.toSet());
    this.mentions = mentions;
    this.memory = memory;
    this.badges = Map.copyOf(badges);
    this.diagnostics = diagnostics;
  }

  /** Composes all pages, in their order. */
  public List<Page> compose(List<ConvertedPage> converted) {
    SiteMap site = new SiteMap();
    IdentityHashMap<ConvertedPage, Element> bodies = new IdentityHashMap<>();
    IdentityHashMap<ConvertedPage, SiteMap.Entry> entries = new IdentityHashMap<>();
    for (ConvertedPage page : converted) {
      SiteMap.Entry entry =
          memory
              .entry(page)
              .orElseGet(
                  () -> {
                    Element body = parsed(page);
                    bodies.put(page, body);
                    return SiteMap.entry(page, body);
                  });
      entries.put(page, entry);
      site.add(entry);
    }
    ComposedPages.Surroundings surroundings =
        memory.surroundings(
            new ComposedPages.Surroundings(siteAttributes, assets, Set.copyOf(site.paths())));
    IdentityHashMap<ConvertedPage, ComposedPages.Composed> composed = new IdentityHashMap<>();
    List<Page> pages = new ArrayList<>();
    for (ConvertedPage page : converted) {
      Map<String, Badge> own = badges.getOrDefault(page.source().path(), Map.of());
      Element body = bodies.remove(page);
      ComposedPages.Composed made =
          memory
              .composed(page, own, surroundings, mentions, site)
              .orElseGet(
                  () -> compose(page, body == null ? parsed(page) : body, surroundings, own, site));
      composed.put(page, made);
      pages.add(made.page());
      made.diagnostics().forEach(diagnostics);
    }
    memory.keep(mentions, entries, composed);
    return List.copyOf(pages);
  }

  private static Element parsed(ConvertedPage page) {
    Document document = Jsoup.parseBodyFragment(page.body());
    document.outputSettings().prettyPrint(false);
    return document.body();
  }

  private ComposedPages.Composed compose(
      ConvertedPage page,
      Element body,
      ComposedPages.Surroundings surroundings,
      Map<String, Badge> own,
      SiteMap site) {
    String path = page.source().path();
    List<Diagnostic> found = new ArrayList<>();
    Map<String, List<Mention>> mentioned = new HashMap<>();
    String title = PlainText.of(page.title());
    checkKind(page, found::add);
    PageKind kind = page.kind();
    String language = siteAttributes.getOrDefault("ui-lang", "ja");
    JapaneseSpacing.joinLines(body);
    BlockMarkup.improve(body, language);
    LinkResolver links = new LinkResolver(page, site, assets, found::add);
    List<Citation> citations = links.resolve(body);
    CodeHighlighter.highlight(body);
    new PlaceholderMarks(
            page,
            Placeholder.declared(List.of(siteAttributes, page.attributes())),
            language,
            found::add)
        .mark(body);
    if (kind == PageKind.CASE) {
      checkCase(page, body, found::add);
    }
    List<Section> sections = SectionReader.read(title, body);
    List<Heading> outline = outline(body);
    new TermLinks(text -> mentioned.computeIfAbsent(text, mentions)).add(body, path);
    new ProofBadges(own, language, path).add(body);
    return new ComposedPages.Composed(
        new Page(
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
            page.list("page-aliases")),
        surroundings,
        own,
        links.lookups(),
        mentioned,
        found);
  }

  private static void checkKind(ConvertedPage page, Consumer<Diagnostic> diagnostics) {
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

  private static void checkCase(
      ConvertedPage page, Element body, Consumer<Diagnostic> diagnostics) {
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
