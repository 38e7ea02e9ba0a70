package dev.shirube.site;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a site needs to be read without a network: an archive of the whole to unpack, and a service
 * worker that keeps a reader's copy. The same site gives the same bytes.
 *
 * <p>Templates put what makes sense on a server alone between {@code <!--online} and {@code
 * online-->}: it is a comment for whoever reads the archive or a preview.
 */
public final class OfflineEdition {

  /** The archive, at the site's root. */
  static final String ARCHIVE = "site.zip";

  /** The service worker; it serves what lies beside and below it. */
  static final String WORKER = "service-worker.js";

  private static final Pattern ONLINE =
      Pattern.compile("<!--online(.*?)online-->\\n?", Pattern.DOTALL);
  private static final String SIZE = "{archive-size}";
  private static final String WORKER_SOURCE = "_theme/js/service-worker.js";

  /** ZIP counts days from 1980; a date of the build would make each archive another. */
  private static final LocalDateTime NO_DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private OfflineEdition() {}

  /**
   * Completes a site that is written but not published yet.
   *
   * @param site its folder
   */
  public static void complete(Path site) throws IOException {
    Map<String, Path> files = files(site);
    Path archive = site.resolve(ARCHIVE);
    zip(files, archive);
    String size = String.format(Locale.ROOT, "%.1f MB", Math.max(Files.size(archive) / 1e6, 0.1));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (file.getKey().endsWith(".html")) {
        String html = Files.readString(file.getValue());
        Files.writeString(
            file.getValue(),
            ONLINE
                .matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1).replace(SIZE, size))));
      }
    }
    worker(site, files);
  }

  private static Map<String, Path> files(Path site) throws IOException {
    try (Stream<Path> walk = Files.walk(site)) {
      return walk.filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> site.relativize(file).toString().replace('\\', '/'),
                  file -> file,
                  (one, other) -> one,
                  TreeMap::new));
    }
  }

  private static void zip(Map<String, Path> files, Path archive) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        if (file.getKey().startsWith(".") || file.getKey().equals(WORKER_SOURCE)) {
          continue; // the marker of a published folder; what only a server can use
        }
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(NO_DATE);
        zip.putNextEntry(entry);
        if (file.getKey().endsWith(".html")) {
          String html = Files.readString(file.getValue());
          zip.write(ONLINE.matcher(html).replaceAll("").getBytes(StandardCharsets.UTF_8));
        } else {
          Files.copy(file.getValue(), zip);
        }
        zip.closeEntry();
      }
    }
  }

  /** The worker of the theme, told what the edition consists of. */
  private static void worker(Path site, Map<String, Path> files) throws IOException {
    Path source = site.resolve(WORKER_SOURCE);
    if (!Files.exists(source)) {
      return; // the theme has none
    }
    StringBuilder list = new StringBuilder();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (isRead(file.getKey())) {
        list.append(list.isEmpty() ? "" : ",\n")
            .append('"')
            .append(PageViews.encode(file.getKey()).replace("\"", "%22"))
            .append("\":\"")
            .append(Sha256.of(Files.readAllBytes(file.getValue())))
            .append('"');
      }
    }
    Files.writeString(
        site.resolve(WORKER),
        "const EDITION = \""
            + Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16)
            + "\";\nconst FILES = {\n"
            + list
            + "\n};\n"
            + Files.readString(source));
  }

  /** Whether a page needs it; what is only for programs or for the record stays on the server. */
  private static boolean isRead(String path) {
    return !path.startsWith(".")
        && !path.startsWith("_receipts/")
        && !path.equals(WORKER_SOURCE)
        && List.of(".md", ".atom", ".xml", ".txt", ".json", ".zip").stream()
            .noneMatch(path::endsWith);
  }
}
