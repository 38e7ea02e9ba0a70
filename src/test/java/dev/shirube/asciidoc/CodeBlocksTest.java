package dev.shirube.asciidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.CodeBlock;
import dev.shirube.model.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every line of a listing says where it was written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeBlocksTest {

  private Path root = Path.of("unset");
  private final List<String> problems = new ArrayList<>();
  private PageConverter converter;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    root = folder.toRealPath();
    converter = new PageConverter(root, problem -> problems.add(problem.what()));
  }

  @AfterAll
  void end() {
    converter.close();
  }

  @Test
  void linesOfThePageItself() throws IOException {
    assertEquals(
        List.of("page.adoc:5 kind: Pod", "page.adoc:6 metadata:"),
        lines(
            """
            text

            [source#pod,yaml,verify=apply]
            ----
            kind: Pod
            metadata:
            ----
            """));
  }

  @Test
  void linesOfAnIncludedFileAndThoseAfterIt() throws IOException {
    Files.writeString(root.resolve("pod.yaml"), "kind: Pod\nspec:\n");
    assertEquals(
        List.of("page.adoc:2 # a", "pod.yaml:1 kind: Pod", "pod.yaml:2 spec:", "page.adoc:4 # b"),
        lines(
            """
            ----
            # a
            include::pod.yaml[]
            # b
            ----
            """));
  }

  @Test
  void linesOfATagOfAFileThatIncludesAnother() throws IOException {
    Files.writeString(root.resolve("inner.yaml"), "x: 1\ny: 2\n");
    Files.writeString(
        root.resolve("outer.adoc"),
        """
        no: 0
        # tag::part[]
        a: 1
        # end::part[]
        no: 1
        # tag::part[]
        include::inner.yaml[lines=2]
        b: 2
        # end::part[]
        """);
    assertEquals(
        List.of("outer.adoc:3 a: 1", "inner.yaml:2 y: 2", "outer.adoc:8 b: 2"),
        lines(
            """
            ----
            include::outer.adoc[tag=part]
            ----
            """));
  }

  @Test
  void linesThatAConditionLeavesOutAreNotCounted() throws IOException {
    assertEquals(
        List.of("page.adoc:3 a", "page.adoc:5 b"),
        lines(
            """
            ----
            ifndef::no-such-attribute[]
            a
            endif::[]
            b
            ----
            """));
  }

  @Test
  void linesThatAConditionTookOutAreSkipped() throws IOException {
    assertEquals(
        List.of("page.adoc:5 b", "page.adoc:6 c"),
        lines(
            """
            ----
            ifdef::no-such-attribute[]
            a
            endif::[]
            b
            c
            ----
            """));
  }

  @Test
  void aFileThatTwoBlocksIncludeFirstThingIsFoundForEach() throws IOException {
    Files.writeString(root.resolve("pod.yaml"), "kind: Pod\n");
    String page =
        """
        ----
        include::pod.yaml[]
        # one
        ----

        [source,yaml,verify=skip]
        ----
        include::pod.yaml[]
        # two
        ----
        """;
    assertEquals(
        List.of(
            "pod.yaml:1 kind: Pod",
            "page.adoc:3 # one",
            "pod.yaml:1 kind: Pod",
            "page.adoc:9 # two"),
        lines(page));
    assertEquals(6, blocks(page).getLast().attributeLocation().line());
  }

  @Test
  void blocksOfListsExamplesAndIncludedPages() throws IOException {
    Files.writeString(root.resolve("part.adoc"), "words\n\n----\nin part\n----\n");
    assertEquals(
        List.of("page.adoc:4 in list", "page.adoc:9 in example", "part.adoc:4 in part"),
        lines(
            """
            * item
            +
            ----
            in list
            ----

            ====
            ----
            in example
            ----
            ====

            include::part.adoc[]
            """));
  }

  @Test
  void aParagraphFencesAndAnIndentation() throws IOException {
    assertEquals(
        List.of("page.adoc:2 one", "page.adoc:5 two", "page.adoc:10 three"),
        lines(
            """
            [source,yaml]
            one

            ```yaml
            two
            ```

            [source,yaml,indent=0]
            ----
                three
            ----
            """));
  }

  @Test
  void calloutsAreNotPartOfTheText() throws IOException {
    assertEquals(
        List.of("page.adoc:3 a: 1", "page.adoc:4 b: <2>c"),
        lines(
            """
            [source,yaml]
            ----
            a: 1 # <1>
            b: <2>c <2> <3>
            ----
            <1> one
            <2> two
            <3> three
            """));
  }

  @Test
  void attributesAndTheirLine() throws IOException {
    CodeBlock block =
        blocks(
                """
                [.cause]
                .A title
                [source#bad%background,console,verify=run,within=90s]
                ----
                $ x
                ----
                """)
            .getFirst();
    assertEquals("bad", block.id());
    assertEquals("console", block.language());
    assertEquals(List.of("cause"), block.roles());
    assertEquals("90s", block.attributes().get("within"));
    assertEquals("", block.attributes().get("background-option"));
    assertEquals(3, block.attributeLocation().line());
  }

  @Test
  void anIdIsMadeWhereThereIsNone() throws IOException {
    assertEquals(
        List.of("code-1", "own", "code-3"),
        blocks("----\na\n----\n\n[#own]\n----\nb\n----\n\n----\nc\n----\n").stream()
            .map(CodeBlock::id)
            .toList());
  }

  private List<String> lines(String page) throws IOException {
    List<String> lines = new ArrayList<>();
    for (CodeBlock block : blocks(page)) {
      for (int i = 0; i < block.lines().size(); i++) {
        lines.add(
            block.locations().get(i).file()
                + ":"
                + block.locations().get(i).line()
                + " "
                + block.lines().get(i));
      }
    }
    return lines;
  }

  private List<CodeBlock> blocks(String page) throws IOException {
    problems.clear();
    Files.writeString(root.resolve("page.adoc"), page);
    List<CodeBlock> blocks =
        converter.convert(new SourceFile("page.adoc", "page.adoc", page)).codeBlocks();
    assertEquals(List.of(), problems);
    return blocks;
  }
}
