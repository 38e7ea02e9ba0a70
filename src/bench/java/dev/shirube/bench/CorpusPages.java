package dev.shirube.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a content folder of AsciiDoc pages from a corpus: a gzipped file with a JSON object a line,
 * {@code url}, {@code title}, {@code desc} and {@code secs} ({@code anchor}, {@code level}, {@code
 * heading}, {@code text}). Usage: {@code CorpusPages CORPUS.jsonl.gz FOLDER}.
 */
public final class CorpusPages {

  private CorpusPages() {}

  /** Writes one page for each line of the corpus. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(args[0]))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        page(JsonMapper.shared().readTree(line), folder);
      }
    }
  }

  private static void page(JsonNode source, Path folder) throws IOException {
    String url = source.get("url").asString().replaceAll("^https?://[^/]+", "").replaceAll("#.*", "");
    String path = url.replaceAll("^/+|/+$|\\.html$", "");
    StringBuilder page = new StringBuilder("= " + plain(source.get("title").asString()) + "\n");
    page.append(":description: ").append(plain(source.get("desc").asString())).append("\n\n");
    int previous = 1;
    for (JsonNode section : source.get("secs")) {
      String heading = plain(section.get("heading").asString());
      int level = Math.clamp(section.get("level").asInt(), 1, previous + 1);
      if (!heading.isBlank() && level > 1) {
        page.append("=".repeat(Math.min(level, 5))).append(' ').append(heading).append("\n\n");
        previous = Math.min(level, 4);
      }
      for (String paragraph : section.get("text").asString().split("\n+")) {
        page.append(plain(paragraph)).append("\n\n");
      }
    }
    Path file = folder.resolve((path.isEmpty() ? "index" : path) + ".adoc");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
  }

  /** Without what AsciiDoc would take for markup: the corpus is text. */
  private static String plain(String text) {
    return text.replaceAll("[\\s]+", " ")
        .replaceAll("[\\[\\]<>{}`*_#^~+|\\\\]|::|\\(\\(|include:", " ")
        .replaceAll("^\\s*[-.=/:;!,'\"]+\\s*", "")
        .strip();
  }
}
