package dev.shirube.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The search of the browser: the query core once more, in JavaScript, over {@link BrowserExport}'s
 * files. Its source is in {@code src/main/js/search}.
 */
final class BrowserEngine {
  private static final String RESOURCE = "search.js";

  private BrowserEngine() {}

  /** One classic script. */
  static String script() {
    try (InputStream in = BrowserEngine.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " in the program's own jar", e);
    }
  }
}
