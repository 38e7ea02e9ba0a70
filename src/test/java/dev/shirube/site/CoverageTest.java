package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the site says of the proofs as a whole, with the project's own theme. */
class CoverageTest {

  private static final String SNIPPETS =
      """
      [source#config,yaml]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      ----

      [source#wait,console,verify=skip,because="needs <b>a day</b> & more"]
      ----
      $ sleep 86400
      ----

      """;

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void twoPagesOfWhichOneIsProven() throws IOException {
    write("nav.adoc", "= Site\n:kubernetes: 1.37, 1.35\n\n* xref:index.adoc[]\n* xref:x/b.adoc[]\n");
    write("index.adoc", "= <script>alert(1)</script>\n\n" + SNIPPETS);
    assertEquals(0, run("verify", "--cluster=none", "--kubernetes=1.37"));
    write(
        "x/b.adoc",
        "= B\n:kind: case\n\n[.symptom]\n== S\n\n[.cause]\n== C\n\n[.solution]\n== D\n\n"
            + SNIPPETS
            + "[source#old,yaml,verify=apply,k8s=..1.30]\n----\napiVersion: v1\nkind: ConfigMap\n"
            + "metadata: {name: a}\n----\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve("content").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int run(String command, String... more) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                command,
                "--content=" + folder.resolve("content"),
                "--fixtures=" + folder.resolve("fixtures"),
                "--receipts=" + folder.resolve("receipts")));
    words.addAll(List.of(more));
    words.add(
        command.equals("build")
            ? "--index=" + folder.resolve("index")
            : "--reports=" + folder.resolve("reports"));
    return Main.run(writer, writer, words.toArray(String[]::new));
  }

  private Path build(String name) {
    Path site = folder.resolve(name);
    assertEquals(0, run("build", "--output=" + site));
    return site;
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(Files.readString(build("site").resolve(name)));
  }

  private static List<String> cells(Element row) {
    return row.select("> th, > td").eachText();
  }

  @Test
  void itSaysHowMuchIsProvenOnWhichVersionAndOfWhichPage() throws IOException {
    Document page = page("coverage.html");
    assertEquals(
        List.of("5", "80.0 %", "0.0 %", "3"), page.select(".coverage-totals dd").eachText());
    List<Element> rows = page.select("table").get(0).select("tbody tr");
    assertEquals(
        List.of("1.37", "5", "1", "0", "0", "1", "3", "0", "1", "0.0 %"), cells(rows.get(0)));
    assertEquals(
        List.of("1.35", "5", "0", "0", "0", "0", "3", "0", "2", "–"), cells(rows.get(1)));
    Element row = page.selectFirst("tr[id=index.adoc]");
    assertTrue(row != null);
    assertEquals("1.37", row.select("td").get(8).text());
    assertEquals("_receipts/index.json", row.select("a[type]").attr("href"));
  }

  @Test
  void eachReasonStandsWithItsPlaceAndSoDoesWhatIsOpen() throws IOException {
    Document page = page("coverage.html");
    assertEquals(
        List.of(
            "<script>alert(1)</script> #wait: needs <b>a day</b> & more",
            "B #wait: needs <b>a day</b> & more",
            "B #old: Kubernetes ..1.30 の例"),
        page.select("#skipped + ul li").eachText());
    assertEquals(
        List.of(
            "<script>alert(1)</script> #config: 一部のバージョンで未確認 (Kubernetes 1.35)",
            "B #config: 未確認"),
        page.select("#open + ul li").eachText());
    assertEquals(
        List.of("index.html#config", "x/b.html#config"),
        page.select("#open + ul a").eachAttr("href"));
  }

  @Test
  void titlesAndReasonsAreText() throws IOException {
    String html = Files.readString(build("site").resolve("coverage.html"));
    assertFalse(html.contains("<script>alert"), html);
    assertFalse(html.contains("<b>a day"), html);
  }

  @Test
  void eachOrderHasAllPages() throws IOException {
    Document page = page("coverage.html");
    assertEquals(4, page.select(".coverage-order").size());
    for (Element order : page.select(".coverage-order")) {
      assertEquals(2, order.select("tbody tr").size());
    }
    assertEquals(
        "B", page.select("[data-order=proven] tbody th").getFirst().text(), "the least proven");
  }

  @Test
  void everyPageLeadsToIt() throws IOException {
    assertEquals(
        "../coverage.html",
        page("x/b.html").select(".page-facts a.coverage").attr("href"));
  }

  @Test
  void theSameReceiptsGiveTheSameBytes() throws IOException {
    Path first = build("first");
    Path second = build("second");
    for (String file : List.of("coverage.html", "coverage.json")) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
    JsonNode json = JsonMapper.shared().readTree(Files.readString(first.resolve("coverage.json")));
    assertEquals(5, json.at("/total/snippets").asInt());
    assertEquals("needs <b>a day</b> & more", json.at("/pages/0/snippets/1/because").asString());
  }
}
