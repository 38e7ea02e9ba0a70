package dev.shirube.bench;

import dev.shirube.bench.SearchCorpus.KnownItem;
import dev.shirube.model.Hit;
import dev.shirube.search.Indexer;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how well and how fast search finds known pages.
 *
 * <p>Arguments: the folder of a {@link SearchCorpus}; a folder for the index; and, where the hits
 * are to be compared, {@code --hits FILE} for them as JSON: {@code millis} (of a warm query) and
 * {@code answers}, for each query {@code query} and {@code hits} ({@code url} without anchor,
 * {@code score}).
 *
 * <p>Prints the mean reciprocal rank over the first ten hits, by category and in all, each query
 * whose page was not first, and times.
 */
public final class SearchQuality {
  private static final int HITS = 10;
  private static final int WARM_ROUNDS = 20;

  private SearchQuality() {}

  public static void main(String[] arguments) throws IOException {
    SearchCorpus corpus = SearchCorpus.read(Path.of(arguments[0]));
    Path index = Path.of(arguments[1]);
    long start = System.nanoTime();
    new Indexer(index).index(corpus.pages(), corpus.glossary());
    System.out.printf(Locale.ROOT, "indexed in %.1f s%n", (System.nanoTime() - start) / 1e9);
    List<KnownItem> items = corpus.items();
    try (Searcher searcher = Searcher.open(index)) {
      printRanks(searcher, items);
      double millis = printTimes(searcher, items);
      if (arguments.length > 3 && arguments[2].equals("--hits")) {
        writeHits(searcher, items, millis, Path.of(arguments[3]));
      }
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

  private static double printTimes(Searcher searcher, List<KnownItem> items) {
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
    return mean(millis);
  }

  private static void writeHits(
      Searcher searcher, List<KnownItem> items, double millis, Path file) throws IOException {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (KnownItem item : items) {
      List<Map<String, Object>> hits = new ArrayList<>();
      for (Hit hit : searcher.search(item.query(), HITS)) {
        hits.add(Map.of("url", KnownItem.page(hit), "score", hit.score()));
      }
      answers.add(Map.of("query", item.query(), "hits", hits));
    }
    Files.writeString(
        file,
        JsonMapper.shared().writeValueAsString(Map.of("millis", millis, "answers", answers)));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
