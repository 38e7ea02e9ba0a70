package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitePublisherTest {

  @TempDir Path folder = Path.of("unset");
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final SitePublisher publisher = new SitePublisher(diagnostics::add);

  private static List<SiteFile> page(String content) {
    return List.of(new SiteFile.Text("a/b.html", "a/b.adoc", content));
  }

  @Test
  void theNewSiteReplacesTheOldAndNothingIsLeftAside() throws IOException {
    Path target = folder.resolve("site");
    assertTrue(publisher.publish(page("old"), target));
    Files.writeString(target.resolve("stale.html"), "stale");

    assertTrue(publisher.publish(page("new"), target));

    assertEquals("new", Files.readString(target.resolve("a/b.html")));
    assertFalse(Files.exists(target.resolve("stale.html")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of(".site.lock", "site"),
          left.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aFolderOfSomebodyElseIsNeverTouched() throws IOException {
    Path target = folder.resolve("thesis");
    Files.createDirectories(target);
    Files.writeString(target.resolve("chapter1.txt"), "years of work");

    assertFalse(publisher.publish(page("new"), target));

    assertEquals("unwritable-target", diagnostics.getFirst().code());
    assertEquals("years of work", Files.readString(target.resolve("chapter1.txt")));
    assertFalse(Files.exists(target.resolve("a")));
  }

  @Test
  void aTargetThatCannotBeWrittenIsADiagnostic() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertFalse(publisher.publish(page("new"), file.resolve("site")));

    assertEquals("unwritable-target", diagnostics.getFirst().code());
  }

  @Test
  void aWriterThatFailsLeavesTheOldSite() {
    Path target = folder.resolve("site");
    assertTrue(publisher.publish(page("old"), target));

    assertFalse(
        publisher.publish(
            target,
            fresh -> {
              Files.writeString(fresh.resolve("half.html"), "half");
              throw new IOException("No space left on device");
            }));

    assertTrue(diagnostics.getFirst().what().contains("No space left on device"));
    assertTrue(Files.exists(target.resolve("a/b.html")));
    assertFalse(Files.exists(target.resolve("half.html")));
  }

  @Test
  void theOldSiteComesBackAfterARunThatWasKilledBetweenTwoRenames() throws IOException {
    Path target = folder.resolve("site");
    assertTrue(publisher.publish(page("old"), target));
    Files.move(target, folder.resolve(".site.old"));

    assertFalse(
        publisher.publish(
            target,
            fresh -> {
              throw new IOException("fails as well");
            }));

    assertEquals("old", Files.readString(target.resolve("a/b.html")));
  }
}
