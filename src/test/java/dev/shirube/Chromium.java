package dev.shirube;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser of this machine, and what tests ask of every page that it shows. */
final class Chromium implements AutoCloseable {

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(executable())
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no chromium on PATH: apt-get install chromium"));
  }

  /** A reader at a desk. */
  BrowserContext context(ColorScheme scheme) {
    return context(
        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 900));
  }

  /** A reader in Japan whom animations bother; they would also bother screenshots. */
  BrowserContext context(Browser.NewContextOptions options) {
    return browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE).setLocale("ja-JP"));
  }

  /** The address of a page of the wiki on disk. */
  static String onDisk(String url) {
    return WikiSite.site().resolve(url).toUri().toString();
  }

  /** A list that fills with all that goes wrong on a page from now on. */
  static List<String> complaints(Page page) {
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

  /** What axe has to say against a page. */
  static List<String> violations(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .map(
                rule ->
                    rule.getId()
                        + " at "
                        + rule.getNodes().stream().map(n -> n.getTarget().toString()).toList())
            .toList();
  }

  /** By how many pixels a page is wider than its window. */
  static Object overflow(Page page) {
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
