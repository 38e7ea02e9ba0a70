package dev.shirube.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SourceFile;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class MarkdownTwinsTest {

  private static Page page(String path, String body) {
    return new Page(
        new SourceFile(path, path, ""),
        path.replace(".adoc", ".html"),
        PageKind.GUIDE,
        "ポッド*とは*",
        "一文の説明。",
        Map.of(),
        body,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String markdown(String body) {
    List<SiteFile> twins =
        MarkdownTwins.of(List.of(page("eks/a.adoc", body), page("glossary/pod.adoc", "")));
    SiteFile.Text twin = (SiteFile.Text) twins.getFirst();
    assertEquals("eks/a.md", twin.path());
    return twin.content();
  }

  /** As a reader of Markdown sees it. */
  private static Document read(String body) {
    var tables = List.of(TablesExtension.create());
    return Jsoup.parse(
        HtmlRenderer.builder()
            .extensions(tables)
            .build()
            .render(Parser.builder().extensions(tables).build().parse(markdown(body))));
  }

  @Test
  void theTitleAndWhatLooksLikeMarkdownStayText() {
    Document page = read("<p>a * b * c, _x_ と &lt;b&gt; 1. # [x](y)</p>");
    assertEquals("ポッド*とは*", page.select("h1").text());
    assertEquals("一文の説明。", page.select("blockquote").text());
    assertEquals("a * b * c, _x_ と <b> 1. # [x](y)", page.select("body > p").text());
  }

  @Test
  void codeKeepsItsLinesItsLanguageAndItsFences() {
    Document page =
        read(
            "<pre><code data-lang=\"yaml\">a:\n  - ```\n  <span>b</span> "
                + "<b class=\"conum\" data-value=\"1\">1</b></code></pre>");
    assertEquals(
        "a:\n  - ```\n  b (1)\n", page.select("pre > code.language-yaml").get(0).wholeText());
  }

  @Test
  void linksLeadToTwinsOnlyWhereThereIsOne() {
    assertEquals(
        List.of(
            "../glossary/pod.md#details", "../coverage.html", "#here", "https://x.example/a.html"),
        read("<p><a href=\"../glossary/pod.html#details\">Pod</a> <a"
                + " href=\"../coverage.html\">c</a> <a href=\"#here\">h</a> <a"
                + " href=\"https://x.example/a.html\">x</a></p>")
            .select("a")
            .eachAttr("href"));
  }

  @Test
  void tablesKeepTheirCellsWhateverIsInThem() {
    Document page =
        read(
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td><p><code>x|y</code>"
                + "</p></td><td><p>一</p><p>二</p></td></tr><tr><td></td><td>z | w</td></tr></tbody>"
                + "</table>");
    assertEquals(List.of("A", "B"), page.select("th").eachText());
    assertEquals(
        List.of("x|y", "一 二", "", "z | w"),
        page.select("td").stream().map(cell -> cell.text()).toList());
  }

  @Test
  void admonitionsTabsAndDescriptionsSayWhatTheyAre() {
    Document page =
        read(
            "<div class=\"admonition tip\"><p class=\"admonition-title\">ヒント</p><div"
                + " class=\"admonition-body\"><p>本文</p></div></div><dl><dt>語</dt><dd><p>意味</p>"
                + "<pre>code</pre></dd></dl><div class=\"tabs\"><input type=\"radio\"><label>Linux"
                + "</label><div class=\"tab-panel\"><p>L</p></div></div>");
    assertEquals("ヒント 本文", page.select("blockquote").get(1).text());
    assertEquals("語 意味 code", page.select("li").text());
    assertEquals("code\n", page.select("li pre code").get(0).wholeText());
    assertEquals(List.of("Linux", "L"), page.select("body > p").eachText());
  }

  @Test
  void emphasisBesidePunctuationIsStillEmphasis() {
    Document page = read("<p>これは<strong>「重要」</strong>です。<strong>とても</strong>。</p>");
    assertEquals(List.of("「重要」", "とても"), page.select("strong").eachText());
  }
}
