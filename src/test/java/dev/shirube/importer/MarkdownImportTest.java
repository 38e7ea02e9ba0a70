package dev.shirube.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.asciidoc.PageConverter;
import dev.shirube.importer.MarkdownImport.Imported;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownImportTest {

  private static final Path WIKI = Path.of("src/test/resources/importer/wiki");

  /** Each alone, beside letters and beside each other: what AsciiDoc could take for a mark. */
  private static final List<String> PIECES =
      List.of(
          "語",
          "a",
          "1",
          " ",
          " ",
          "*",
          "**",
          "_",
          "__",
          "`",
          "``",
          "#",
          "##",
          "^",
          "~",
          "+",
          "++",
          "{name}",
          "{",
          "}",
          "<<",
          ">>",
          "[[",
          "]]",
          "[",
          "]",
          "((",
          "))",
          "(C)",
          "--",
          " -- ",
          "...",
          "->",
          "=>",
          "<-",
          "<=",
          "'",
          "\"",
          ":",
          "::",
          " :: ",
          ";;",
          "|",
          "\\",
          "/",
          "//",
          "link:",
          "image:",
          "pass:[",
          "https://e.com/",
          "mailto:a@b.c",
          ".",
          "=",
          "!",
          "&amp;",
          "<1>",
          "kbd:[",
          "stem:[",
          "footnote:[",
          "NOTE:",
          "\n",
          "1.",
          "-",
          "&#x42;");

  private static final List<Diagnostic> complaints = new ArrayList<>();

  @TempDir static Path empty = Path.of("unset");

  private static @Nullable PageConverter converter;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @BeforeAll
  static void startConverter() throws IOException {
    converter = new PageConverter(empty.toRealPath(), complaints::add);
  }

  @AfterAll
  static void closeConverter() {
    Objects.requireNonNull(converter).close();
  }

  @TempDir Path folder = Path.of("unset");

  private Path root = Path.of("unset");

  @BeforeEach
  void findRoot() throws IOException {
    root = folder.toRealPath();
  }

  private Imported wiki() {
    return MarkdownImport.of(WIKI, "old", diagnostics::add);
  }

  private Document html(String asciidoc) {
    complaints.clear();
    String body =
        Objects.requireNonNull(converter)
            .convert(new SourceFile("p.adoc", "p.adoc", asciidoc))
            .body();
    Document html = Jsoup.parse(body);
    assertEquals(List.of(), complaints, asciidoc);
    return html;
  }

  private static String page(Imported imported, String path) {
    return Objects.requireNonNull(imported.pages().get(path));
  }

  private String imported(String markdown) throws IOException {
    Path file = Files.writeString(root.resolve("page.md"), markdown);
    return page(MarkdownImport.of(file, "", diagnostics::add), "page.adoc");
  }

  @Test
  void theNavigationIsThatOfTheSummary() {
    assertEquals(
        List.of(
            "* xref:old/index.adoc[はじめに]",
            "* 運用",
            "** xref:old/operations/trouble.adoc[障害の切り分け]",
            "*** xref:old/operations/trouble.adoc[再起動]",
            "* xref:old/marks.adoc[記号]"),
        wiki().navigation());
  }

  @Test
  void linksFollowTheirPagesAndAnchorsAreMadeWhereTheyAreLedTo() {
    Imported wiki = wiki();
    String home = page(wiki, "old/index.adoc");
    assertTrue(home.contains("xref:operations/trouble.adoc#再起動する[障害の切り分け]"), home);
    assertTrue(home.startsWith("= はじめに\n:description: チームの手順をまとめた古いWiki\n"), home);
    String trouble = page(wiki, "old/operations/trouble.adoc");
    assertTrue(trouble.contains("[#再起動する]\n== 再起動する\n"), trouble);
    assertTrue(trouble.contains("xref:../index.adoc[戻る]"), trouble);
    assertEquals(WIKI.resolve("images/flow.svg"), wiki.files().get("old/images/flow.svg"));
  }

  @Test
  void whatCannotBeToldIsNamedWithItsLineAndKept() {
    String trouble = page(wiki(), "old/operations/trouble.adoc");
    assertTrue(trouble.contains("////\n<table><tr><td>表</td></tr></table>\n////"), trouble);
    assertEquals(
        List.of("unresolved-link 0", "left-out-html 49"),
        diagnostics.stream()
            .map(diagnostic -> diagnostic.code() + " " + diagnostic.location().line())
            .sorted(java.util.Comparator.reverseOrder())
            .toList());
  }

  @Test
  void manifestsAndCommandsComeInAsSkipped() {
    String trouble = page(wiki(), "old/operations/trouble.adoc");
    assertTrue(trouble.contains("[source,console,verify=skip,because="), trouble);
    assertTrue(trouble.contains("[source,yaml,verify=skip,because="), trouble);
  }

  @Test
  void blocksKeepTheirPlaceInLists() {
    Document page = html(page(wiki(), "old/operations/trouble.adoc"));
    Element steps = page.select(".olist").getLast();
    List<Element> items = steps.child(0).children();
    assertEquals(3, items.size(), steps::outerHtml);
    assertEquals(1, items.get(0).select("pre").size());
    assertEquals("STATUSの列を見ます。", items.get(0).select("p").getLast().text());
    assertEquals(5, items.get(1).select("li").size());
    assertEquals("終わったら知らせます。", items.get(1).children().getLast().text());
    assertEquals("直す", items.get(1).child(0).text());
    assertEquals("当番 責任者", page.select(".admonitionblock.warning ol").text());
    assertEquals("中の引用です。", page.select("blockquote blockquote").text());
    assertEquals("中身です。", page.select("details .content").text());
  }

  @Test
  void tablesKeepCellsAndAlignment() {
    Document page = html(page(wiki(), "old/index.adoc"));
    assertEquals("a|b 太字 10", page.select("tbody tr").getLast().text());
    assertEquals(2, page.select("td.halign-right").size());
    assertEquals(1, page.select(".footnotes, #footnotes").size());
  }

  @Test
  void marksOfAsciiDocStayText() throws IOException {
    String markdown = Files.readString(WIKI.resolve("marks.md"));
    assertSameText(markdown, imported(markdown));
  }

  @Test
  void anyTextStaysWhatItWas() throws IOException {
    Random random = new Random(20261124);
    for (int page = 0; page < 12; page++) {
      StringBuilder markdown = new StringBuilder();
      for (int paragraph = 0; paragraph < 60; paragraph++) {
        for (int piece = random.nextInt(1, 9); piece > 0; piece--) {
          markdown.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        markdown.append("\n\n");
      }
      assertSameText(markdown.toString(), imported("# t\n\n" + markdown));
    }
  }

  /** What a reader sees of both, but for the blanks and the form of quotes. */
  private void assertSameText(String markdown, String asciidoc) {
    String expected =
        HtmlRenderer.builder()
            .extensions(List.of(StrikethroughExtension.create()))
            .build()
            .render(
                Parser.builder()
                    .extensions(List.of(StrikethroughExtension.create()))
                    .build()
                    .parse(markdown));
    String of = text(Jsoup.parse(expected));
    String is = text(html(asciidoc));
    int same = 0;
    while (same < Math.min(of.length(), is.length()) && of.charAt(same) == is.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - 30);
    assertEquals(around(of, from), around(is, from));
    assertEquals(of, is);
  }

  private static String around(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + 60));
  }

  private static String text(Document html) {
    return html.text().replaceAll("[\\s\u200b]+", "");
  }
}
