package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMemoryTest {

  private static final Optional<String> KNOWN = Optional.of("3 snippets: 3 proven");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void aCheckIsRemembered() throws IOException {
    Files.createDirectories(folder.resolve("content/eks"));
    Files.writeString(folder.resolve("content/index.adoc"), "text");
    Files.writeString(folder.resolve("content/eks/a.adoc"), "text");
    memory("strict", NOON).keep(KNOWN.orElseThrow());
    assertEquals(KNOWN, recall());
  }

  private CheckMemory memory(String settings, Instant now) {
    return new CheckMemory(
        folder.resolve("target"),
        List.of(folder.resolve("content"), folder.resolve("fixtures")),
        settings,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private Optional<String> recall() {
    return memory("strict", NOON).recall();
  }

  @Test
  void aByteThatChangesIsNoticedAndItsReturnToo() throws IOException {
    Path page = folder.resolve("content/eks/a.adoc");
    Files.writeString(page, "texT");
    assertEquals(Optional.empty(), recall());
    Files.writeString(page, "text");
    assertEquals(KNOWN, recall());
  }

  @Test
  void aFileThatComesGoesOrMovesIsNoticed() throws IOException {
    Path page = folder.resolve("content/eks/a.adoc");
    Path other = folder.resolve("content/eks/b.adoc");
    Files.move(page, other);
    assertEquals(Optional.empty(), recall());
    Files.delete(other);
    assertEquals(Optional.empty(), recall());
    Files.writeString(page, "text");
    Files.writeString(folder.resolve("content/new.yaml"), "");
    assertEquals(Optional.empty(), recall());
  }

  @Test
  void aFolderThatWasNotThereIsNoticed() throws IOException {
    Files.createDirectories(folder.resolve("fixtures"));
    Files.writeString(folder.resolve("fixtures/a.yaml"), "kind: Pod");
    assertEquals(Optional.empty(), recall());
  }

  @Test
  void aChangeBehindALinkIsNoticed() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("c.adoc"), "text");
    Files.createSymbolicLink(folder.resolve("content/linked"), elsewhere);
    memory("strict", NOON).keep(KNOWN.orElseThrow());
    assertEquals(KNOWN, recall());
    Files.writeString(elsewhere.resolve("c.adoc"), "texT");
    assertEquals(Optional.empty(), recall());
  }

  @Test
  void aLinkThatLeadsInACircleOnlyCostsTime() throws IOException {
    Files.createSymbolicLink(folder.resolve("content/round"), folder.resolve("content"));
    memory("strict", NOON).keep("another");
    assertEquals(Optional.empty(), recall());
  }

  @Test
  void otherSettingsAreAnotherCheck() {
    assertEquals(Optional.empty(), memory("lenient", NOON).recall());
  }

  @Test
  void onAnotherDayAReasonForSkippingMayHaveEnded() {
    assertEquals(KNOWN, memory("strict", NOON.plus(Duration.ofHours(11))).recall());
    assertEquals(Optional.empty(), memory("strict", NOON.plus(Duration.ofHours(12))).recall());
  }

  @Test
  void whatIsNoMemoryIsNotRecalled() throws IOException {
    Files.writeString(folder.resolve("target/last-check"), "x\ny\nz\n");
    assertEquals(Optional.empty(), recall());
    Files.write(folder.resolve("target/last-check"), new byte[] {(byte) 0xff, '\n'});
    assertEquals(Optional.empty(), recall());
  }
}
