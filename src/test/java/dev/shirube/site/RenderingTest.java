package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What AsciiDoc becomes: {@code src/test/rendering/content} is a site that uses every feature, and
 * beside it lies the HTML that it must become. {@code -Dgolden.update=true} writes it anew.
 */
class RenderingTest {

  private static final Path CASE = Path.of("src/test/rendering");

  @TempDir Path folder = Path.of("unset");

  private Path build(String... more) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    String[] arguments = new String[more.length + 6];
    arguments[0] = "build";
    arguments[1] = "--content=" + CASE.resolve("content");
    arguments[2] = "--theme=" + CASE.resolve("theme");
    arguments[3] = "--output=" + folder.resolve("site");
    arguments[4] = "--index=" + folder.resolve("index");
    arguments[5] = "--receipts=" + folder.resolve("receipts");
    System.arraycopy(more, 0, arguments, 6, more.length);
    assertEquals(0, Main.run(writer, writer, arguments), printed.toString());
    return folder.resolve("site");
  }

  @Test
  void everyFeatureRendersAsExpected() throws IOException {
    Path site = build("--strict");
    for (String page :
        new String[] {
          "index.html", "guides/features.html", "glossary/pod.html", "old/place.html"
        }) {
      Path expected = CASE.resolve("expected").resolve(page);
      String html = Files.readString(site.resolve(page));
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(expected.getParent());
        Files.writeString(expected, html);
      }
      assertEquals(Files.readString(expected), html, page);
    }
  }

  @Test
  void aHostileTitleIsText() throws IOException {
    String html = Files.readString(build().resolve("guides/features.html"));
    assertFalse(html.contains("<script>alert"), html);
    assertTrue(html.contains("&lt;script&gt;alert"), html);
  }

  @Test
  void filesBesideThePagesArePublishedAndPartialsAreNot() {
    Path site = build();
    assertTrue(Files.exists(site.resolve("guides/pod.yaml")));
    assertFalse(Files.exists(site.resolve("guides/_shared.html")));
    assertFalse(Files.exists(site.resolve("nav.html")));
  }
}
