package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The project's own wiki, built once for all tests that look at it. */
public final class WikiSite {

  private static final Path FOLDER = Path.of("target/test-site").toAbsolutePath();

  private WikiSite() {}

  private static final class Built {
    static final Path SITE = build();

    private static Path build() {
      publish(Path.of("content"), FOLDER.resolve("site"), index());
      return FOLDER.resolve("site");
    }
  }

  /** Publishes a content folder, as {@code shirube build} does: nothing is proven here. */
  static void publish(Path content, Path site, Path index) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    int exitCode =
        Main.run(
            writer,
            writer,
            "build",
            "--content=" + content,
            "--output=" + site,
            "--index=" + index);
    assertEquals(0, exitCode, printed.toString());
  }

  /** Copies a folder with all that is in it, over what is there. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** The folder of the finished site. */
  public static Path site() {
    return Built.SITE;
  }

  /** The folder of its search index. */
  public static Path index() {
    return FOLDER.resolve("index");
  }

  /** A page, parsed. */
  public static Document page(String url) {
    try {
      return Jsoup.parse(site().resolve(url).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of all pages below the site's root. */
  public static List<String> pages() {
    try (Stream<Path> files = Files.walk(site())) {
      return files
          .map(file -> site().relativize(file).toString())
          .filter(path -> path.endsWith(".html"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
