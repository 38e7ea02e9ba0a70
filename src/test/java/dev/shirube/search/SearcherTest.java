package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Glossary;
import dev.shirube.model.Hit;
import dev.shirube.model.PageKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class SearcherTest {
  private static final String POD = "glossary/pod.html";
  private static final String IMAGE_PULL = "cases/image-pull.html";
  private static final String CRASH = "cases/crash.html";

  @TempDir static Path directory = Path.of("unset"); // of the class: it is there before all tests
  private Searcher searcher = unopened();

  @BeforeAll
  void index() {
    new Indexer(directory).index(TestPages.pages(), TestPages.glossary());
    searcher = Searcher.open(directory);
  }

  @AfterAll
  void close() throws IOException {
    searcher.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ポッド", "Pod", "pods", "ＰＯＤ", "ﾎﾟｯﾄﾞ", "po", "最小単位"})
  void everyNameLeadsToTheTerm(String name) {
    assertEquals(POD, page(first(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "イメージが取得できない",
        "trying and failing to pull image",
        "ImagePullBackOff",
        "imagepullbackoff",
        "ErrImagePull",
        "プライベートレジストリ",
      })
  void aCaseIsFoundByItsNamesAndItsLogs(String query) {
    assertEquals(IMAGE_PULL, page(first(query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CrashLoopBackOff", "crash loop", "crashloop", "crash loop back off"})
  void anIdentifierIsFoundInItsParts(String query) {
    assertEquals(CRASH, page(first(query)));
  }

  @ParameterizedTest
  @CsvSource({
    "deplyment, glossary/deployment.html",
    "デプロイメーント, glossary/deployment.html",
    "kontena, glossary/container.html",
    "depuroimento, glossary/deployment.html",
    "revisionHistry, glossary/deployment.html",
    "ロールバ, glossary/deployment.html",
    "クラッシュ, cases/crash.html",
  })
  void misspellingsRomajiAndBeginningsAreUnderstood(String query, String page) {
    assertEquals(page, page(first(query)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to pull image \"registry.example.com/team/app:v2\": rpc error: code = Unknown",
        "kubelet[812]: E1123 00:01:02.3 1 pod.go:12] Failed to pull image \"x\": rpc error: code ="
            + " 5",
      })
  void aLogLineOfAnotherPodLeadsToTheCase(String line) {
    assertEquals(IMAGE_PULL, page(first(line)));
  }

  @Test
  void theEventsAtTheEndOfALongDescriptionLeadToTheCase() {
    String description =
        "Name:  web-7d9c5-x2x5k\nNamespace:  default\n"
            + "    Mounts:\n      /var/run/secrets from kube-api-access-9x2kd (ro)\n".repeat(100)
            + "Events:\n  Warning  Failed  3s (x2 over 9s)  kubelet  Failed to pull image"
            + " \"web:v7\": rpc error: code = NotFound\n";
    assertTrue(description.length() > 4_000);
    assertEquals(IMAGE_PULL, page(first(description)));
    assertTrue(first(description).matchesError());
  }

  @Test
  void onlyAPageThatQuotesTheErrorMatchesIt() {
    List<Hit> hits = searcher.search("Failed to pull image \"api:v2\": not found", 10);
    assertTrue(hits.get(0).matchesError());
    assertEquals(1, hits.stream().filter(Hit::matchesError).count());
    assertFalse(first("pull").matchesError());
  }

  @Test
  void aKindCanBeAskedFor() {
    assertTrue(pages("Pod").contains(POD));
    assertEquals(
        List.of(PageKind.CASE),
        searcher.search("Pod", 10, PageKind.CASE).stream().map(Hit::kind).distinct().toList());
    assertEquals(List.of(), searcher.search("Pod", 10, PageKind.HOME));
  }

  @Test
  void whatFindsNothingHasNearestTerms() {
    assertEquals(List.of(), searcher.search("コントロール", 10));
    assertEquals(List.of("コンテナ"), searcher.nearestTerms("コントロール"));
    assertEquals(List.of(), searcher.nearestTerms("が、を"));
  }

  @Test
  void aQuotedErrorBeatsAPageThatRepeatsItsWords() {
    List<Hit> hits = searcher.search("Failed to pull image \"api:v2\": not found", 10);
    assertEquals(
        List.of(IMAGE_PULL, "guide/pull.html"), hits.stream().map(this::page).limit(2).toList());
    assertTrue(hits.get(0).score() > 2 * hits.get(1).score());
  }

  @Test
  void theRestartOfAnotherPodLeadsToTheCase() {
    assertEquals(
        CRASH,
        page(
            first(
                "12s Warning BackOff pod/api-7f9-zxcvb Back-off restarting failed container main in"
                    + " pod api-7f9-zxcvb_prod(9f8e-77)")));
  }

  @Test
  void whatHasTheWholeQueryForANameComesFirst() {
    List<Hit> hits = searcher.search("レジストリ の 設定", 10);
    assertEquals("guide/pull.html", page(hits.get(0)));
    assertTrue(hits.get(0).score() > 100);
    assertTrue(hits.get(1).score() < 100);
  }

  @Test
  void aSearchNameLeadsToTheTermButNotBack() {
    assertTrue(pages("Docker").contains("glossary/container.html"));
    assertFalse(pages("コンテナ").contains("glossary/docker.html"));
  }

  @Test
  void theHitLeadsToTheBestSection() {
    Hit hit = first("ロールバック 前の版");
    assertEquals("glossary/deployment.html#rollback", hit.url());
    assertEquals("前の版に戻す", hit.section());
    assertEquals("Deployment", hit.title());
    assertEquals(PageKind.TERM, hit.kind());
  }

  @Test
  void theTextBeforeTheFirstHeadingIsThePageItself() {
    Hit hit = first("デプロイする最小の単位");
    assertEquals(POD, hit.url());
    assertEquals("", hit.section());
  }

  @Test
  void matchedWordsAreMarkedInTheExcerpt() {
    String excerpt =
        first("ImagePullBackOff").excerpt().replace(Hit.MARK_START, '[').replace(Hit.MARK_END, ']');
    assertTrue(excerpt.contains("[ImagePullBackOff]"), excerpt);
  }

  @Test
  void codeIsSearched() {
    assertEquals("glossary/deployment.html#rollback", first("revisionHistoryLimit").url());
  }

  @Test
  void theLimitHolds() {
    assertEquals(2, searcher.search("Pod", 2).size());
  }

  @Test
  void whatNoPageSaysFindsNothing() {
    assertEquals(List.of(), searcher.search("ブロックチェーン", 10));
    assertEquals(List.of(), searcher.search("xyzzy", 10));
  }

  static List<String> hostile() {
    return List.of(
        "",
        " ",
        "\u0000",
        "~",
        "ー",
        "a".repeat(100_000),
        "ポッド".repeat(33_333),
        "pod ".repeat(25_000),
        "\"".repeat(100_000),
        "\uD800",
        "\uDC00pod\uD83D",
        "𠮷野家",
        "body:pod AND (title:* OR [a TO z])",
        "pod~2 \"pod pod\"~3 pod^1e9 +-!(){}[]^\"~*?:\\/",
        "(a+)+$",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\uE000pod\uE001",
        "\uFDFA".repeat(1_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileQueryIsAQuery(String query) {
    assertTrue(searcher.search(query, 10).size() <= 10);
  }

  @Test
  void syntaxIsNoSyntax() {
    assertEquals(pages("pod"), pages("+pod*"));
    assertEquals(pages("ポッド"), pages("\"ポッド\"~"));
  }

  @Test
  void anIndexCanBeReplacedWhileItIsOpen(@TempDir Path folder) throws IOException {
    Indexer indexer = new Indexer(folder);
    indexer.index(TestPages.pages(), TestPages.glossary());
    try (Searcher old = Searcher.open(folder)) {
      indexer.index(TestPages.pages().subList(0, 1), new Glossary(List.of()));
      assertEquals(IMAGE_PULL, page(old.search("ImagePullBackOff", 1).get(0)));
    }
    try (Searcher fresh = Searcher.open(folder)) {
      assertEquals(List.of(), fresh.search("ImagePullBackOff", 1));
    }
  }

  @Test
  void aSiteWithoutPagesHasAnEmptyIndex(@TempDir Path folder) throws IOException {
    new Indexer(folder).index(List.of(), new Glossary(List.of()));
    try (Searcher empty = Searcher.open(folder)) {
      assertEquals(List.of(), empty.search("Pod", 10));
    }
  }

  @Test
  void aMissingIndexIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> Searcher.open(missing));
    assertTrue(String.valueOf(failure.getMessage()).contains(missing.toString()));
  }

  private Hit first(String query) {
    List<Hit> hits = searcher.search(query, 10);
    assertFalse(hits.isEmpty(), query);
    return hits.get(0);
  }

  private List<String> pages(String query) {
    return searcher.search(query, 10).stream().map(this::page).toList();
  }

  private String page(Hit hit) {
    int anchor = hit.url().indexOf('#');
    return anchor < 0 ? hit.url() : hit.url().substring(0, anchor);
  }

  @SuppressWarnings("NullAway") // Set before each test.
  private static Searcher unopened() {
    return null;
  }
}
