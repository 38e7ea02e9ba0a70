package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.WikiSite;
import dev.shirube.model.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well this wiki answers what its readers ask: {@code src/test/search/queries.json} has queries
 * and the pages that answer them.
 */
class WikiSearchQualityTest {
  private static final int HITS = 10;

  /** The mean reciprocal rank that was reached, less one first place lost. */
  private static final double LEAST_MEAN_RECIPROCAL_RANK = 0.97;

  @Test
  void theMeanReciprocalRankHolds() throws IOException {
    List<Double> ranks = new ArrayList<>();
    List<String> notFirst = new ArrayList<>();
    assertTrue(Files.exists(WikiSite.site()));
    try (Searcher searcher = Searcher.open(WikiSite.index())) {
      for (JsonNode item : items()) {
        String query = item.get("query").asString();
        List<String> found =
            searcher.search(query, HITS).stream().map(WikiSearchQualityTest::page).toList();
        Set<String> expected = new TreeSet<>();
        item.get("pages").forEach(page -> expected.add(page.asString()));
        int rank = 1;
        while (rank <= found.size() && !expected.contains(found.get(rank - 1))) {
          rank++;
        }
        ranks.add(rank > found.size() ? 0 : 1.0 / rank);
        if (rank > 1) {
          notFirst.add(query + " -> " + found.stream().limit(3).toList());
        }
      }
    }
    double mean = ranks.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    assertTrue(
        mean >= LEAST_MEAN_RECIPROCAL_RANK,
        String.format(
            Locale.ROOT, "MRR@10 %.3f; not first:%n%s", mean, String.join("\n", notFirst)));
  }

  @Test
  void everyExpectedPageExists() throws IOException {
    Set<String> pages = new TreeSet<>();
    items().forEach(item -> item.get("pages").forEach(page -> pages.add(page.asString())));
    pages.removeAll(WikiSite.pages());
    assertEquals(Set.of(), pages);
  }

  private static JsonNode items() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(Path.of("src/test/search/queries.json")));
  }

  private static String page(Hit hit) {
    return hit.url().replaceFirst("#.*", "");
  }
}
