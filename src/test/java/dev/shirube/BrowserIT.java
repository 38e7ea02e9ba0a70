package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
          "citations.html");

  private static final Playwright PLAYWRIGHT =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private static final Browser BROWSER =
      PLAYWRIGHT
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(chromium())
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));

  private static Path chromium() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no chromium on PATH: apt-get install chromium"));
  }

  @BeforeAll
  static void theSiteIsBuilt() {
    assertTrue(Files.exists(WikiSite.site().resolve("index.html")));
  }

  @AfterAll
  static void closeTheBrowser() {
    BROWSER.close();
    PLAYWRIGHT.close();
  }

  private static BrowserContext context(ColorScheme scheme) {
    return BROWSER.newContext(
        new Browser.NewContextOptions()
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setLocale("ja-JP")
            .setViewportSize(1280, 900));
  }

  private static String onDisk(String url) {
    return WikiSite.site().resolve(url).toUri().toString();
  }

  private static List<String> complaints(Page page) {
    List<String> complaints = new ArrayList<>();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequestFailed(request -> complaints.add("failed: " + request.url()));
    return complaints;
  }

  @Test
  void noPageComplainsOrLeavesTheDiskWhenReadFromDisk() {
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = complaints(page);
      page.onRequest(
          request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
              complaints.add("left the disk: " + request.url());
            }
          });
      for (String url : WikiSite.pages()) {
        if (!url.equals("404.html")) {
          page.navigate(onDisk(url));
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
    copy(WikiSite.site(), prefix);
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = complaints(page);
      page.navigate(
          "http://127.0.0.1:" + server.getAddress().getPort() + "/team%20wiki/eks/setup.html");
      page.locator("nav a[href$='port-forward.html']").first().click();
      assertTrue(page.url().endsWith("/team%20wiki/eks/port-forward.html"), page.url());
      assertEquals(List.of(), complaints);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void axeFindsNothing(ColorScheme scheme) {
    try (BrowserContext context = context(scheme)) {
      Page page = context.newPage();
      for (String url : PAGES) {
        page.navigate(onDisk(url));
        List<String> violations =
            new AxeBuilder(page)
                .analyze().getViolations().stream()
                    .map(
                        rule ->
                            rule.getId()
                                + " at "
                                + rule.getNodes().stream()
                                    .map(n -> n.getTarget().toString())
                                    .toList())
                    .toList();
        assertEquals(List.of(), violations, url);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void nothingSticksOutOfTheScreen(int width) {
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.setViewportSize(width, 800);
      for (String url : PAGES) {
        page.navigate(onDisk(url));
        Object overflow =
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0, overflow, url + " at " + width);
      }
    }
  }

  @Test
  void aPageCanBeReadWithoutScript() {
    try (BrowserContext context =
        BROWSER.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      page.navigate(onDisk("eks/setup.html"));
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
  void copyingASessionCopiesItsCommandsOnly() {
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      // Reading the clipboard is not allowed to pages from disk, so the write is watched instead.
      page.addInitScript(
          "navigator.clipboard && (navigator.clipboard.writeText = t => { window.copied = t; return Promise.resolve(); })");
      page.addInitScript(
          "document.execCommand = () => { window.copied = String(document.activeElement.value || getSelection()); return true; }");
      page.navigate(onDisk("eks/setup.html"));
      Locator session = page.locator(".listingblock:has(code.language-console)").first();
      session.hover();
      session.locator("button").click();
      String copied = String.valueOf(page.evaluate("window.copied"));
      assertTrue(copied.startsWith("aws "), copied);
      assertFalse(copied.contains("$ "), copied);
    }
  }

  @Test
  void theChosenSchemeIsKept() {
    try (BrowserContext context = context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(onDisk("index.html"));
      String light = background(page);
      page.locator("header button").last().click();
      String dark = background(page);
      assertFalse(light.equals(dark), light);
      page.navigate(onDisk("eks/setup.html"));
      assertEquals(dark, background(page));
    }
  }

  private static String background(Page page) {
    return String.valueOf(
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
  }

  private static void copy(Path from, Path to) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
