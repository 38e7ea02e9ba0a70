package dev.shirube.pipeline;

import dev.shirube.content.GitHistory;
import dev.shirube.glossary.GlossaryReader;
import dev.shirube.glossary.TermMatcher;
import dev.shirube.html.MarkdownTwins;
import dev.shirube.html.NavigationListReader;
import dev.shirube.html.PageComposer;
import dev.shirube.html.PlainText;
import dev.shirube.model.Content;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Coverage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Glossary;
import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Severity;
import dev.shirube.model.SiteFile;
import dev.shirube.navigation.NavigationBuilder;
import dev.shirube.search.BrowserExport;
import dev.shirube.search.Indexer;
import dev.shirube.site.LlmsTxt;
import dev.shirube.site.OfflineEdition;
import dev.shirube.site.SitePublisher;
import dev.shirube.site.SiteRenderer;
import dev.shirube.site.SiteSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Content to site and index. */
public final class SiteBuild {

  /**
   * Where from and where to.
   *
   * @param strict whether warnings are errors, as they are for content whose navigation file sets
   *     {@code :strict:}
   */
  public record Settings(Path content, Path theme, Path output, Path index, boolean strict) {}

  /**
   * What came of it.
   *
   * @param pages the pages, composed as far as possible
   * @param diagnostics in the order to print them
   * @param published whether the new site and index are in place
   */
  public record Result(List<Page> pages, List<Diagnostic> diagnostics, boolean published) {

    public Result {
      pages = List.copyOf(pages);
      diagnostics = List.copyOf(diagnostics);
    }

    /** How many pages are of a kind. */
    public long count(PageKind kind) {
      return pages.stream().filter(page -> page.kind() == kind).count();
    }

    /** How many diagnostics are of a severity. */
    public long count(Severity severity) {
      return diagnostics.stream().filter(d -> d.severity() == severity).count();
    }
  }

  private final Settings settings;
  private final Progress progress;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  public SiteBuild(Settings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Builds everything, and publishes it if nothing is wrong. */
  public Result run() {
    return run(ConvertedContent.of(settings.content(), progress), Proofs.NONE);
  }

  /** The same with content that was read already, and what is known of its snippets. */
  public Result run(ConvertedContent read, Proofs proofs) {
    return run(read, proofs, true);
  }

  /** Only tells what is wrong; publishes nothing. */
  public Result check(ConvertedContent read) {
    return run(read, Proofs.NONE, false);
  }

  private Result run(ConvertedContent read, Proofs proofs, boolean publish) {
    diagnostics.addAll(read.diagnostics());
    Content content = read.content();
    if (content.pages().isEmpty()) {
      return result(List.of(), false, false);
    }
    List<ConvertedPage> converted = read.pages();
    Map<String, String> site = read.site();
    Glossary glossary =
        new GlossaryReader(PlainText::lead, PlainText::of, diagnostics::add).read(converted);
    progress.at("linking", 0, 1);
    List<Page> pages =
        new PageComposer(
                site,
                content.assets(),
                new TermMatcher(glossary)::mentions,
                proofs.badges(),
                diagnostics::add)
            .compose(converted);
    Navigation navigation = navigation(pages, read.navigationFile());
    Optional<Coverage> coverage = proofs.coverage(pages);
    SiteSettings siteSettings = siteSettings(content, site);
    List<SiteFile> files =
        new SiteRenderer(settings.theme(), siteSettings, diagnostics::add)
            .render(
                pages, navigation, glossary, content.assets(), Cases.of(read).symptoms(), coverage);
    List<SiteFile> markdown = new ArrayList<>(MarkdownTwins.of(pages));
    markdown.add(LlmsTxt.of(pages, navigation, siteSettings.siteUrl()));
    Set<String> taken = files.stream().map(SiteFile::path).collect(Collectors.toSet());
    markdown.removeIf(twin -> taken.contains(twin.path())); // the writer has one of that name
    boolean strict = settings.strict() || site.containsKey("strict");
    if (hasErrors(strict) || !publish) {
      return result(pages, strict, false);
    }
    progress.at("publishing", 0, 1);
    SitePublisher publisher = new SitePublisher(diagnostics::add);
    List<SiteFile> search = new ArrayList<>();
    boolean published =
        publisher.publish(
                settings.index(),
                folder -> {
                  new Indexer(folder).index(pages, glossary);
                  search.addAll(BrowserExport.of(folder, navigation));
                })
            && publisher.publish(
                settings.output(),
                folder -> {
                  SitePublisher.write(
                      join(join(join(files, markdown), search), proofs.files(coverage)), folder);
                  OfflineEdition.complete(folder);
                });
    return result(pages, strict, published);
  }

  private static List<SiteFile> join(List<SiteFile> some, List<SiteFile> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private Navigation navigation(List<Page> pages, @Nullable ConvertedPage file) {
    NavigationBuilder builder = new NavigationBuilder(pages, diagnostics::add);
    return file == null
        ? builder.fromFolders()
        : builder.fromFile(
            file.source(), PlainText.of(file.title()), NavigationListReader.read(file));
  }

  private static SiteSettings siteSettings(Content content, Map<String, String> site) {
    GitHistory git = new GitHistory(content.root());
    String editUrl = site.get("edit-url");
    return new SiteSettings(
        site.getOrDefault("ui-lang", "ja"),
        site.get("site-url"),
        editUrl == null ? git.editUrl().orElse(null) : editUrl,
        git.lastChanged(),
        git.changes());
  }

  private boolean hasErrors(boolean strict) {
    return diagnostics.stream().anyMatch(d -> strict || d.severity() == Severity.ERROR);
  }

  private Result result(List<Page> pages, boolean strict, boolean published) {
    List<Diagnostic> found =
        diagnostics.stream()
            .map(d -> strict ? asError(d) : d)
            .distinct()
            .sorted(Diagnostic.ORDER)
            .toList();
    return new Result(pages, found, published);
  }

  private static Diagnostic asError(Diagnostic d) {
    return new Diagnostic(Severity.ERROR, d.code(), d.location(), d.what(), d.why(), d.fix());
  }
}
