package dev.shirube.pipeline;

import dev.shirube.glossary.GlossaryReader;
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

  /**
   * The site before it is written.
   *
   * @param files all but those of the search
   * @param strict whether warnings count as errors
   * @param diagnostics in the order to print them
   */
  record Rendered(
      List<Page> pages,
      Navigation navigation,
      Glossary glossary,
      List<SiteFile> files,
      boolean strict,
      List<Diagnostic> diagnostics) {

    Rendered {
      pages = List.copyOf(pages);
      files = List.copyOf(files);
      diagnostics = List.copyOf(diagnostics);
    }

    /** Whether it must not be published. */
    boolean isWrong() {
      return pages.isEmpty()
          || diagnostics.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    }
  }

  private final Settings settings;
  private final BuildMemory memory;
  private final Progress progress;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  public SiteBuild(Settings settings, Progress progress) {
    this(settings, new BuildMemory(null), progress);
  }

  /** One of many builds: what the memory has from the one before is not made again. */
  SiteBuild(Settings settings, BuildMemory memory, Progress progress) {
    this.settings = settings;
    this.memory = memory;
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
    Rendered site = render(read, proofs);
    if (site.isWrong() || !publish) {
      return new Result(site.pages(), site.diagnostics(), false);
    }
    progress.at("publishing", 0, 1);
    SitePublisher publisher = new SitePublisher(diagnostics::add);
    List<SiteFile> search = new ArrayList<>();
    boolean published =
        publisher.publish(settings.index(), folder -> search.addAll(index(site, folder)))
            && publisher.publish(
                settings.output(),
                folder -> {
                  SitePublisher.write(
                      join(join(site.files(), markdown(site, read.site().get("site-url"))), search),
                      folder);
                  OfflineEdition.complete(folder);
                });
    return new Result(site.pages(), sorted(site.strict()), published);
  }

  /** Each page as Markdown, and what leads to them, where the writer has no file of the name. */
  private static List<SiteFile> markdown(Rendered site, @Nullable String siteUrl) {
    List<SiteFile> files = new ArrayList<>(MarkdownTwins.of(site.pages()));
    files.add(LlmsTxt.of(site.pages(), site.navigation(), siteUrl));
    Set<String> taken = site.files().stream().map(SiteFile::path).collect(Collectors.toSet());
    files.removeIf(file -> taken.contains(file.path()));
    return files;
  }

  /** Renders everything, and leaves it to the caller where it goes. */
  Rendered render(ConvertedContent read, Proofs proofs) {
    diagnostics.addAll(read.diagnostics());
    Content content = read.content();
    if (content.pages().isEmpty()) {
      return new Rendered(
          List.of(),
          new Navigation("", List.of()),
          new Glossary(List.of()),
          List.of(),
          true,
          sorted(false));
    }
    List<ConvertedPage> converted = read.pages();
    Map<String, String> site = read.site();
    Glossary glossary =
        new GlossaryReader(memory::lead, PlainText::of, diagnostics::add).read(converted);
    progress.at("linking", 0, 1);
    List<Page> pages =
        new PageComposer(
                site,
                content.assets(),
                memory.mentions(glossary),
                proofs.badges(),
                memory.composed(),
                diagnostics::add)
            .compose(converted);
    Navigation navigation = navigation(pages, read.navigationFile());
    Optional<Coverage> coverage = proofs.coverage(pages);
    List<SiteFile> files =
        new SiteRenderer(
                settings.theme(),
                memory.settings(content, site),
                memory.rendered(),
                diagnostics::add)
            .render(
                pages, navigation, glossary, content.assets(), Cases.of(read).symptoms(), coverage);
    boolean strict = settings.strict() || site.containsKey("strict");
    return new Rendered(
        pages,
        navigation,
        glossary,
        join(files, memory.files(proofs, coverage)),
        strict,
        sorted(strict));
  }

  /** Writes the search index to a folder; returns what of it the browser needs. */
  static List<SiteFile> index(Rendered site, Path folder) {
    new Indexer(folder).index(site.pages(), site.glossary());
    return BrowserExport.of(folder, site.navigation());
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

  private List<Diagnostic> sorted(boolean strict) {
    return diagnostics.stream()
        .map(d -> strict ? asError(d) : d)
        .distinct()
        .sorted(Diagnostic.ORDER)
        .toList();
  }

  private static Diagnostic asError(Diagnostic d) {
    return new Diagnostic(Severity.ERROR, d.code(), d.location(), d.what(), d.why(), d.fix());
  }
}
