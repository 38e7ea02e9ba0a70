package dev.shirube.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Location;
import dev.shirube.model.OutputChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRewriterTest {

  @TempDir Path folder = Path.of("unset");
  private Path content = Path.of("unset");
  private Path page = Path.of("unset");

  @BeforeEach
  void aPage() throws IOException {
    content = Files.createDirectories(folder.resolve("content"));
    page = Files.writeString(content.resolve("a.adoc"), "one\ntwo\nthree\nfour\n");
  }

  private static OutputChange change(Path file, int line, List<String> was, List<String> now) {
    return new OutputChange(
        IntStream.range(0, was.size())
            .mapToObj(i -> new Location(file.toString(), line + i, 0, was.get(i)))
            .toList(),
        was,
        now);
  }

  private SourceRewriter.Result write(OutputChange... changes) {
    return new SourceRewriter(content).write(List.of(changes));
  }

  private static List<String> why(SourceRewriter.Result result) {
    return result.refused().stream().map(problem -> String.valueOf(problem.why())).toList();
  }

  @Test
  void linesGiveWayToOthersWhateverTheirNumber() throws IOException {
    SourceRewriter.Result result =
        write(
            change(page, 1, List.of("one"), List.of("1", "1b")),
            change(page, 3, List.of("three", "four"), List.of("3")));
    assertEquals(List.of(), result.refused());
    assertEquals("1\n1b\ntwo\n3\n", Files.readString(page));
    try (Stream<Path> files = Files.list(content)) {
      assertEquals(List.of(page), files.toList(), "nothing is left beside it");
    }
  }

  @Test
  void lineBreaksStayAsTheyAre() throws IOException {
    Files.writeString(page, "one\r\ntwo\r\n");
    assertEquals(1, write(change(page, 2, List.of("two"), List.of("2"))).written().size());
    assertEquals("one\r\n2\r\n", Files.readString(page));
  }

  @Test
  void aFileThatHasChangedSinceIsNotTouched() throws IOException {
    Files.writeString(page, "zero\none\ntwo\n");
    SourceRewriter.Result result = write(change(page, 1, List.of("one"), List.of("1")));
    assertEquals(List.of(), result.written());
    assertTrue(
        why(result).getFirst().startsWith("the file has changed since"), why(result)::toString);
    assertEquals("zero\none\ntwo\n", Files.readString(page));
  }

  @Test
  void aFileOutsideOfTheContentIsNotTouchedEvenThroughALink() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.adoc"), "one\n");
    Path link = Files.createSymbolicLink(content.resolve("link.adoc"), outside);
    for (Path file : List.of(outside, link, content.resolve("../outside.adoc"))) {
      assertEquals(
          List.of("the file is not part of the content"),
          why(write(change(file, 1, List.of("one"), List.of("1")))));
    }
    assertEquals("one\n", Files.readString(outside));
  }

  @Test
  void linesOfSeveralFilesAreLeftToTheWriter() throws IOException {
    Path other = Files.writeString(content.resolve("b.adoc"), "two\n");
    OutputChange change =
        new OutputChange(
            List.of(
                new Location(page.toString(), 1, 0, "one"),
                new Location(other.toString(), 1, 0, "two")),
            List.of("one", "two"),
            List.of("1"));
    assertEquals(
        List.of("the lines do not stand one below the other in one file"), why(write(change)));
  }
}
