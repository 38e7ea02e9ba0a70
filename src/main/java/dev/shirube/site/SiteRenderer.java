package dev.shirube.site;

import dev.shirube.model.Asset;
import dev.shirube.model.CaseSymptoms;
import dev.shirube.model.Coverage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Glossary;
import dev.shirube.model.Location;
import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders every file of the site. */
public final class SiteRenderer {

  /** Where the theme's files lie on the site. */
  private static final String THEME = "_theme/";

  private final Path theme;
  private final SiteSettings settings;
  private final RenderedTemplates memory;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param theme holds {@code templates}, {@code css}, {@code js} and {@code assets}
   */
  public SiteRenderer(Path theme, SiteSettings settings, Consumer<Diagnostic> diagnostics) {
    this(theme, settings, new RenderedTemplates(), diagnostics);
  }

  /** The same, which renders only what has changed since the memory's last time. */
  public SiteRenderer(
      Path theme,
      SiteSettings settings,
      RenderedTemplates memory,
      Consumer<Diagnostic> diagnostics) {
    this.theme = theme;
    this.settings = settings;
    this.memory = memory;
    this.diagnostics = diagnostics;
  }

  /**
   * Renders pages, redirects, the search page, the page not found, the page of coverage, the site
   * map; adds the files.
   *
   * @param cases what cases are known by; empty where nothing is known of it
   * @param coverage empty where nothing is known of it
   */
  public List<SiteFile> render(
      List<Page> pages,
      Navigation navigation,
      Glossary glossary,
      List<Asset> assets,
      List<CaseSymptoms> cases,
      Optional<Coverage> coverage) {
    Path folder = theme.resolve("templates");
    if (!Files.isDirectory(folder)) {
      diagnostics.accept(
          Diagnostic.error(
              "no-theme",
              Location.of(theme.toString()),
              "the theme has no folder \"templates\"",
              null,
              "name the theme's folder with --theme"));
      return List.of();
    }
    memory.begin(folder);
    Templates templates = new Templates(folder, memory, diagnostics);
    List<SiteFile> feeds = feeds(navigation.title(), pages, coverage);
    Map<String, String> feedNames = new HashMap<>();
    for (SiteFile feed : feeds) {
      feedNames.put(feed.path().replace(".atom", ""), feed.path());
    }
    View.Site site =
        new View.Site(
            navigation.title(),
            settings.lang(),
            coverage.isPresent() ? Coverage.URL : null,
            settings.siteUrl(),
            feedNames);
    PageViews views =
        new PageViews(pages, navigation, glossary, new CaseViews(pages, cases), settings);
    List<SiteFile> files = new ArrayList<>();
    for (Page page : pages) {
      Map<String, @Nullable Object> variables = new HashMap<>();
      variables.put("site", site);
      variables.put("root", PageViews.root(page.url()));
      variables.put("page", views.page(page));
      variables.put("navigation", views.navigation(page.url()));
      templates
          .render("page.ftlh", variables)
          .ifPresent(
              html -> files.add(new SiteFile.Text(page.url(), page.source().displayPath(), html)));
      if (files.isEmpty()) {
        return List.of(); // the template is wrong, and would be for every page
      }
      redirects(page, site, templates, files);
    }
    search(site, views, templates, files);
    notFound(site, views, templates, files);
    coverage.ifPresent(
        each ->
            coverage(
                memory.coverage(each, navigation, () -> new CoverageViews(each, views).view()),
                site,
                views,
                templates,
                files));
    if (!glossary.terms().isEmpty()) {
      conceptMap(new ConceptMap(glossary, navigation), site, views, templates, files);
    }
    siteMap(pages, files);
    files.addAll(feeds);
    for (Asset asset : assets) {
      files.add(new SiteFile.Copy(asset.path(), asset.file().toString(), asset.file()));
    }
    themeFiles(files);
    return unique(files);
  }

  private static void redirects(
      Page page, View.Site site, Templates templates, List<SiteFile> files) {
    for (String alias : page.aliases()) {
      String from = alias.endsWith(".adoc") ? SitePath.ofPage(alias) : alias;
      Map<String, @Nullable Object> variables = new HashMap<>();
      variables.put("site", site);
      variables.put("title", page.title());
      variables.put("target", SitePath.relative(from, page.url()));
      templates
          .render("redirect.ftlh", variables)
          .ifPresent(
              html ->
                  files.add(
                      new SiteFile.Text(
                          from, page.source().displayPath() + " (:page-aliases:)", html)));
    }
  }

  /** The page that the search field leads to where no script answers it. */
  private static void search(
      View.Site site, PageViews views, Templates templates, List<SiteFile> files) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("site", site);
    variables.put("root", "");
    variables.put("navigation", views.navigation("search.html"));
    templates
        .render("search.ftlh", variables)
        .ifPresent(html -> files.add(new SiteFile.Text("search.html", "the search page", html)));
  }

  /** A server shows this page under any address, so its links start at the site's own root. */
  private void notFound(
      View.Site site, PageViews views, Templates templates, List<SiteFile> files) {
    String root = settings.siteUrl() == null ? "" : URI.create(settings.siteUrl()).getPath();
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("site", site);
    variables.put("root", root);
    variables.put("navigation", views.navigation("404.html", root));
    templates
        .render("404.ftlh", variables)
        .ifPresent(html -> files.add(new SiteFile.Text("404.html", "the page not found", html)));
  }

  private static void coverage(
      View.CoverageView coverage,
      View.Site site,
      PageViews views,
      Templates templates,
      List<SiteFile> files) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("site", site);
    variables.put("root", "");
    variables.put("navigation", views.navigation(Coverage.URL));
    variables.put("coverage", coverage);
    templates
        .render("coverage.ftlh", variables)
        .ifPresent(
            html -> files.add(new SiteFile.Text(Coverage.URL, "the page of coverage", html)));
  }

  private static void conceptMap(
      ConceptMap map, View.Site site, PageViews views, Templates templates, List<SiteFile> files) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("site", site);
    variables.put("root", "");
    variables.put("navigation", views.navigation(ConceptMap.URL));
    variables.put("map", map.view());
    variables.put("terms", views.relatedTerms(ConceptMap.URL));
    templates
        .render("concept-map.ftlh", variables)
        .ifPresent(html -> files.add(new SiteFile.Text(ConceptMap.URL, "the concept map", html)));
  }

  /** Feeds need whole addresses, as the site map does. */
  private List<SiteFile> feeds(String title, List<Page> pages, Optional<Coverage> coverage) {
    if (settings.siteUrl() == null) {
      return List.of();
    }
    Feeds feeds = new Feeds(title, settings, URI.create(settings.siteUrl()));
    List<SiteFile> files = new ArrayList<>(feeds.changes(pages));
    coverage.ifPresent(each -> files.addAll(feeds.proofs(each)));
    return files;
  }

  /** The <a href="https://www.sitemaps.org/protocol.html">sitemap</a> needs whole addresses. */
  private void siteMap(List<Page> pages, List<SiteFile> files) {
    if (settings.siteUrl() == null) {
      return;
    }
    StringBuilder xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            """);
    for (Page page : pages) {
      URI address = URI.create(settings.siteUrl()).resolve(PageViews.encode(page.url()));
      String day = settings.lastChanged().get(page.path());
      xml.append("<url><loc>")
          .append(address.toASCIIString().replace("&", "&amp;"))
          .append("</loc>");
      if (day != null) {
        xml.append("<lastmod>").append(day).append("</lastmod>");
      }
      xml.append("</url>\n");
    }
    xml.append("</urlset>\n");
    files.add(new SiteFile.Text("sitemap.xml", "the site map", xml.toString()));
  }

  private void themeFiles(List<SiteFile> files) {
    for (String part : List.of("assets", "css", "js")) {
      Path folder = theme.resolve(part);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.filter(Files::isRegularFile)
            .sorted()
            .forEach(
                file -> {
                  String path = theme.relativize(file).toString().replace('\\', '/');
                  files.add(new SiteFile.Copy(THEME + path, file.toString(), file));
                });
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the theme in " + folder, e);
      }
    }
  }

  /** Two files of one name, even if only in other case, would overwrite another on many disks. */
  private List<SiteFile> unique(List<SiteFile> files) {
    Map<String, SiteFile> byName = new TreeMap<>();
    for (SiteFile file : files) {
      SiteFile first = byName.putIfAbsent(file.path().toLowerCase(Locale.ROOT), file);
      if (first != null) {
        diagnostics.accept(
            Diagnostic.error(
                "duplicate-url",
                Location.of(file.origin()),
                "\"" + file.path() + "\" is already made from " + first.origin(),
                "one address is one file, whatever its case",
                "rename one of the two"));
      }
    }
    return List.copyOf(byName.values());
  }
}
