package dev.shirube.bench;

import dev.shirube.model.Glossary;
import dev.shirube.model.Hit;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Term;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages, and queries whose answers are known: a folder with {@code corpus-ja.jsonl.gz} (a page a
 * line: url, title, desc, secs with anchor, heading, text), {@code queries.tsv} (query, expected
 * URLs separated by {@code |}, category) and {@code synonyms.tsv} (names of one thing a line).
 */
record SearchCorpus(List<Page> pages, Glossary glossary, List<KnownItem> items) {

  SearchCorpus {
    pages = List.copyOf(pages);
    items = List.copyOf(items);
  }

  static SearchCorpus read(Path folder) throws IOException {
    return new SearchCorpus(pages(folder), glossary(folder), knownItems(folder));
  }

  private static List<Page> pages(Path folder) throws IOException {
    JsonMapper json = JsonMapper.shared();
    List<Page> pages = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("corpus-ja.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        pages.add(page(json.readTree(line)));
      }
    }
    return pages;
  }

  private static Page page(JsonNode node) {
    List<Section> sections = new ArrayList<>();
    for (JsonNode section : node.get("secs")) {
      sections.add(
          new Section(
              // The corpus has sections without an id; only the first may lack it.
              sections.isEmpty() ? "" : "s" + sections.size(),
              section.get("heading").asString(),
              section.get("text").asString(),
              "",
              ""));
    }
    return page(
        node.get("url").asString(),
        node.get("title").asString(),
        node.get("desc").asString(),
        sections);
  }

  /** A guide that consists of its text alone. */
  static Page page(String url, String title, String description, List<Section> sections) {
    return new Page(
        new SourceFile(url + ".adoc", url + ".adoc", ""),
        url,
        PageKind.GUIDE,
        title,
        description,
        Map.of(),
        "",
        List.of(),
        sections,
        List.of(),
        List.of(),
        List.of());
  }

  private static Glossary glossary(Path folder) throws IOException {
    List<Term> terms = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("synonyms.tsv"))) {
      List<String> names = List.of(line.split("\t", -1));
      terms.add(
          new Term(
              names.get(0),
              "",
              names.get(0),
              "",
              "",
              names.subList(1, names.size()),
              "",
              List.of()));
    }
    return new Glossary(terms);
  }

  private static List<KnownItem> knownItems(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("queries.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new KnownItem(cells[0], Set.of(cells[1].split("\\|", -1)), cells[2]))
        .toList();
  }

  /** A query and the pages that answer it. */
  record KnownItem(String query, Set<String> urls, String category) {

    /** From 1; 0 where no expected page is among the hits. */
    int rankIn(List<Hit> hits) {
      for (int i = 0; i < hits.size(); i++) {
        if (urls.contains(page(hits.get(i)))) {
          return i + 1;
        }
      }
      return 0;
    }

    /** The URL of a hit's page, without the anchor. */
    static String page(Hit hit) {
      int anchor = hit.url().indexOf('#');
      return anchor < 0 ? hit.url() : hit.url().substring(0, anchor);
    }
  }
}
