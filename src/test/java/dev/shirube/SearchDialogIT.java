package dev.shirube;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search as a reader uses it, in a real Chromium on the built wiki. */
class SearchDialogIT {

  private static final String ERROR =
      "container \"db-operation\" in pod \"db-operation-jlv4t\" is waiting to start:"
          + " trying and failing to pull image";
  private static final String CASE = "troubleshooting/image-pull-back-off-case-1.html";

  /** Milliseconds for an answer whose files are there. */
  private static final double LONGEST_ANSWER = 50;

  /** Keeps what the engine was asked and what it has answered, and holds back what waits. */
  private static final String WATCH_ENGINE =
      """
      window.asked = [];
      window.answered = [];
      window.held = new Map();
      let engine;
      Object.defineProperty(globalThis, "shirubeSearch", {
        get: () => engine,
        set(real) {
          engine = {
            ...real,
            async find(text, options) {
              asked.push(text);
              const answer = await real.find(text, options);
              await held.get(text)?.promise;
              answered.push(text);
              return answer;
            },
          };
        },
      });
      """;

  /** Is on no page, but begins like words that are. */
  private static final String UNKNOWN = "コントロラブル";

  private static final Chromium CHROMIUM = new Chromium();
  private static final SiteServer SERVER = new SiteServer(WikiSite.site());

  @AfterAll
  static void closeTheBrowser() {
    CHROMIUM.close();
    SERVER.close();
  }

  private static String onServer(String url) {
    return SERVER.address(url);
  }

  private static Page open(BrowserContext context, String address) {
    context.addInitScript(WATCH_ENGINE);
    Page page = context.newPage();
    page.navigate(address);
    return page;
  }

  private static Locator field(Page page) {
    return page.locator(".search [role=combobox]");
  }

  private static Locator results(Page page) {
    return page.locator(".search [role=option]");
  }

  private static Locator button(Page page, String name) {
    return page.locator(".search button").getByText(name);
  }

  /** Types into the dialog and waits for an answer to be shown. */
  private static void search(Page page, String text) {
    if (!field(page).isVisible()) {
      page.keyboard().press("/");
    }
    field(page).fill(text);
    page.waitForFunction("text => window.answered.includes(text)", text);
  }

  private static String highlighted(Page page) {
    return String.valueOf(
        page.evaluate("[...(CSS.highlights.get('search') ?? [])].map(String).join('|')"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theKeyboardAloneLeadsToTheSectionWithItsWordsMarked(boolean fromDisk) {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      context.setOffline(fromDisk);
      String root = fromDisk ? Chromium.onDisk("") : onServer("");
      Page page = open(context, root + "glossary/pod.html");
      List<String> complaints = Chromium.complaints(page);
      page.keyboard().press("/");
      assertThat(field(page)).isFocused();
      assertThat(field(page)).hasValue("");
      page.keyboard().insertText(ERROR);
      assertThat(results(page).first().locator(".error")).isVisible();
      assertThat(results(page).last().locator(".error")).isHidden();
      assertThat(field(page)).hasAttribute("aria-expanded", "true");

      page.keyboard().press("ArrowDown");
      assertThat(results(page).first()).hasAttribute("aria-selected", "true");
      page.keyboard().press("ArrowUp");
      assertThat(results(page).last()).hasAttribute("aria-selected", "true");
      page.keyboard().press("ArrowDown");
      String first = results(page).first().getAttribute("id");
      assertThat(field(page)).hasAttribute("aria-activedescendant", first);
      assertThat(field(page)).isFocused();

      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile(Pattern.quote(CASE + "#symptom") + "$"));
      assertTrue(page.url().startsWith(root), page.url());
      assertTrue(highlighted(page).contains("waiting"), highlighted(page));
      assertThat(page.locator("#symptom")).isInViewport();
      page.keyboard().press("Escape");
      assertEquals("", highlighted(page));
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void theDialogHandsBackTheFocusAndOpensWithEveryShortcut() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("index.html"));
      Locator dialog = page.locator("dialog.search-dialog");
      Locator door = page.locator(".site-search input");
      door.click();
      assertThat(field(page)).isFocused();
      page.keyboard().press("Escape");
      assertThat(dialog).isHidden();
      assertThat(door).isFocused();
      for (String shortcut : List.of("Control+k", "Meta+k", "/")) {
        page.keyboard().press(shortcut);
        assertThat(field(page)).isFocused();
        page.mouse().click(5, 400);
        assertThat(dialog).isHidden();
      }
      page.keyboard().press("Control+/");
      assertThat(dialog).isHidden();
      page.keyboard().press("/");
      page.keyboard().press("/");
      assertThat(field(page)).hasValue("/");
    }
  }

  @Test
  void controlEnterOpensTheResultInATabOfItsOwn() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("index.html"));
      search(page, ERROR);
      Page other = context.waitForPage(() -> page.keyboard().press("Control+Enter"));
      other.waitForURL(Pattern.compile("#symptom$"));
      assertThat(field(page)).hasValue(ERROR);
    }
  }

  @Test
  void enterWaitsForTheAnswerToWhatStandsInTheField() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("index.html"));
      search(page, "etcd");
      assertThat(results(page).first()).containsText("etcd");
      field(page).fill("kubelet");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("/glossary/kubelet\\.html"));
    }
  }

  @Test
  void whileAnInputMethodComposesNothingIsSearchedNorOpened() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.addInitScript(WATCH_ENGINE);
      page.clock().install();
      page.navigate(onServer("index.html"));
      page.keyboard().press("/");
      page.keyboard().insertText("Pod ");
      page.clock().runFor(1_000);
      assertThat(results(page).first()).isVisible();

      CDPSession session = context.newCDPSession(page);
      JsonObject composed = new JsonObject();
      composed.addProperty("text", "いめーじ");
      composed.addProperty("selectionStart", 4);
      composed.addProperty("selectionEnd", 4);
      session.send("Input.imeSetComposition", composed);
      assertThat(field(page)).hasValue("Pod いめーじ");
      page.clock().runFor(1_000);
      page.keyboard().down("Enter");
      page.clock().runFor(1_000);

      JsonObject committed = new JsonObject();
      committed.addProperty("text", "イメージ");
      session.send("Input.insertText", committed);
      page.clock().runFor(1_000);
      page.waitForFunction("() => window.answered.includes('Pod イメージ')");
      assertEquals(List.of("", "Pod", "Pod イメージ"), page.evaluate("window.asked"));
      assertTrue(page.url().endsWith("/index.html"), page.url());
      assertThat(field(page)).isVisible();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void axeFindsNothing(ColorScheme scheme) {
    try (BrowserContext context = CHROMIUM.context(scheme)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      search(page, ERROR);
      page.keyboard().press("ArrowDown");
      assertThat(results(page).first().locator("mark").first()).isVisible();
      assertEquals(List.of(), Chromium.violations(page), "results");
      search(page, UNKNOWN);
      assertThat(page.locator(".search-nearest")).isVisible();
      assertEquals(List.of(), Chromium.violations(page), "nothing found");
      page.evaluate("localStorage.setItem('shirube-recent-searches', '[\"Pod\"]')");
      button(page, "閉じる").click();
      page.reload();
      page.keyboard().press("/");
      assertThat(button(page, "Pod")).isVisible();
      assertEquals(List.of(), Chromium.violations(page), "recent searches");
      page.navigate(Chromium.onDisk("search.html") + "?q=Pod");
      assertThat(results(page)).hasCount(20);
      assertEquals(List.of(), Chromium.violations(page), "search page");
    }
  }

  /** Expressions, for not every string survives the way into the browser. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'<img src=x onerror=\"window.pwned = 1\">'",
        "'<script>window.pwned = 1</script>'",
        "'\"><svg onload=window.pwned=1>'",
        "'javascript:window.pwned=1'",
        "'${window.pwned = 1}{{constructor.constructor(1)()}}'",
        "'(a+)+$ [ \\\\ .* ^ $& $1'",
        "'+title:(Pod OR *) AND NOT field:[a TO z] ~0.5 \"x\"~3 /re.*gex/ Pod^9'",
        "'Pod \\ud83d Pod \\udc00'",
        "'__proto__ constructor toString'",
        "'\\u0000\\u0001\\u202e\\ufeff'",
        "'%E0%A4%A %00 &q=x#y?z'",
        "'a'.repeat(100000)",
        "'Pod イメージ '.repeat(12500)",
        "'コンテナ'.repeat(25000)",
        "' '.repeat(99999) + 'x'",
      })
  void noQueryIsExecutedOrSlow(String query) {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      List<String> complaints = Chromium.complaints(page);
      page.keyboard().press("/");
      page.evaluate(
          "() => {"
              + ("const query = " + query + ";")
              + "const field = document.querySelector('.search [role=combobox]');"
              + "field.value = query; window.query = field.value.trim();"
              + "field.dispatchEvent(new InputEvent('input', { bubbles: true })); }");
      page.waitForFunction("() => query === '' || answered.includes(query)");
      assertThat(page.locator(".search-body")).containsText(Pattern.compile("\\S"));
      double fastest =
          Double.parseDouble(
              String.valueOf(
                  page.evaluate(
                      """
                      async () => {
                        let fastest = Infinity;
                        for (let i = 0; i < 5; i++) {
                          const start = performance.now();
                          await shirubeSearch.find(query);
                          fastest = Math.min(fastest, performance.now() - start);
                        }
                        return fastest;
                      }
                      """)));
      assertTrue(fastest < LONGEST_ANSWER, fastest + " ms");
      assertThat(page.locator(".search :is(script, img, iframe, [onload])")).hasCount(0);

      Object deepLink =
          page.evaluate(
              """
              new URL(
                "../search.html?" +
                  new URLSearchParams({ q: query.slice(0, 1000), kind: query.slice(0, 1000) }),
                location,
              ).href
              """);
      page.navigate(deepLink.toString());
      assertThat(page.locator(".search-body")).containsText(Pattern.compile("\\S"));
      assertEquals(true, page.evaluate("window.pwned === undefined"));
      page.navigate(
          deepLink.toString().replaceAll("search\\.html\\?q=", "glossary/pod.html?highlight="));
      assertEquals(true, page.evaluate("window.pwned === undefined"));
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void aKindNarrowsTheResultsAndNeverHidesThemForGood() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      search(page, "Pod");
      Locator kinds = page.locator(".search-kinds");
      assertThat(kinds.getByLabel("すべて")).isChecked();
      assertThat(kinds.locator("label:has-text('用語集')")).isHidden();
      kinds.getByLabel("すべて").focus();
      for (String kind : List.of("用語", "手順", "事例")) {
        page.keyboard().press("ArrowRight");
        Locator label = kinds.locator("label:has(:checked)");
        assertThat(label).containsText(kind);
        int count = Integer.parseInt(label.locator(".count").innerText());
        assertThat(results(page).filter(new Locator.FilterOptions().setHasText(kind)))
            .hasCount(Math.min(count, 10));
        assertThat(results(page)).hasCount(Math.min(count, 10));
      }
      search(page, "crio"); // of which no case tells
      assertThat(results(page)).hasCount(0);
      button(page, "すべての種類で探す").click();
      assertThat(results(page).first()).containsText("CRI-O");
      assertThat(kinds.getByLabel("すべて")).isChecked();
      assertThat(field(page)).isFocused();
    }
  }

  @Test
  void searchesThatLedSomewhereAreOfferedAgainButNoLongOnes() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("eks/setup.html"));
      for (String text : List.of("etcd", "kubelet", ERROR + " password=secret".repeat(10))) {
        search(page, text);
        assertThat(results(page).first()).isVisible();
        String before = page.url();
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.equals(before));
      }
      page.keyboard().press("/");
      Locator recent = page.locator(".search-recent li");
      assertThat(recent).hasText(new String[] {"kubelet", "etcd"});
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(field(page)).hasValue("etcd");
      assertThat(results(page).first()).containsText("etcd");
      page.getByLabel("入力を消す").click();
      page.getByLabel("「etcd」を最近の検索から消す").click();
      assertThat(recent).hasText(new String[] {"kubelet"});
      button(page, "すべて消す").click();
      assertThat(recent).hasCount(0);
      assertFalse(String.valueOf(page.evaluate("JSON.stringify(localStorage)")).contains("etcd"));
    }
  }

  @Test
  void forbiddenStorageForbidsNothingElse() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      context.addInitScript(
          "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })");
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      List<String> complaints = Chromium.complaints(page);
      search(page, "etcd");
      assertThat(results(page).first()).isVisible();
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("etcd\\.html"));
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void nothingFoundOffersTheNearestTerms() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      search(page, UNKNOWN);
      assertThat(page.locator(".search-text")).hasText(UNKNOWN);
      assertThat(page.locator(".search-status")).hasText("見つかりませんでした");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(results(page).first()).isVisible();
      assertThat(page.locator(".search-status")).hasText(Pattern.compile("^[1-9]\\d* 件の結果$"));
      assertNotEquals(UNKNOWN, field(page).inputValue());
    }
  }

  @Test
  void theSearchPageFollowsItsAddressAndItsAddressFollowsTheField() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("search.html?q=Pod&kind=term"));
      assertThat(page.locator("meta[name=robots]")).hasAttribute("content", "noindex");
      assertThat(field(page)).hasValue("Pod");
      assertThat(results(page)).hasCount(20);
      assertThat(results(page).locator(".kind").getByText("用語")).hasCount(20);
      page.locator(".search-kinds").getByLabel("事例").check();
      page.waitForURL(Pattern.compile("\\?q=Pod&kind=case$"));
      assertThat(results(page).first().locator(".kind")).hasText("事例");

      field(page).fill("db-operation 取得");
      page.waitForURL(url -> url.contains("db-operation"));
      String asked = page.url();
      page.waitForFunction("() => answered.includes('db-operation 取得')");
      results(page).first().click();
      page.waitForURL(Pattern.compile("/troubleshooting/"));
      page.goBack();
      assertEquals(asked, page.url());
      assertThat(field(page)).hasValue("db-operation 取得");
      assertThat(page.locator(".search-kinds :checked")).hasValue("case");
      assertThat(results(page).first()).isVisible();
    }
  }

  @Test
  void moreResultsFollowThoseThatAreThere() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      search(page, "Pod");
      assertThat(results(page)).hasCount(10);
      page.getByText("すべての結果").click();
      page.waitForURL(Pattern.compile("search\\.html\\?q=Pod$"));
      assertThat(results(page)).hasCount(20);
      String last = results(page).last().innerText();
      button(page, "さらに表示").click();
      assertThat(results(page)).hasCount(40);
      assertTrue(results(page).nth(19).innerText().startsWith(last.lines().findFirst().get()));
      assertThat(results(page).nth(20)).isFocused();
      page.keyboard().press("ArrowDown");
      assertThat(results(page).nth(21)).hasAttribute("aria-selected", "true");
    }
  }

  @Test
  void withoutScriptTheFieldLeadsToAPageThatHelps() {
    try (BrowserContext context =
        CHROMIUM.context(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      page.navigate(Chromium.onDisk("eks/setup.html"));
      page.locator(".site-search input").fill("Pod");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("/search\\.html\\?q=Pod$"));
      assertThat(page.locator("main .search-message").getByText("JavaScriptが必要です")).isVisible();
      page.locator("main .choice[href*=glossary]").first().click();
      page.waitForURL(Pattern.compile("/glossary/index\\.html$"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390})
  void aPhoneShowsTheDialogOnItsWholeScreenAndScrollsItNowhereSideways(int width) {
    try (BrowserContext context =
        CHROMIUM.context(
            new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setIsMobile(true)
                .setHasTouch(true))) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      page.locator(".search-link").tap();
      for (String text : List.of(ERROR, "Pod", UNKNOWN + "x".repeat(500))) {
        search(page, text);
        assertEquals(
            List.of(width, 800),
            page.evaluate(
                """
                (({ width, height }) => [width, height])(
                  document.querySelector("dialog[open]").getBoundingClientRect())
                """));
        assertEquals(0, Chromium.overflow(page), text);
        assertEquals(
            List.of(),
            page.evaluate(
                """
                [...document.querySelectorAll(".search, .search-body, .search-kinds, .search-list")]
                  .filter((box) => box.scrollWidth > box.clientWidth)
                  .map((box) => box.className)
                """),
            text);
      }
      page.navigate(Chromium.onDisk("search.html") + "?q=Pod");
      assertThat(results(page)).hasCount(20);
      assertEquals(0, Chromium.overflow(page));
    }
  }

  @Test
  void anAnswerThatComesTooLateIsDropped() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      page.evaluate(
          """
          const gate = {};
          gate.promise = new Promise((open) => (gate.open = open));
          held.set("etcd", gate);
          """);
      page.keyboard().press("/");
      field(page).fill("etcd");
      page.waitForFunction("() => asked.includes('etcd')");
      assertThat(page.locator(".search-loading")).isVisible();
      search(page, "kubelet");
      assertThat(results(page).first().locator(".title")).hasText("kubelet");
      page.evaluate("held.get('etcd').open()");
      page.waitForFunction("() => answered.includes('etcd')");
      assertThat(results(page).first().locator(".title")).hasText("kubelet");
      assertThat(page.locator(".search-loading")).isHidden();
    }
  }

  @Test
  void linesOfAPastedLogStayWordsOfTheirOwn() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, Chromium.onDisk("eks/setup.html"));
      page.keyboard().press("/");
      page.evaluate(
          """
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Warning  Failed\\r\\n  pull image\\n");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
          """);
      assertThat(field(page)).hasValue("Warning Failed pull image ");
      assertThat(results(page).first()).isVisible();
    }
  }

  @Test
  void aSearchThatCannotLoadSaysSoAndTriesAgain() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = open(context, onServer("index.html"));
      page.route("**/_search/search.js", Route::abort);
      page.keyboard().press("/");
      field(page).fill("etcd");
      assertThat(button(page, "もう一度試す")).isVisible();
      page.unroute("**/_search/search.js");
      button(page, "もう一度試す").click();
      assertThat(results(page).first()).containsText("etcd");
    }
  }
}
