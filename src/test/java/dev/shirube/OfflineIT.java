package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiki without a network, in a real Chromium. */
class OfflineIT {

  private static final Chromium CHROMIUM = new Chromium();

  /** Ends when one edition alone is kept, and has these words. */
  private static final String AWAIT_KEPT =
      """
      async (words) => {
        for (;;) {
          const names = await caches.keys();
          const page = await (await caches.open(names[0])).match(location.href);
          if (names.length === 1 && page && (await page.text()).includes(words)) {
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      """;

  @TempDir Path folder = Path.of("unset");

  @AfterAll
  static void closeTheBrowser() {
    CHROMIUM.close();
  }

  @Test
  void pagesThatWereNeverOpenedAndTheSearchStillWorkWhenTheServerIsGone() {
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      String address;
      try (SiteServer server = new SiteServer(WikiSite.site())) {
        address = server.address("");
        page.navigate(address + "index.html");
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)");
      }
      page.navigate(address + "glossary/pod.html");
      assertEquals("Pod", page.locator("main h1").textContent());
      page.navigate(address + "search.html?q=ImagePullBackOff");
      page.locator("main .search-result").first().waitFor();
    }
  }

  @Test
  void aNewEditionIsReadAtOnceAndThenKept() throws Exception {
    Path content = folder.resolve("content");
    Files.createDirectories(content);
    Files.writeString(content.resolve("index.adoc"), "= Old\n\nAn old page.\n");
    Path site = folder.resolve("site");
    WikiSite.publish(content, site, folder.resolve("index"));
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      String address;
      try (SiteServer server = new SiteServer(site)) {
        address = server.address("index.html");
        page.navigate(address);
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)");
        Files.writeString(content.resolve("index.adoc"), "= New\n\nA new page.\n");
        WikiSite.publish(content, site, folder.resolve("index"));
        page.navigate(address);
        assertEquals("New", page.locator("main h1").textContent());
        page.evaluate(AWAIT_KEPT, "A new page.");
      }
      page.navigate(address);
      assertEquals("New", page.locator("main h1").textContent());
    }
  }

  @Test
  void theArchiveIsTheSiteFromDiskWithoutWhatOnlyAServerCanDo() throws Exception {
    Path archive = WikiSite.site().resolve("site.zip");
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    assertFalse(Files.exists(folder.resolve("site.zip")));
    String size = "%.1f MB".formatted(Files.size(archive) / 1e6);
    assertTrue(Files.readString(WikiSite.site().resolve("index.html")).contains(size));
    try (BrowserContext context = CHROMIUM.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      page.navigate(folder.resolve("index.html").toUri().toString());
      assertEquals(0, page.locator("a[href$='.zip'], script[data-worker]").count());
      page.navigate(folder.resolve("search.html").toUri() + "?q=Pod");
      page.locator("main .search-result").first().waitFor();
      assertEquals(List.of(), complaints);
    }
  }
}
