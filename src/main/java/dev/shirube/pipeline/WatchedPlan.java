package dev.shirube.pipeline;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.Severity;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.Subjects;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What there is to prove of content that is being written: first all of it, then, after each save,
 * what the save concerns.
 *
 * <p>A save concerns the pages that were saved, that include a file or begin with a fixture which
 * was saved, and those whose proofs are now about something else, whatever the reason: a value that
 * the navigation file declares, an include that is there at last.
 */
public final class WatchedPlan implements AutoCloseable {

  private final Path content;
  private final Path fixtures;
  private final DocsVerification verification;
  private final Progress progress;
  private final ContentConversion conversion;
  private Map<String, List<ProofSubject>> subjects = Map.of();
  private Set<Diagnostic> told = Set.of();

  /**
   * What a save concerns.
   *
   * @param plan the pages to prove again, and what is wrong with them or new
   * @param removed the pages that are not there any more, or have no snippets now
   */
  public record Concerned(Plan plan, SortedSet<String> removed) {
    public Concerned {
      removed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }
  }

  /**
   * @param content the folder of the pages
   * @param fixtures the folder with one folder of manifests per page
   */
  public WatchedPlan(
      Path content, Path fixtures, DocsVerification verification, Progress progress) {
    this.content = content;
    this.fixtures = fixtures;
    this.verification = verification;
    this.progress = progress;
    conversion = new ContentConversion(content);
  }

  /** Reads all of it. */
  public Plan whole() {
    Plan plan = verification.plan(conversion.read(page -> true, progress));
    subjects = subjects(plan);
    told = Set.copyOf(plan.diagnostics());
    return plan;
  }

  /**
   * Reads what has changed since the last time.
   *
   * @param saved paths below the two folders, as these were given
   */
  public Concerned after(Set<Path> saved) {
    Map<String, List<ProofSubject>> before = subjects;
    Set<Diagnostic> toldBefore = told;
    ConvertedContent read = conversion.read(page -> true, progress);
    Plan plan = verification.plan(read);
    subjects = subjects(plan);
    told = Set.copyOf(plan.diagnostics());
    Set<String> pages = concerned(read, saved);
    subjects.forEach(
        (page, about) -> {
          if (!about.equals(before.get(page))) {
            pages.add(page);
          }
        });
    SortedSet<String> removed = new TreeSet<>(before.keySet());
    removed.removeAll(subjects.keySet());
    Set<String> files =
        pages.stream().map(page -> content.resolve(page).toString()).collect(Collectors.toSet());
    saved.forEach(file -> files.add(file.toString()));
    return new Concerned(
        new Plan(
            plan.scenarios().stream().filter(each -> pages.contains(each.page())).toList(),
            plan.diagnostics().stream()
                .filter(
                    each -> files.contains(each.location().file()) || !toldBefore.contains(each))
                .toList(),
            plan.demanded(),
            plan.cases()),
        removed);
  }

  /** The files of the content that have errors of their own, whatever their snippets do. */
  public SortedSet<String> broken() {
    return told.stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .map(each -> Path.of(each.location().file()))
        .filter(file -> file.startsWith(content))
        .map(file -> slashed(content.relativize(file)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> concerned(ConvertedContent read, Set<Path> saved) {
    Set<String> texts = new HashSet<>();
    Set<String> pages = new HashSet<>();
    for (Path file : saved) {
      if (file.startsWith(content)) {
        texts.add(slashed(content.relativize(file)));
      } else if (file.startsWith(fixtures)) {
        Path folder = fixtures.relativize(file).getParent();
        if (folder != null) {
          pages.add(slashed(folder) + ".adoc");
        }
      }
    }
    for (ConvertedPage page : read.pages()) {
      if (texts.contains(page.source().path())
          || page.includes().stream().anyMatch(each -> texts.contains(each.path()))) {
        pages.add(page.source().path());
      }
    }
    return pages;
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static Map<String, List<ProofSubject>> subjects(Plan plan) {
    Map<String, List<ProofSubject>> subjects = new HashMap<>();
    for (Scenario scenario : plan.scenarios()) {
      subjects.put(scenario.page(), Subjects.of(scenario));
    }
    return subjects;
  }

  @Override
  public void close() {
    conversion.close();
  }
}
