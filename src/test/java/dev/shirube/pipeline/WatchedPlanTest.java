package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.pipeline.WatchedPlan.Concerned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a save concerns, told by one reader of files that are written anew for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchedPlanTest {

  private static final String RUN =
      """
      = Page

      [source,console,verify=run]
      ----
      $ echo %s
      ----
      """;

  @TempDir static Path folder = Path.of("unset");

  private Path content = Path.of("unset");
  private Path fixtures = Path.of("unset");
  private WatchedPlan plans;

  @BeforeAll
  void open() {
    content = folder.resolve("content");
    fixtures = folder.resolve("fixtures");
    plans =
        new WatchedPlan(
            content,
            fixtures,
            new DocsVerification(new DocsVerification.Settings(fixtures, Clock.systemUTC())),
            (what, done, total) -> {});
  }

  @AfterAll
  void close() {
    plans.close();
  }

  @BeforeEach
  void read() throws IOException {
    write("nav.adoc", "= Site\n:placeholder-team: a team; verify=blue\n\n* xref:a.adoc[]\n");
    write("a.adoc", RUN.formatted("a"));
    write("topic/b.adoc", RUN.formatted("b") + "\ninclude::_part.adoc[]\n");
    write("topic/_part.adoc", "A part.\n");
    write("topic/c.adoc", RUN.formatted("{team}"));
    write("plain.adoc", "= Plain\n\nNo snippets.\n");
    assertEquals(
        Set.of("a.adoc", "topic/b.adoc", "topic/c.adoc"), new TreeSet<>(plans.whole().pages()));
  }

  private Path write(String name, String text) throws IOException {
    Path file = content.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Set<String> concernedBy(Path... saved) {
    return new TreeSet<>(plans.after(Set.of(saved)).plan().pages());
  }

  @Test
  void aPageThatIsSavedIsConcernedThoughNothingHasChanged() {
    assertEquals(Set.of("a.adoc"), concernedBy(content.resolve("a.adoc")));
  }

  @Test
  void aPageThatIncludesWhatIsSavedIsConcerned() throws IOException {
    assertEquals(Set.of("topic/b.adoc"), concernedBy(write("topic/_part.adoc", "Another.\n")));
  }

  @Test
  void aPageThatBeginsWithWhatIsSavedIsConcerned() throws IOException {
    Path fixture = fixtures.resolve("topic/b/config.yaml");
    Files.createDirectories(fixture.getParent());
    Files.writeString(fixture, "kind: ConfigMap\n");
    assertEquals(Set.of("topic/b.adoc"), concernedBy(fixture));
    Files.delete(fixture);
    assertEquals(Set.of("topic/b.adoc"), concernedBy(fixture));
  }

  @Test
  void ofTheNavigationFileOnlyTheValuesThatAreUsedConcernPages() throws IOException {
    String navigation = Files.readString(content.resolve("nav.adoc"));
    assertEquals(Set.of(), concernedBy(write("nav.adoc", navigation + "* xref:topic/b.adoc[]\n")));
    assertEquals(
        Set.of("topic/c.adoc"),
        concernedBy(write("nav.adoc", navigation.replace("verify=blue", "verify=red"))));
  }

  @Test
  void newAndRemovedPagesAreKnown() throws IOException {
    assertEquals(Set.of("new/d.adoc"), concernedBy(write("new/d.adoc", RUN.formatted("d"))));
    Files.delete(content.resolve("new/d.adoc"));
    Concerned concerned = plans.after(Set.of(content.resolve("new/d.adoc")));
    assertEquals(Set.of(), concerned.plan().pages());
    assertEquals(Set.of("new/d.adoc"), concerned.removed());
  }

  @Test
  void anIncludeThatIsThereAtLastConcernsThePageThatMissedIt() throws IOException {
    String listing = "[source,yaml,verify=apply]\n----\ninclude::late.yaml[]\n----\n";
    Concerned broken = plans.after(Set.of(write("a.adoc", "= A\n\n" + listing)));
    assertTrue(codes(broken).contains("missing-include"), () -> codes(broken).toString());
    Concerned whole =
        plans.after(Set.of(write("late.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n")));
    assertEquals(Set.of("a.adoc"), whole.plan().pages());
    assertEquals(List.of(), codes(whole));
    Files.delete(content.resolve("late.yaml"));
  }

  @Test
  void whatIsWrongElsewhereIsToldOnce() throws IOException {
    Path broken = write("topic/b.adoc", RUN.formatted("b").replace("verify=run", "verify=rum"));
    assertEquals(List.of("unknown-verb"), codes(plans.after(Set.of(broken))));
    assertEquals(Set.of("topic/b.adoc"), plans.broken());
    assertEquals(List.of(), codes(plans.after(Set.of(write("a.adoc", RUN.formatted("a2"))))));
    assertEquals(List.of("unknown-verb"), codes(plans.after(Set.of(broken))));
  }

  private static List<String> codes(Concerned concerned) {
    return concerned.plan().diagnostics().stream().map(Diagnostic::code).toList();
  }
}
