package dev.shirube.bench;

import dev.shirube.model.Glossary;
import dev.shirube.model.Hit;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Term;
import dev.shirube.search.Indexer;
import dev.shirube.search.Searcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how well and how fast search finds known pages.
 *
 * <p>Arguments: a folder with {@code corpus-ja.jsonl.gz} (a page a line: url, title, desc, secs
 * with anchor, heading, text), {@code queries.tsv} (query, expected URLs separated by {@code |},
 * category) and {@code synonyms.tsv} (names of one thing a line); and a folder for the index.
 *
 * <p>Prints the mean reciprocal rank over the first ten hits, by category and in all, each query
 * whose page was not first, and times.
 */
public final class SearchQuality {
  private static final int HITS = 10;
  private static final int WARM_ROUNDS = 20;

  private SearchQuality() {}

  public static void main(String[] arguments) throws IOException {
    Path corpus = Path.of(arguments[0]);
    Path index = Path.of(arguments[1]);
    long start = System.nanoTime();
    new Indexer(index).index(pages(corpus), glossary(corpus));
    System.out.printf(Locale.ROOT, "indexed in %.1f s%n", (System.nanoTime() - start) / 1e9);
    List<KnownItem> items = knownItems(corpus);
    try (Searcher searcher = Searcher.open(index)) {
      printRanks(searcher, items);
      printTimes(searcher, items);
    }
  }

  private static void printRanks(Searcher searcher, List<KnownItem> items) {
    SortedMap<String, List<Double>> byCategory = new TreeMap<>();
    for (KnownItem item : items) {
      List<Hit> hits = searcher.search(item.query(), HITS);
      int rank = item.rankIn(hits);
      byCategory
          .computeIfAbsent(item.category(), key -> new ArrayList<>())
          .add(rank == 0 ? 0 : 1.0 / rank);
      if (rank != 1) {
        System.out.printf(
            Locale.ROOT,
            "rank %d: %s -> %s%n",
            rank,
            item.query(),
            hits.stream().limit(2).map(Hit::url).toList());
      }
    }
    byCategory.forEach(
        (category, ranks) -> System.out.printf(Locale.ROOT, "%-9s %.2f%n", category, mean(ranks)));
    List<Double> all = byCategory.values().stream().flatMap(List::stream).toList();
    System.out.printf(Locale.ROOT, "MRR@%d %.3f over %d queries%n", HITS, mean(all), all.size());
  }

  private static void printTimes(Searcher searcher, List<KnownItem> items) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < WARM_ROUNDS; round++) {
      millis.clear();
      for (KnownItem item : items) {
        long start = System.nanoTime();
        searcher.search(item.query(), HITS);
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    millis.sort(null);
    System.out.printf(
        Locale.ROOT,
        "warm query: mean %.2f ms, slowest %.2f ms%n",
        mean(millis),
        millis.get(millis.size() - 1));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static List<Page> pages(Path corpus) throws IOException {
    JsonMapper json = new JsonMapper();
    List<Page> pages = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus.resolve("corpus-ja.jsonl.gz"))),
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
    String url = node.get("url").asString();
    return new Page(
        new SourceFile(url + ".adoc", url + ".adoc", ""),
        url,
        PageKind.GUIDE,
        node.get("title").asString(),
        node.get("desc").asString(),
        Map.of(),
        "",
        List.of(),
        sections,
        List.of(),
        List.of(),
        List.of());
  }

  private static Glossary glossary(Path corpus) throws IOException {
    List<Term> terms = new ArrayList<>();
    for (String line : Files.readAllLines(corpus.resolve("synonyms.tsv"))) {
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

  private static List<KnownItem> knownItems(Path corpus) throws IOException {
    return Files.readAllLines(corpus.resolve("queries.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new KnownItem(cells[0], Set.of(cells[1].split("\\|", -1)), cells[2]))
        .toList();
  }

  /** A query and the pages that answer it. */
  private record KnownItem(String query, Set<String> urls, String category) {

    /** From 1; 0 where no expected page is among the hits. */
    int rankIn(List<Hit> hits) {
      for (int i = 0; i < hits.size(); i++) {
        String url = hits.get(i).url();
        int anchor = url.indexOf('#');
        if (urls.contains(anchor < 0 ? url : url.substring(0, anchor))) {
          return i + 1;
        }
      }
      return 0;
    }
  }
}
