package dev.shirube.pipeline;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Severity;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SourceFile;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.search.HitsJson;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The site as it is now, made anew each time something was saved. A page that is wrong stays as it
 * was when it was right; where something else is wrong, the whole site does.
 *
 * <p>{@link #index} is for one thread at a time, all else for any.
 */
public final class PreviewBuild implements AutoCloseable {

  /**
   * Where from.
   *
   * @param work an empty folder, for the search index
   * @param url where the site is looked at
   */
  public record Settings(
      SiteBuild.Settings site,
      DocsVerification verification,
      ReceiptFolder receipts,
      Path work,
      String url) {}

  /**
   * What is to be seen now.
   *
   * @param files of the site, but for the search
   * @param problems in the order to show them
   * @param took from reading to rendering
   */
  public record Update(List<SiteFile> files, List<Diagnostic> problems, Duration took) {
    public Update {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  private final Settings settings;
  private final Progress progress;
  private final ContentConversion conversion;
  private final BuildMemory memory;
  private final ReadWriteLock searching = new ReentrantReadWriteLock();
  private Map<String, SiteFile> good = Map.of();
  private @Nullable ConvertedContent last;
  private List<Diagnostic> planned = List.of();
  private Proofs proofs = Proofs.NONE;
  private SiteBuild.@Nullable Rendered indexed;
  private volatile SiteBuild.@Nullable Rendered latest;
  private int indexes;
  private @Nullable Searcher searcher;

  public PreviewBuild(Settings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    conversion = new ContentConversion(settings.site().content());
    memory = new BuildMemory(settings.url());
  }

  /**
   * Shows what was saved, at once: what only quotes it stays as it is until {@link #settle}, as
   * does what is said of proofs.
   */
  public synchronized Update update() {
    return build(true);
  }

  /** Brings everything up to date. */
  public synchronized Update settle() {
    return build(false);
  }

  private Update build(boolean hasty) {
    long start = System.nanoTime();
    memory.setHasty(hasty);
    ConvertedContent read = conversion.read(page -> true, progress);
    if (hasty) {
      ConvertedContent changed = changed(read);
      planned = replaced(planned, changed, settings.verification().plan(changed));
    } else {
      Plan plan = settings.verification().plan(read);
      planned = plan.diagnostics();
      proofs = proofs(plan);
    }
    last = read;
    SiteBuild.Rendered site = new SiteBuild(settings.site(), memory, progress).render(read, proofs);
    Set<Diagnostic> problems = new TreeSet<>(Diagnostic.ORDER);
    problems.addAll(site.diagnostics());
    planned.stream().filter(each -> !isTold(each, problems)).forEach(problems::add);
    good = shown(site, read, problems);
    if (!site.isWrong()) {
      latest = site;
    }
    return new Update(
        List.copyOf(good.values()),
        List.copyOf(problems),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** The plan tells again what was wrong with the content, but not as strictly. */
  private static boolean isTold(Diagnostic planned, Set<Diagnostic> told) {
    return told.stream()
        .anyMatch(
            each ->
                each.code().equals(planned.code())
                    && each.location().equals(planned.location())
                    && each.what().equals(planned.what()));
  }

  private Proofs proofs(Plan plan) {
    return DocsVerification.proofs(
        plan, DocsVerification.freshness(plan, settings.receipts().read()), settings.receipts());
  }

  /** The pages that were converted since the last time. */
  private ConvertedContent changed(ConvertedContent read) {
    Set<ConvertedPage> before = Collections.newSetFromMap(new IdentityHashMap<>());
    if (last != null) {
      before.addAll(last.pages());
    }
    return new ConvertedContent(
        read.content(),
        read.pages().stream().filter(page -> !before.contains(page)).toList(),
        read.navigationFile(),
        List.of());
  }

  /** What is said of these pages takes the place of what was said of them before. */
  private static List<Diagnostic> replaced(
      List<Diagnostic> before, ConvertedContent changed, Plan plan) {
    Set<String> files = new HashSet<>();
    for (ConvertedPage page : changed.pages()) {
      sources(page).forEach(source -> files.add(source.displayPath()));
    }
    return Stream.concat(
            before.stream().filter(each -> !files.contains(each.location().file())),
            plan.diagnostics().stream())
        .distinct()
        .toList();
  }

  /** The new files, but for those that are wrong and were right before. */
  private Map<String, SiteFile> shown(
      SiteBuild.Rendered site, ConvertedContent read, Set<Diagnostic> problems) {
    Map<String, SiteFile> files = new HashMap<>();
    site.files().forEach(file -> files.put(file.path(), file));
    Set<String> wrong = new HashSet<>();
    problems.stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .forEach(each -> wrong.add(each.location().file()));
    Set<String> wrongPages = new HashSet<>();
    Set<String> blamed = new HashSet<>();
    for (ConvertedPage page : read.pages()) {
      for (SourceFile source : sources(page)) {
        if (wrong.contains(source.displayPath())) {
          wrongPages.add(page.source().path());
          blamed.add(source.displayPath());
        }
      }
    }
    if (!blamed.containsAll(wrong) && !good.isEmpty()) {
      return good;
    }
    for (Page page : site.pages()) {
      SiteFile before = good.get(page.url());
      if (wrongPages.contains(page.path()) && before != null) {
        files.put(page.url(), before);
      }
    }
    return files;
  }

  private static List<SourceFile> sources(ConvertedPage page) {
    List<SourceFile> sources = new ArrayList<>(page.includes());
    sources.add(page.source());
    return sources;
  }

  /**
   * Brings the search up to what {@link #update} made last.
   *
   * @return the files that the browser's search needs; empty where nothing has changed
   */
  public Optional<List<SiteFile>> index() {
    SiteBuild.Rendered site = latest;
    if (site == null
        || (indexed != null
            && indexed.pages().equals(site.pages())
            && indexed.navigation().equals(site.navigation()))) {
      return Optional.empty();
    }
    Path folder = settings.work().resolve("index-" + indexes++ % 2);
    // The other folder is the one that is searched meanwhile.
    List<SiteFile> files = SiteBuild.index(site, folder);
    Searcher fresh = Searcher.open(folder);
    searching.writeLock().lock();
    try {
      close(searcher);
      searcher = fresh;
    } finally {
      searching.writeLock().unlock();
    }
    indexed = site;
    return Optional.of(files);
  }

  /**
   * The best pages as JSON, from the index that is there.
   *
   * @param kind null for any
   */
  public Optional<String> search(String query, int limit, @Nullable PageKind kind) {
    searching.readLock().lock();
    try {
      return Optional.ofNullable(searcher)
          .map(each -> HitsJson.render(each.search(query, limit, kind)));
    } finally {
      searching.readLock().unlock();
    }
  }

  @Override
  public void close() {
    conversion.close();
    searching.writeLock().lock();
    try {
      close(searcher);
      searcher = null;
    } finally {
      searching.writeLock().unlock();
    }
  }

  private static void close(@Nullable Searcher searcher) {
    if (searcher != null) {
      try {
        searcher.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the search index", e);
      }
    }
  }
}
