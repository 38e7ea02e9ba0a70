package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.shirube.model.Hit;
import dev.shirube.model.PageKind;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lucene and the search of the browser give the same answers. */
class SearchParityIT {
  private static final int HITS = 10;

  /** Scores are floats; beyond a thousand, as for quoted errors, these have fewer decimals. */
  private static final double SCORE_TOLERANCE = 1e-4;

  /** Lone surrogates survive the way to the browser only behind a backslash. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final String ASK =
      """
      async (queries) => {
        if (!globalThis.shirubeSearch) {
          await new Promise((loaded, failed) => {
            const script = document.createElement("script");
            script.src = "_search/search.js";
            script.onload = loaded;
            script.onerror = failed;
            document.head.append(script);
          });
        }
        const answers = [];
        for (const { text, kind } of JSON.parse(queries)) {
          const found = await shirubeSearch.find(text, { kind });
          const hits = [];
          for (const hit of found.hits) {
            const { anchor, heading, excerpt } = await hit.passage();
            hits.push({
              url: anchor ? hit.url + "#" + anchor : hit.url,
              title: hit.title,
              section: heading,
              kind: hit.kind,
              matchesError: hit.matchesError,
              excerpt: excerpt.map((part) => (part.marked ? `[[${part.text}]]` : part.text)).join(""),
              score: hit.score,
            });
          }
          answers.push({ hits, nearest: found.nearest });
        }
        return JSON.stringify(answers);
      }
      """;

  private static final String EVERY_OTHER_FILE_IS_SLOW =
      """
      () => {
        const append = document.head.append.bind(document.head);
        let files = 0;
        document.head.append = (script) => setTimeout(append, files++ % 2 ? 300 : 0, script);
      }
      """;

  private static final String ASK_TWO_AT_ONCE =
      """
      () => Promise.all([
        shirubeSearch.find("シマウマ 縞模様", {}),
        shirubeSearch.find("首の長いキリン", {}),
      ]).then((answers) => answers.map(({ hits }) => hits[0].url).join(" "))
      """;

  private static final List<String> UNUSUAL =
      List.of(
          "",
          " ",
          "\u0000",
          "~",
          "=pod",
          "#",
          "ー",
          "ッ",
          "pod ".repeat(25_000),
          "ポッド".repeat(33_333),
          "\"".repeat(100_000),
          "\uD800",
          "\uDC00pod\uD83D",
          "😀 pod 𠮷野家",
          "<script>globalThis.pwned = 1</script>",
          "<img src=x onerror=pwned=1> pod",
          "body:pod AND (title:* OR [a TO z])",
          "(a+)+$ .*?[^]\\",
          "' OR 1=1 --",
          "__proto__ constructor toString",
          "ＰＯＤ ﾎﾟｯﾄﾞ が か\u3099 İ ß ǆ",
          "Pod\u200Bの 再\u00AD起動",
          "コンテナ―イメージ",
          "container \"db-operation\" in pod \"db-operation-jlv4t\" is waiting to start: trying and"
              + " failing to pull image",
          "{\"level\":\"error\",\"ts\":\"2026-01-02T03:04:05Z\",\"msg\":\"Failed to pull image\"}",
          "Warning  BackOff  3m (x12 over 5m)  kubelet  Back-off restarting failed container");

  private static final Chromium CHROMIUM = new Chromium();

  @AfterAll
  static void closeTheBrowser() {
    CHROMIUM.close();
  }

  private record Query(String text, String kind) {}

  @Test
  void bothFindTheSameInThisWikiFromDisk() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      context.setOffline(true);
      page.navigate(Chromium.onDisk("index.html"));
      assertParity(queries(400), WikiSite.index(), page);
      assertEquals(List.of(), complaints);
      assertEquals(true, page.evaluate("globalThis.pwned === undefined"));
    }
  }

  @Test
  void bothFindTheSameWhilePagesComeGoAndMove(@TempDir Path folder) throws IOException {
    Path content = folder.resolve("content");
    WikiSite.copy(Path.of("content"), content);
    Path navigation = content.resolve("nav.adoc");
    Files.writeString(navigation, Files.readString(navigation).replace(":strict:", ""));
    write(content, "giraffe", "Giraffe キリン", "キリンのPodは首が長いコンテナです。");
    write(content, "lion", "Lion ライオン", "ライオンのPodはNodeの上で眠ります。");
    Path site = folder.resolve("site");
    WikiSite.publish(content, site, folder.resolve("index"));
    try (SiteServer server = new SiteServer(site);
        BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(server.address("index.html"));
      List<Query> queries = queries(120);
      assertParity(queries, folder.resolve("index"), page);
      page.reload();
      assertFalse(answers(List.of(new Query("Pod", "")), page).get(0).get("hits").isEmpty());
      String before = Files.readString(site.resolve("_search/manifest.js"));

      write(content, "zebra", "Zebra シマウマ", "シマウマのPodは縞模様のコンテナです。");
      Files.move(content.resolve("giraffe.adoc"), content.resolve("okapi.adoc"));
      Files.delete(content.resolve("lion.adoc"));
      WikiSite.publish(content, site, folder.resolve("index"));
      assertNotEquals(before, Files.readString(site.resolve("_search/manifest.js")));

      // The open page has a few files of the old edition; the others are gone, so it starts afresh.
      page.evaluate(EVERY_OTHER_FILE_IS_SLOW);
      assertTwoAtOnceAreAnswered(page);
      List<Query> more = new ArrayList<>();
      for (String text : List.of("シマウマ", "zebura", "キリン", "ライオン", "lion", "縞模様 長い首")) {
        more.add(new Query(text, ""));
      }
      assertParity(more, folder.resolve("index"), page);
      page.reload();
      more.addAll(queries);
      assertParity(more, folder.resolve("index"), page);
      assertTrue(answers(more, page).toString().contains("zebra.html"));
      assertTrue(answers(more, page).toString().contains("okapi.html"));
      assertFalse(answers(more, page).toString().contains("giraffe.html"));
      assertFalse(answers(more, page).toString().contains("lion.html"));
    }
  }

  /** Files of the old edition fail one after the other, some when the new one is known already. */
  private static void assertTwoAtOnceAreAnswered(Page page) {
    assertEquals("zebra.html okapi.html", page.evaluate(ASK_TWO_AT_ONCE));
  }

  private static void assertParity(List<Query> queries, Path index, Page page) {
    JsonNode answers = answers(queries, page);
    try (Searcher searcher = Searcher.open(index)) {
      for (int i = 0; i < queries.size(); i++) {
        Query query = queries.get(i);
        PageKind kind = PageKind.of(query.kind()).orElse(null);
        List<Hit> expected = searcher.search(query.text(), HITS, kind);
        JsonNode actual = answers.get(i);
        String name = query.kind() + " " + JSON.writeValueAsString(shortened(query.text()));
        assertEquals(
            expected.stream().map(SearchParityIT::shown).toList(),
            actual.get("hits").valueStream().map(SearchParityIT::shown).toList(),
            name);
        for (int n = 0; n < expected.size(); n++) {
          double score = expected.get(n).score();
          assertEquals(
              score,
              actual.get("hits").get(n).get("score").asDouble(),
              SCORE_TOLERANCE * Math.max(1, score / 1_000),
              name);
        }
        if (searcher.search(query.text(), 1).isEmpty()) {
          assertEquals(
              searcher.nearestTerms(query.text()),
              actual.get("nearest").valueStream().map(JsonNode::asString).toList(),
              name);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  private static JsonNode answers(List<Query> queries, Page page) {
    return JSON.readTree((String) page.evaluate(ASK, JSON.writeValueAsString(queries)));
  }

  private static Map<String, Object> shown(Hit hit) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("url", hit.url());
    shown.put("title", hit.title());
    shown.put("section", hit.section());
    shown.put("kind", hit.kind().id());
    shown.put("matchesError", hit.matchesError());
    shown.put(
        "excerpt",
        hit.excerpt()
            .replace(String.valueOf(Hit.MARK_START), "[[")
            .replace(String.valueOf(Hit.MARK_END), "]]"));
    return shown;
  }

  private static Map<String, Object> shown(JsonNode hit) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (String field : List.of("url", "title", "section", "kind")) {
      shown.put(field, hit.get(field).asString());
    }
    shown.put("matchesError", hit.get("matchesError").asBoolean());
    shown.put("excerpt", hit.get("excerpt").asString());
    return shown;
  }

  /** What readers may type, right and wrong, from the pages themselves; always the same. */
  private static List<Query> queries(int count) {
    List<String> pages = WikiSite.pages();
    List<Query> queries = new ArrayList<>();
    UNUSUAL.forEach(text -> queries.add(new Query(text, "")));
    Random random = new Random(20261123);
    for (int i = 0; queries.size() < count; i++) {
      String url = pages.get(i % pages.size());
      String text = WikiSite.page(url).select("main").text();
      String[] words = text.split(" ");
      String word = words[random.nextInt(words.length)];
      int start = random.nextInt(Math.max(1, text.length() - 12));
      queries.add(new Query(WikiSite.page(url).select("h1").text(), ""));
      queries.add(new Query(word, i % 3 == 0 ? "case" : ""));
      queries.add(new Query(word.substring(0, (word.length() + 1) / 2), ""));
      queries.add(new Query(slip(word, random), i % 5 == 0 ? "term" : ""));
      queries.add(new Query(text.substring(start, Math.min(text.length(), start + 12)), ""));
      queries.add(new Query(word + " " + words[random.nextInt(words.length)], ""));
    }
    return queries;
  }

  /** Two letters in the wrong order. */
  private static String slip(String word, Random random) {
    if (word.length() < 2) {
      return word;
    }
    int at = random.nextInt(word.length() - 1);
    return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
  }

  private static void write(Path content, String name, String title, String text)
      throws IOException {
    Files.writeString(content.resolve(name + ".adoc"), "= " + title + "\n\n" + text + "\n");
  }
}
