package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.shirube.model.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleIndexTest {

  @TempDir private Path folder = Path.of("unset");

  /** Started in another process by the tests. */
  public static void main(String[] arguments) {
    new Indexer(Path.of(arguments[0])).index(TestPages.pages(), TestPages.glossary());
  }

  @Test
  void twoProcessesWriteTheSameBytes() throws Exception {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    indexInAnotherProcess(one, "-XX:+UseSerialGC");
    indexInAnotherProcess(other, "-XX:-UseCompressedOops");
    assertSameFiles(one, other);
  }

  @Test
  void aSecondBuildReplacesTheFirstAndKeepsOtherFiles() throws IOException {
    Path fresh = folder.resolve("fresh");
    Path replaced = folder.resolve("replaced");
    main(new String[] {fresh.toString()});
    new Indexer(replaced).index(TestPages.pages().subList(0, 2), TestPages.glossary());
    Files.writeString(replaced.resolve("README"), "mine");
    main(new String[] {replaced.toString()});
    Files.delete(replaced.resolve("README"));
    assertSameFiles(fresh, replaced);
  }

  @Test
  void otherPagesGiveAnotherId() throws IOException {
    List<Page> pages = TestPages.pages();
    new Indexer(folder.resolve("all")).index(pages, TestPages.glossary());
    new Indexer(folder.resolve("some")).index(pages.subList(0, 3), TestPages.glossary());
    byte[] all = Files.readAllBytes(folder.resolve("all/segments_1"));
    byte[] some = Files.readAllBytes(folder.resolve("some/segments_1"));
    assertNotEquals(Arrays.toString(all), Arrays.toString(some));
  }

  @Test
  void luceneFindsNothingWrongWithTheIndex() throws IOException {
    main(new String[] {folder.toString()});
    try (Directory directory = FSDirectory.open(folder);
        CheckIndex check = new CheckIndex(directory)) {
      CheckIndex.Status status = check.checkIndex();
      assertEquals(true, status.clean);
      assertEquals(1, status.numSegments);
    }
  }

  private static void indexInAnotherProcess(Path directory, String option) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                ReproducibleIndexTest.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
  }

  private static void assertSameFiles(Path one, Path other) throws IOException {
    SortedMap<String, byte[]> expected = files(one);
    SortedMap<String, byte[]> actual = files(other);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }

  private static SortedMap<String, byte[]> files(Path directory) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }
}
