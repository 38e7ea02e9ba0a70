package dev.shirube.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On real folders; a claim that something is not told makes a change that is, and looks at both.
 */
@Timeout(60)
class ContentWatchTest {

  @TempDir Path temporary = Path.of("unset");

  private Path folder = Path.of("unset");
  private Path page = Path.of("unset");
  private ContentWatch watch = ContentWatch.over(List.of());

  @BeforeEach
  void watch() throws IOException {
    folder = Files.createDirectories(temporary.resolve("content"));
    page = Files.writeString(folder.resolve("page.adoc"), "= Page\n");
    Files.writeString(Files.createDirectories(folder.resolve("topic")).resolve("a.adoc"), "= A\n");
    watch = ContentWatch.over(List.of(folder));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void aSavedFileIsTold() throws Exception {
    Files.writeString(page, "= Other\n");
    assertEquals(Set.of(page), watch.await());
  }

  @Test
  void aSaveWhileNobodyWaitsIsToldTheNextTime() throws Exception {
    Files.writeString(page, "= One\n");
    assertEquals(Set.of(page), watch.await());
    Files.writeString(page, "= Two\n");
    Files.writeString(folder.resolve("topic/a.adoc"), "= Two\n");
    assertEquals(Set.of(page, folder.resolve("topic/a.adoc")), watch.await());
  }

  @Test
  void aFileThatTakesThePlaceOfAnotherIsToldUnderItsNameAlone() throws Exception {
    FileTime time = Files.getLastModifiedTime(page);
    Path written = Files.writeString(folder.resolve(".page.adoc.swp"), "= Paga\n");
    Files.setLastModifiedTime(written, time); // as long, as old: only the file is another one
    Files.move(written, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Set.of(page), watch.await());
  }

  @Test
  void whatEditorsKeepForThemselvesIsNotTold() throws Exception {
    Files.writeString(folder.resolve("page.adoc~"), "kept");
    Files.writeString(folder.resolve(".page.adoc.swp"), "kept");
    Files.writeString(folder.resolve("#page.adoc#"), "kept");
    Files.createSymbolicLink(folder.resolve(".#page.adoc"), Path.of("taro@host.1"));
    Files.writeString(Files.createDirectories(folder.resolve(".git")).resolve("index"), "kept");
    Files.delete(Files.writeString(folder.resolve("4913"), "vim tries the folder"));
    Files.writeString(page, "= Other\n");
    assertEquals(Set.of(page), watch.await());
  }

  @Test
  void newFoldersAreWatchedWithAllThatIsInThem() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("new/deeper"));
    Path first = Files.writeString(deep.resolve("first.adoc"), "= First\n");
    assertEquals(Set.of(first), watch.await());
    Path second = Files.writeString(deep.resolve("second.adoc"), "= Second\n");
    assertEquals(Set.of(second), watch.await());
  }

  @Test
  void removedFilesAndFoldersAreTold() throws Exception {
    Files.delete(page);
    Files.delete(folder.resolve("topic/a.adoc"));
    Files.delete(folder.resolve("topic"));
    assertEquals(Set.of(page, folder.resolve("topic/a.adoc")), watch.await());
  }

  @Test
  void aRenamedFolderIsWatchedUnderItsNewName() throws Exception {
    Path renamed = Files.move(folder.resolve("topic"), folder.resolve("renamed"));
    assertEquals(Set.of(folder.resolve("topic/a.adoc"), renamed.resolve("a.adoc")), watch.await());
    Files.writeString(renamed.resolve("a.adoc"), "= Changed\n");
    assertEquals(Set.of(renamed.resolve("a.adoc")), watch.await());
  }

  @Test
  void aFolderThatIsNotThereYetIsWatchedOnceItIs() throws Exception {
    Path later = temporary.resolve("fixtures");
    try (ContentWatch both = ContentWatch.over(List.of(folder, later))) {
      Path fixture = Files.writeString(Files.createDirectories(later).resolve("a.yaml"), "a: 1\n");
      assertEquals(Set.of(fixture), both.await());
    }
  }

  @Test
  void aFolderThatIsSwappedForAnotherIsComparedWithIt() throws Exception {
    Path next = Files.createDirectories(temporary.resolve("next"));
    Path kept = Files.copy(page, next.resolve("new.adoc"));
    Files.move(folder, temporary.resolve("old"));
    Files.move(next, folder);
    assertEquals(
        Set.of(page, folder.resolve("topic/a.adoc"), folder.resolve("new.adoc")), watch.await());
    Files.writeString(folder.resolve("new.adoc"), "= Changed\n");
    assertEquals(Set.of(folder.resolve("new.adoc")), watch.await());
    assertTrue(Files.notExists(kept));
  }

  @Test
  void pathsAreBelowTheFolderAsItWasGivenEvenWhereItIsALink() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    try (ContentWatch linked = ContentWatch.over(List.of(link))) {
      Files.writeString(page, "= Other\n");
      assertEquals(Set.of(link.resolve("page.adoc")), linked.await());
    }
  }

  @Test
  void aLinkedFileIsToldWhenWhatItLeadsToChanges() throws Exception {
    Path target = Files.writeString(temporary.resolve("outside.yaml"), "a: 1\n");
    Path link = Files.createSymbolicLink(folder.resolve("linked.yaml"), target);
    assertEquals(Set.of(link), watch.await());
    Files.writeString(target, "a: 1\nb: 2\n");
    assertEquals(Set.of(link), watch.await());
  }

  @Test
  void aLinkThatLeadsBackToItsFolderIsNoLoop() throws Exception {
    Path loop = Files.createSymbolicLink(folder.resolve("topic/loop"), folder);
    assertEquals(Set.of(loop), watch.await());
  }

  @Test
  void aThousandFilesAtOnceAreAllTold() throws Exception {
    Set<Path> written = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      Path topic = Files.createDirectories(folder.resolve("many/" + i % 50));
      written.add(Files.writeString(topic.resolve(i + ".adoc"), "= " + i + "\n"));
    }
    SortedSet<Path> told = new TreeSet<>();
    while (!told.containsAll(written)) {
      told.addAll(watch.await());
    }
    assertEquals(written, told);
  }

  @Test
  void savesInQuickSuccessionAreOneChange() throws Exception {
    Thread editor =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    for (int i = 0; i < 10; i++) {
                      Files.writeString(folder.resolve(i + ".adoc"), "= Page\n");
                      TimeUnit.MILLISECONDS.sleep(10);
                    }
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    // So long that a busy machine may pause between two saves.
    try (ContentWatch patient =
        ContentWatch.over(List.of(folder), Duration.ofSeconds(1), ContentWatch.LOOK_EVERY)) {
      editor.start();
      assertEquals(10, patient.await().size());
      editor.join();
    }
  }

  @Test
  void anEventOfTheFileSystemIsReasonToLook() throws Exception {
    try (ContentWatch byEvents =
        ContentWatch.over(List.of(folder), ContentWatch.QUIET, Duration.ofHours(1))) {
      Thread editor =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      TimeUnit.MILLISECONDS.sleep(200); // by then somebody waits for an event
                      Files.writeString(page, "= Other\n");
                    } catch (IOException | InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertEquals(Set.of(page), byEvents.await());
      editor.join();
    }
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, watch::await);
  }
}
