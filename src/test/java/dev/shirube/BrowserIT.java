package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wiki in a real Chromium: from disk and under a prefix on a server. */
class BrowserIT {

  private static final List<String> PAGES =
      List.of(
          "index.html",
          "architecture/index.html",
          "glossary/index.html",
          "glossary/pod.html",
          "building/service-discovery.html",
          "eks/setup.html",
          "troubleshooting/index.html",
          "troubleshooting/image-pull-back-off-case-1.html",
          "citations.html",
          "concept-map.html",
          "coverage.html");

  private static final Chromium CHROMIUM = new Chromium();

  @BeforeAll
  static void theSiteIsBuilt() {
    assertTrue(Files.exists(WikiSite.site().resolve("index.html")));
  }

  @AfterAll
  static void closeTheBrowser() {
    CHROMIUM.close();
  }

  @Test
  void noPageComplainsOrLeavesTheDiskWhenReadFromDisk() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      page.onRequest(
          request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
              complaints.add("left the disk: " + request.url());
            }
          });
      for (String url : WikiSite.pages()) {
        if (!url.equals("404.html")) {
          page.navigate(Chromium.onDisk(url));
          assertFalse(page.title().isBlank(), url);
        }
      }
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void theSiteWorksUnderAPrefix() throws Exception {
    Path root = Files.createDirectories(Path.of("target/test-prefix").toAbsolutePath());
    Path prefix = root.resolve("team wiki");
    WikiSite.copy(WikiSite.site(), prefix);
    try (SiteServer server = new SiteServer(root);
        BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      page.navigate(server.address("team%20wiki/eks/setup.html"));
      page.locator("nav a[href$='port-forward.html']").first().click();
      assertTrue(page.url().endsWith("/team%20wiki/eks/port-forward.html"), page.url());
      assertEquals(List.of(), complaints);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void axeFindsNothing(ColorScheme scheme) {
    try (BrowserContext context = CHROMIUM.context(scheme)) {
      Page page = context.newPage();
      for (String url : PAGES) {
        page.navigate(Chromium.onDisk(url));
        assertEquals(List.of(), Chromium.violations(page), url);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void nothingSticksOutOfTheScreen(int width) {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.setViewportSize(width, 800);
      for (String url : PAGES) {
        page.navigate(Chromium.onDisk(url));
        assertEquals(0, Chromium.overflow(page), url + " at " + width);
      }
    }
  }

  @Test
  void aFirstViewOfAnyPageWeighsNoMoreThanSixtyKilobytes() throws Exception {
    Map<Path, Integer> sizes = new HashMap<>();
    for (String url : WikiSite.pages()) {
      Path file = WikiSite.site().resolve(url);
      int sum = zipped(file);
      for (Element part : Jsoup.parse(file).select("link[rel=stylesheet], script[src]")) {
        String way = part.attr("href") + part.attr("src");
        Path theme = WikiSite.site().resolve(way.substring(way.indexOf("_theme/")));
        if (!sizes.containsKey(theme)) {
          sizes.put(theme, zipped(theme));
        }
        sum += sizes.get(theme);
      }
      assertTrue(sum <= 60 * 1024, url + ": " + sum);
      assertTrue(sum > zipped(file), url + " has neither style nor script");
    }
  }

  private static int zipped(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      Files.copy(file, zip);
    }
    return bytes.size();
  }

  @Test
  void aPageCanBeReadWithoutScript() {
    try (BrowserContext context =
        CHROMIUM.context(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      page.navigate(Chromium.onDisk("eks/port-forward.html"));
      assertTrue(page.locator("main h1").isVisible());
      Locator panels = page.locator(".tab-panel");
      assertTrue(panels.first().isVisible());
      assertFalse(panels.nth(1).isVisible());
      page.locator(".tabs label").nth(1).click();
      assertTrue(panels.nth(1).isVisible());
      assertFalse(panels.first().isVisible());
    }
  }

  @Test
  void aTermOfTheConceptMapStandsOutWithItsNeighboursAndOpensAtTheSecondClick() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(Chromium.onDisk("concept-map.html"));
      Locator node = page.locator("#map-replicaset");
      node.click();
      List<String> near =
          page.locator(".map-node.near").all().stream()
              .map(each -> each.getAttribute("data-id"))
              .toList();
      assertTrue(near.containsAll(List.of("deployment", "pod")), near.toString());
      assertFalse(near.contains("etcd"), near.toString());
      assertTrue(page.locator(".map-chosen").textContent().contains("Deployment"));
      node.click();
      page.waitForURL("**/glossary/replicaset.html");
      page.locator(".map-link a").click();
      page.waitForURL("**/concept-map.html#map-replicaset");
      assertEquals(1, page.locator("#map-replicaset.chosen").count());
      String close = page.locator(".map-drawing").getAttribute("viewBox");
      page.locator("#map-replicaset").focus();
      page.keyboard().press("0");
      String whole = page.locator(".map-drawing").getAttribute("viewBox");
      assertFalse(whole.equals(close), whole);
      page.keyboard().press("+");
      assertFalse(page.locator(".map-drawing").getAttribute("viewBox").equals(whole), whole);
      page.keyboard().press("Enter");
      page.waitForURL("**/glossary/replicaset.html");
    }
  }

  @Test
  void theCoverageIsSortedWithoutScript() {
    try (BrowserContext context =
        CHROMIUM.context(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      page.navigate(Chromium.onDisk("coverage.html"));
      Locator orders = page.locator(".coverage-order");
      assertTrue(orders.first().isVisible());
      assertFalse(orders.nth(1).isVisible());
      page.locator(".coverage-orders label").nth(1).click();
      assertFalse(orders.first().isVisible());
      assertTrue(orders.nth(1).isVisible());
    }
  }

  @Test
  void copyingASessionCopiesItsCommandsOnly() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      // Reading the clipboard is not allowed to pages from disk, so the write is watched instead.
      page.addInitScript(
          "navigator.clipboard && (navigator.clipboard.writeText = t => { window.copied = t; return"
              + " Promise.resolve(); })");
      page.addInitScript(
          "document.execCommand = () => { window.copied = String(document.activeElement.value ||"
              + " getSelection()); return true; }");
      page.navigate(Chromium.onDisk("eks/setup.html"));
      Locator session = page.locator(".listingblock:has(code.language-console)").first();
      session.hover();
      session.locator("button.copy").click();
      String copied = String.valueOf(page.evaluate("window.copied"));
      assertTrue(copied.startsWith("aws "), copied);
      assertFalse(copied.contains("$ "), copied);
    }
  }

  @Test
  void theChosenSchemeIsKept() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(Chromium.onDisk("index.html"));
      String light = background(page);
      page.locator(".settings-button").click();
      page.locator(".settings [value=dark]").check();
      String dark = background(page);
      assertFalse(light.equals(dark), light);
      page.navigate(Chromium.onDisk("eks/setup.html"));
      assertEquals(dark, background(page));
      page.locator(".settings-button").click();
      assertTrue(page.locator(".settings [value=dark]").isChecked());
      assertEquals(List.of(), Chromium.violations(page));
      page.locator(".settings [value=system]").check();
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertEquals(dark, background(page));
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      assertEquals(light, background(page));
    }
  }

  private static String background(Page page) {
    return String.valueOf(
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
  }
}
