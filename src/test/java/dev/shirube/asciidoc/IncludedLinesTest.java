package dev.shirube.asciidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the selection of lines against Asciidoctor's own. */
class IncludedLinesTest {

  private static final String FILE =
      """
      start
      # tag::a[]
      in a
      # tag::b[]
      in a and b
      # end::b[]
      in a again
      # end::a[]
      between
      # tag::c[]
      in c
      # end::c[]
      end
      """;

  private static final SourceFile SOURCE = new SourceFile("f.txt", "f.txt", FILE);

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag=a",
        "tag=b",
        "tags=a;c",
        "tags=a;!b",
        "tags=!b",
        "tags=*",
        "tags=**",
        "tags=**;*",
        "tags=!*",
        "tags=*;!c",
        "tags=**;!*",
        "tag=!a",
        "lines=2..4",
        "lines=1;5..6",
        "lines=12..",
        "lines=11..-1",
        "lines=3",
        "x=y"
      })
  void theSameLinesAreSelectedAsByAsciidoctor(String attribute) throws Exception {
    java.nio.file.Files.writeString(folder.resolve("f.txt"), FILE);
    String expected;
    try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
      expected =
          asciidoctor
              .load(
                  "----\ninclude::f.txt[" + attribute + "]\n----\n",
                  Options.builder().safe(SafeMode.SAFE).baseDir(folder.toFile()).build())
              .getBlocks()
              .getFirst()
              .getContent()
              .toString();
    }
    int equals = attribute.indexOf('=');
    Map<String, Object> attributes =
        Map.of(attribute.substring(0, equals), attribute.substring(equals + 1));
    List<String> problems = new ArrayList<>();
    IncludedLines lines =
        IncludedLines.select(SOURCE, attributes, (code, what) -> problems.add(what));
    assertEquals(expected, lines.text().stripTrailing());
    assertEquals(List.of(), problems);
  }

  @Test
  void aMissingTagAndAnOpenTagAreReported() {
    List<String> problems = new ArrayList<>();
    IncludedLines.select(
        new SourceFile("f.txt", "f.txt", "# tag::open[]\nx\n"),
        Map.of("tags", "open;gone"),
        (code, what) -> problems.add(what));
    assertEquals(
        List.of("the tag \"open\" in f.txt has no end", "there is no tag \"gone\" in f.txt"),
        problems);
  }

  @Test
  void aRangeThatIsNoRangeIsReported() {
    List<String> problems = new ArrayList<>();
    IncludedLines.select(SOURCE, Map.of("lines", "two"), (code, what) -> problems.add(what));
    assertEquals(List.of("\"two\" is not a line range such as 3..7"), problems);
  }
}
