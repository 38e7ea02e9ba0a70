package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.SiteFile;
import dev.shirube.report.ReceiptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewBuildTest {

  private static final Path THEME = Path.of("site-theme");

  @TempDir Path folder = Path.of("unset");
  private Path content = Path.of("unset");
  private PreviewBuild build = build(Path.of("unset"), "");

  private static PreviewBuild build(Path folder, String work) {
    return new PreviewBuild(
        new PreviewBuild.Settings(
            new SiteBuild.Settings(
                folder.resolve("content"), THEME, folder.resolve(work), folder, false),
            new DocsVerification(
                new DocsVerification.Settings(folder.resolve("fixtures"), Clock.systemUTC())),
            new ReceiptFolder(folder.resolve("receipts")),
            folder.resolve(work),
            "http://127.0.0.1:1/"),
        (what, done, total) -> {});
  }

  @BeforeEach
  void aSmallWikiIsShown() throws IOException {
    content = folder.resolve("content");
    write(
        "nav.adoc",
        "= Wiki\n\n* xref:index.adoc[]\n* xref:glossary/pod.adoc[]\n* xref:use.adoc[]\n");
    write("index.adoc", "= Home\n\nxref:use.adoc[]\n");
    write("glossary/pod.adoc", "= Pod\n\nThe smallest thing.\n");
    write("use.adoc", "= Use\n\nA Pod is used.\n\n----\ninclude::part.yaml[]\n----\n");
    write("part.yaml", "kind: Pod\n");
    build = build(folder, "work");
    assertEquals(List.of(), build.settle().problems());
  }

  @AfterEach
  void theBuildEnds() {
    build.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = content.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String text(PreviewBuild.Update update, String path) {
    return Objects.requireNonNull(texts(update).get(path));
  }

  private static Map<String, String> texts(PreviewBuild.Update update) {
    Map<String, String> texts = new TreeMap<>();
    for (SiteFile file : update.files()) {
      texts.put(file.path(), file instanceof SiteFile.Text text ? text.content() : "");
    }
    return texts;
  }

  private static List<String> codes(PreviewBuild.Update update) {
    return update.problems().stream().map(Diagnostic::code).toList();
  }

  @Test
  void whatWasSavedIsThereAtOnce() throws IOException {
    write("use.adoc", "= Use\n\nNew words.\n");
    assertTrue(text(build.update(), "use.html").contains("New words."));
    write("part.yaml", "kind: Deployment\n");
    write("use.adoc", "= Use\n\n----\ninclude::part.yaml[]\n----\n");
    assertTrue(text(build.update(), "use.html").contains("Deployment"));
    write("part.yaml", "kind: Job\n");
    assertTrue(text(build.update(), "use.html").contains("Job"));
  }

  @Test
  void afterAnyEditsTheSiteIsAsIfItWereMadeAnew() throws IOException {
    String[][] edits = {
      {"glossary/pod.adoc", "= Pod\n\nAnother definition.\n"},
      {"use.adoc", "= Another title\n\nA Pod. xref:glossary/pod.adoc#part[]\n"},
      {"glossary/pod.adoc", "= Pod\n\nAnother definition.\n\n[#part]\n== A part\n"},
      {"glossary/job.adoc", "= Job\n:aliases: used\n\nRuns once.\n"},
      {"nav.adoc", "= Another Wiki\n\n* xref:use.adoc[]\n* xref:glossary/pod.adoc[]\n"},
      {"glossary/pod.adoc", "= Pod\n\nThe smallest thing.\n\n[#part]\n== The part\n"},
      {"part.yaml", "kind: Job\n"},
      {"use.adoc", "= Use\n\nA Pod is used. xref:glossary/pod.adoc#part[]\n"},
    };
    for (String[] edit : edits) {
      write(edit[0], edit[1]);
      build.update();
      PreviewBuild.Update settled = build.settle();
      try (PreviewBuild fresh = build(folder, "fresh")) {
        PreviewBuild.Update anew = fresh.settle();
        assertEquals(anew.problems(), settled.problems(), edit[0]);
        assertEquals(texts(anew), texts(settled), edit[0]);
      }
    }
  }

  @Test
  void aPageThatIsWrongStaysAsItWasAndTheOthersGoOn() throws IOException {
    String before = text(build.update(), "use.html");
    write("use.adoc", "= Use\n\nBroken.\n\ninclude::missing.yaml[]\n");
    write("index.adoc", "= Home\n\nxref:use.adoc[]\n\nNews.\n");
    PreviewBuild.Update wrong = build.update();
    assertEquals(List.of("missing-include"), codes(wrong));
    assertEquals(3, wrong.problems().getFirst().location().line() - 2);
    assertEquals(before, text(wrong, "use.html"));
    assertTrue(text(wrong, "index.html").contains("News."));
    assertEquals(codes(wrong), codes(build.settle()));

    write("missing.yaml", "kind: Pod\n");
    PreviewBuild.Update right = build.update();
    assertEquals(List.of(), right.problems());
    assertTrue(text(right, "use.html").contains("Broken."));
  }

  @Test
  void aNavigationThatIsWrongLeavesTheWholeSiteAsItWas() throws IOException {
    Map<String, String> before = texts(build.update());
    write(
        "nav.adoc",
        "= Wiki\n\n* xref:indx.adoc[]\n* xref:glossary/pod.adoc[]\n* xref:use.adoc[]\n");
    PreviewBuild.Update wrong = build.update();
    assertTrue(codes(wrong).contains("unresolved-xref"), codes(wrong).toString());
    assertEquals(before, texts(wrong));
  }

  @Test
  void aSnippetThatIsWrongIsToldAtOnceAndOnce() throws IOException {
    write("use.adoc", "= Use\n\n[source,yaml,verify=aply]\n----\nkind: Pod\n----\n");
    assertEquals(List.of("unknown-verb"), codes(build.update()));
    assertEquals(List.of("unknown-verb"), codes(build.settle()));
    write("use.adoc", "= Use\n\n[source,yaml,verify=apply]\n----\nkind: Pod\n----\n");
    assertFalse(codes(build.update()).contains("unknown-verb"));
  }

  @Test
  void whatQuotesAPageFollowsWhenThereIsTime() throws IOException {
    write("glossary/pod.adoc", "= Pod\n\nAnother definition.\n");
    build.update();
    assertTrue(
        text(build.settle(), "use.html").contains("data-definition=\"Another definition.\""));
  }

  @Test
  void theSearchFollows() throws IOException {
    assertEquals(Optional.empty(), build.search("smallest", 10, null));
    List<SiteFile> first = build.index().orElseThrow();
    assertTrue(build.search("smallest", 10, null).orElseThrow().contains("glossary/pod.html"));
    assertEquals(Optional.empty(), build.index());
    write("glossary/pod.adoc", "= Pod\n\nThe tiniest thing.\n");
    build.update();
    assertNotEquals(first, build.index().orElseThrow());
    assertTrue(build.search("tiniest", 10, null).orElseThrow().contains("glossary/pod.html"));
  }
}
