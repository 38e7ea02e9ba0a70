package dev.shirube;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page does for its reader, in a real Chromium and from disk, on a small site of its own.
 */
class ReaderIT {

  private static final Path FOLDER = Path.of("target/test-reader").toAbsolutePath();

  private static final String NAVIGATION =
      """
      = Reading
      :placeholder-word: a word; example=web
      :placeholder-api_token: what opens the door; example=xxxx

      * xref:index.adoc[]
      * xref:other.adoc[]
      * xref:glossary/pod.adoc[]
      """;

  private static final String INDEX =
      """
      = Commands

      Write `+{word}+` or run `kubectl get pod +{word}+`.

      [#shell,console]
      ----
      $ printf '[%s]' {word}
      $ printf '[%s]' "{word}"
      [a {word} that was printed]
      $ printf '[%s]' '{word}'
      $ printf '[%s]' "$(printf '%s' {word})"
      $ printf '[%s]' pre/{word}/post \\
          "pre {word} post" # it's {word}
      ----

      [#file,yaml]
      ----
      name: {word}
      ----

      [tabs]
      ====
      Linux:: on Linux
      Windows:: on Windows
      ====

      [tabs]
      ====
      macOS:: on macOS
      Windows:: also on Windows
      ====
      """;

  private static final String TERM =
      """
      = Pod
      :description: A unit.
      :name-en: Pod
      :name-ja: ポッド

      A unit.
      """;

  private static final String OTHER =
      """
      = Elsewhere

      A Pod is explained.
      Nothing is here.

      [#log-in,console]
      ----
      $ login --token={api_token} {word}
      ----

      [tabs]
      ====
      Linux:: on Linux
      Windows:: on Windows
      ====
      """;

  /** Keeps what goes to the clipboard, which pages from disk may not read. */
  private static final String WATCH_CLIPBOARD =
      """
      window.copied = null;
      const keep = text => { window.copied = text; return Promise.resolve(); };
      if (navigator.clipboard) {
        navigator.clipboard.writeText = keep;
      }
      document.execCommand = () => keep(document.activeElement.value) && true;
      """;

  /** Keeps every text that a word of the interface had in any frame. */
  private static final String WATCH_WORDS =
      """
      window.seen = new Set();
      requestAnimationFrame(function look() {
        const words = document.querySelector(".values-bar span")?.textContent;
        words && window.seen.add(words);
        requestAnimationFrame(look);
      });
      """;

  /** All Japanese that is said in a page, but for what says that it is Japanese. */
  private static final String JAPANESE =
      """
      [...document.querySelectorAll("head > title, body, body *")].flatMap(element => [
        ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
        ...["aria-label", "title", "placeholder", "alt", "value"].map(name =>
          element.getAttribute(name) ?? ""),
      ].filter(text => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)
        && !element.closest("noscript, body [lang=ja]")))
      """;

  private static final Chromium CHROMIUM = new Chromium();

  @BeforeAll
  static void theSiteIsBuilt() throws Exception {
    Path content = Files.createDirectories(FOLDER.resolve("content"));
    Files.writeString(content.resolve("nav.adoc"), NAVIGATION);
    Files.writeString(content.resolve("index.adoc"), INDEX);
    Files.writeString(content.resolve("other.adoc"), OTHER);
    Files.createDirectories(content.resolve("glossary"));
    Files.writeString(content.resolve("glossary/pod.adoc"), TERM);
    WikiSite.publish(content, FOLDER.resolve("site"), FOLDER.resolve("index"));
  }

  @AfterAll
  static void closeTheBrowser() {
    CHROMIUM.close();
  }

  private static BrowserContext context() {
    BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT);
    context.addInitScript(WATCH_CLIPBOARD);
    return context;
  }

  private static String address(String page) {
    return FOLDER.resolve("site").resolve(page).toUri().toString();
  }

  private static Locator field(Page page, String name) {
    return page.locator(".values label", new Page.LocatorOptions().setHasText("{" + name + "}"))
        .locator("input");
  }

  private static void fill(Page page, String name, String value) {
    if (!page.locator(".values").isVisible()) {
      page.locator(".values-bar button").click();
    }
    field(page, name).fill(value);
  }

  private static String copied(Page page, String block) {
    page.locator("#" + block).hover();
    page.locator("#" + block + " button.copy").click();
    return String.valueOf(page.evaluate("window.copied"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web",
        "two words",
        "'; echo gone; '",
        "\"; echo gone; \"",
        "$(echo gone) `echo gone` $HOME",
        "a\\\\'b\\",
        "* ? ~ [a-z] {a,b} !! & | > /dev/null",
        "=ls",
        "<img src=x onerror=\"document.title='gone'\">",
        "日本 語"
      })
  void aHostileValueStaysOneWordWhereverItStands(String value) throws Exception {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      fill(page, "word", value);
      page.keyboard().press("Escape");

      assertThat(page.locator("#file code")).hasText("name: " + value);
      assertEquals(0, page.locator("code img").count());
      String commands = copied(page, "shell");
      Process shell = new ProcessBuilder("/bin/sh", "-c", commands).start();
      shell.getOutputStream().close();
      String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          "", new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8), commands);
      assertEquals(
          ("[" + value + "]").repeat(4) + "[pre/" + value + "/post][pre " + value + " post]",
          printed,
          commands);
      assertThat(page).hasTitle("Commands | Reading");
    }
  }

  @Test
  void aValueIsThereOnEveryPageAndANameThatIsExplainedStays() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      fill(page, "word", "mine");
      assertThat(page.locator(".body p code").first()).hasText("{word}");
      assertThat(page.locator(".body p code").nth(1)).hasText("kubectl get pod mine");
      assertThat(page.locator("#shell .tok-output").first()).hasText("[a mine that was printed]");
      page.navigate(address("other.html"));
      assertThat(page.locator("#log-in code")).containsText("{api_token} mine");
      assertThat(page.locator(".values-count")).hasText("1/2");

      page.locator(".values-bar button").click();
      page.locator(".values-reset").click();
      assertThat(page.locator("#log-in code")).containsText("{api_token} {word}");
      page.navigate(address("index.html"));
      assertThat(page.locator("#file code")).hasText("name: {word}");
    }
  }

  @Test
  void aSecretIsNeitherShownNorSharedNorKept() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("other.html"));
      fill(page, "word", "a&b=c");
      fill(page, "api_token", "s3cret");
      assertThat(page.locator("#log-in code")).containsText("••••••");
      assertFalse(page.locator("#log-in").textContent().contains("s3cret"));
      page.locator(".values-share").click();
      String link = String.valueOf(page.evaluate("window.copied"));
      assertEquals(address("other.html") + "#values:word=a%26b%3Dc", link);
      page.keyboard().press("Escape");
      assertEquals("login --token=s3cret 'a&b=c'", copied(page, "log-in"));
      page.navigate(address("index.html"));
      page.navigate(address("other.html"));
      assertTrue(copied(page, "log-in").contains("s3cret"), "the tab is still open");

      Page later = context.newPage();
      later.navigate(address("other.html"));
      assertThat(later.locator("#log-in code")).containsText("{api_token} 'a&b=c'");
      assertFalse(
          String.valueOf(later.evaluate("JSON.stringify({...localStorage})")).contains("s3cret"));
    }
  }

  @Test
  void aLinkFillsNothingInBeforeTheReaderAgrees() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(
          address("other.html")
              + "#values:word=%3Cb%3Eevil%00%3C%2Fb%3E&api_token=x&constructor=y&nowhere=z");
      assertThat(page.locator(".values-offered")).hasText("{word}<b>evil</b>");
      assertThat(page.locator("#log-in code")).containsText("{api_token} {word}");
      assertFalse(page.url().contains("evil"), page.url());
      page.locator(".values-accept").click();
      assertThat(page.locator("#log-in code")).containsText("{api_token} '<b>evil</b>'");

      page.navigate(address("index.html") + "#values:word=--kubeconfig%3Devil");
      assertThat(page.locator("#file code")).hasText("name: <b>evil</b>");
      assertThat(page.locator(".values")).isHidden();
    }
  }

  @Test
  void aValueThatWouldBeAnOptionIsRefused() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      fill(page, "word", "--all");
      assertThat(page.locator(".values-refused")).isVisible();
      assertThat(page.locator("#file code")).hasText("name: {word}");
      fill(page, "word", "all");
      assertThat(page.locator(".values-refused")).isHidden();
      assertEquals(List.of(), Chromium.violations(page));
    }
  }

  @Test
  void withoutStorageValuesLastAsLongAsThePage() {
    try (BrowserContext context = context()) {
      context.addInitScript(
          "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window,"
              + " name, { get() { throw new DOMException('forbidden', 'SecurityError'); } });");
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      page.navigate(address("index.html"));
      fill(page, "word", "mine");
      assertThat(page.locator("#file code")).hasText("name: mine");
      page.reload();
      assertThat(page.locator("#file code")).hasText("name: {word}");
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void eachCommandOfASessionCanBeCopiedAloneAndWhatWasCopiedIsSaid() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      Locator said = page.locator(".announcement");
      assertTrue(copied(page, "shell").startsWith("printf '[%s]' {word}\nprintf"), "all of them");
      assertThat(said).hasText("コピーしました: printf '[%s]' {word}（5個のコマンド）");

      Locator prompts = page.locator("#shell .copy-command");
      assertThat(prompts).hasCount(5);
      prompts.last().focus();
      page.keyboard().press("Enter");
      assertEquals(
          "printf '[%s]' pre/{word}/post \\\n    \"pre {word} post\" # it's {word}",
          page.evaluate("window.copied"));
      assertThat(said).hasText("コピーしました: printf '[%s]' pre/{word}/post \\");
      assertTrue(copied(page, "file").equals("name: {word}\n"));
      page.navigate(address("other.html"));
      assertThat(page.locator(".copy-command")).hasCount(0);

      fill(page, "api_token", "s3cret");
      page.keyboard().press("Escape");
      assertTrue(copied(page, "log-in").contains("s3cret"));
      assertThat(said).hasText("コピーしました: login --token=•••••• {word}");
      assertEquals(List.of(), Chromium.violations(page));
    }
  }

  @Test
  void aChosenTabIsOpenWhereverThereIsOneOfItsName() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      assertThat(page.locator(".tab-panel:visible")).hasText(new String[] {"on Linux", "on macOS"});
      page.locator(".tabs label", new Page.LocatorOptions().setHasText("Windows")).first().click();
      assertThat(page.locator(".tab-panel:visible"))
          .hasText(new String[] {"on Windows", "also on Windows"});
      page.navigate(address("other.html"));
      assertThat(page.locator(".tab-panel:visible")).hasText("on Windows");
      page.locator(".tabs label").first().click();
      page.navigate(address("index.html"));
      assertThat(page.locator(".tab-panel:visible"))
          .hasText(new String[] {"on Linux", "also on Windows"});
    }
  }

  @Test
  void aDefinitionCanBePointedAtAndDismissed() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(address("other.html"));
      Locator term = page.locator("a.term");
      Locator tip = page.locator("[role=tooltip]");
      term.hover();
      assertThat(tip).hasText("A unit.");
      assertEquals(List.of(), Chromium.violations(page));
      tip.hover();
      page.waitForTimeout(400); // longer than the way there may take
      assertThat(tip).isVisible();
      page.locator("h1").hover();
      assertThat(tip).isHidden();

      term.focus();
      page.keyboard().press("Shift+Tab");
      page.keyboard().press("Tab");
      assertThat(tip).isVisible();
      assertThat(term).hasAccessibleDescription("A unit.");
      page.keyboard().press("Escape");
      assertThat(tip).isHidden();
      assertThat(term).isFocused();
    }
  }

  @Test
  void aFingerSeesTheDefinitionFirstAndThenFollows() {
    try (BrowserContext context =
        CHROMIUM.context(
            new Browser.NewContextOptions().setHasTouch(true).setViewportSize(390, 844))) {
      Page page = context.newPage();
      page.navigate(address("other.html"));
      Locator tip = page.locator("[role=tooltip]");
      page.locator("a.term").tap();
      assertThat(tip).isVisible();
      assertEquals(0, Chromium.overflow(page));
      page.locator("h1").tap();
      assertThat(tip).isHidden();
      page.locator("a.term").tap();
      page.locator("a.term").tap();
      page.waitForURL("**/glossary/pod.html");
    }
  }

  @Test
  void theInterfaceSpeaksEnglishToWhoChoseIt() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.addInitScript(WATCH_WORDS);
      page.navigate(address("index.html"));
      assertThat(page.locator(".values-bar span").first()).hasText("コマンドに自分の値を入れる");
      page.locator(".settings-button").click();
      page.locator(".settings label", new Page.LocatorOptions().setHasText("English")).click();
      assertThat(page.locator(".values-bar span").first()).hasText("Fill in your own values");
      for (String url : List.of("index.html", "other.html", "search.html", "coverage.html")) {
        page.navigate(address(url));
        assertThat(page.locator(".skip-link")).hasText("Skip to content");
        assertEquals(List.of(), page.evaluate(JAPANESE), url);
        assertEquals(List.of(), Chromium.violations(page), url);
        assertEquals("ja", page.getAttribute("html", "lang"), "the content stays what it is");
        assertEquals("en", page.getAttribute(".skip-link", "lang"));
      }
      page.navigate(address("other.html"));
      assertEquals(List.of("Fill in your own values"), page.evaluate("[...window.seen]"));
      page.locator("#log-in button.copy").click();
      assertThat(page.locator(".announcement")).hasText("Copied: login --token={api_token} {word}");

      page.locator(".settings-button").click();
      page.locator(".settings label", new Page.LocatorOptions().setHasText("日本語")).click();
      assertThat(page.locator(".values-bar span").first()).hasText("コマンドに自分の値を入れる");
    }
  }

  @Test
  void nothingShiftsForAReaderWhoComesBack() {
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.addInitScript(
          "localStorage['shirube-language'] = '\"en\"';"
              + "localStorage['shirube-tabs'] = '[\"Windows\"]';"
              + "localStorage['shirube-color-scheme'] = 'dark';"
              + "localStorage['shirube-values'] = '{\"word\":\"a long value\"}';"
              + "window.shift = 0; new PerformanceObserver(list => { for (const e of"
              + " list.getEntries()) window.shift += e.value; }).observe({type: 'layout-shift',"
              + " buffered: true});");
      page.navigate(address("index.html"));
      assertThat(page.locator("#file code")).hasText("name: a long value");
      assertThat(page.locator(".tab-panel:visible").first()).hasText("on Windows");
      assertEquals("dark", page.evaluate("getComputedStyle(document.documentElement).colorScheme"));
      page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))");
      assertEquals(0.0, ((Number) page.evaluate("window.shift")).doubleValue());
    }
  }

  @Test
  void withoutScriptThereAreNamesAndNoWayToFillThem() {
    try (BrowserContext context =
        CHROMIUM.context(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      page.navigate(address("index.html"));
      assertThat(page.locator("#file code")).hasText("name: {word}");
      assertThat(page.locator(".values-bar")).isHidden();
      assertThat(page.locator(".values")).isHidden();
    }
  }
}
