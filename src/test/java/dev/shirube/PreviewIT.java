package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.shirube.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code shirube preview} on the project's own wiki, in a real browser. */
@Timeout(180)
class PreviewIT {

  private static final int EDITS = 30;

  /** What a writer can bear on a busy machine; the median printed is the figure that counts. */
  private static final Duration BEARABLE = Duration.ofSeconds(2);

  private static final Pattern ADDRESS = Pattern.compile("preview: (http://\\S+/)");

  @TempDir Path folder = Path.of("unset");

  @Test
  void aSaveIsSeenAtOnceAndWhatIsWrongStandsInThePage() throws Exception {
    Path content = folder.resolve("content");
    WikiSite.copy(Path.of("content"), content);
    Path file = content.resolve("glossary/pod.adoc");
    String source = Files.readString(file);
    StringWriter printed = new StringWriter();
    Thread preview = preview(content, printed);
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.context(ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> complaints = Chromium.complaints(page);
      page.navigate(address(printed, preview) + "glossary/pod.html");

      List<Long> millis = new ArrayList<>();
      for (int edit = 0; edit < EDITS; edit++) {
        page.evaluate("scrollTo(0, 300)");
        millis.add(saveAndSee(page, file, source, "編集" + edit + "回目。"));
        assertEquals(300, ((Number) page.evaluate("scrollY")).intValue(), "the place is kept");
      }
      Collections.sort(millis);
      long median = (millis.get(EDITS / 2 - 1) + millis.get(EDITS / 2)) / 2;
      System.out.printf(
          Locale.ROOT, "save to page: median %d ms of %d edits, %s%n", median, EDITS, millis);
      assertTrue(median < BEARABLE.toMillis(), "median " + median + " ms");

      Files.writeString(file, source + "\nxref:podd.adoc[]\n");
      page.waitForSelector(".preview-overlay .preview-error");
      String overlay = page.innerText(".preview-overlay");
      assertTrue(overlay.contains("pod.adoc:" + (source.lines().count() + 2)), overlay);
      assertTrue(overlay.contains("no page \"podd\""), overlay);
      assertTrue(overlay.contains("fix: did you mean \"pod.adoc\"?"), overlay);
      assertTrue(page.content().contains("編集" + (EDITS - 1)), "the last good page stays");
      assertTrue(printed.toString().contains("[unresolved-xref]"), printed.toString());
      assertEquals(List.of(), Chromium.violations(page));

      Files.writeString(file, source);
      page.waitForFunction(
          "() => document.querySelector('.preview-overlay').hidden"
              + " && !document.body.textContent.includes('編集')");
      assertEquals(List.of(), complaints);
    } finally {
      preview.interrupt();
      preview.join();
    }
  }

  /** How long it took until the browser had loaded the page as it was saved. */
  private static long saveAndSee(Page page, Path file, String source, String words)
      throws IOException {
    long start = System.nanoTime();
    Files.writeString(file, source + "\n" + words + "\n");
    page.waitForFunction(
        "words => document.readyState === 'complete' && document.body.textContent.includes(words)",
        words);
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static Thread preview(Path content, StringWriter printed) {
    PrintWriter writer = new PrintWriter(printed, true);
    return Thread.ofPlatform()
        .start(() -> Main.run(writer, writer, "preview", "--port=0", "--content=" + content));
  }

  private static String address(StringWriter printed, Thread preview) throws InterruptedException {
    while (preview.isAlive()) {
      Matcher address = ADDRESS.matcher(printed.toString());
      if (address.find()) {
        return address.group(1);
      }
      Thread.sleep(100);
    }
    throw new AssertionError(printed.toString());
  }
}
