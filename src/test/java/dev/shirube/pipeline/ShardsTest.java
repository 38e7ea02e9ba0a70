package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.report.Receipts;
import dev.shirube.verify.Scenario;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShardsTest {

  private static Plan plan(int ownNodes, String... pages) {
    List<Scenario> scenarios = new ArrayList<>();
    for (String page : pages) {
      scenarios.add(
          new Scenario(page, List.of(), Map.of(), new TreeMap<>(), new TreeMap<>(), ownNodes));
    }
    return new Plan(scenarios, List.of());
  }

  private static Receipts receipts(Map<String, Integer> seconds) {
    List<Receipt> receipts = new ArrayList<>();
    seconds.forEach(
        (page, time) ->
            receipts.add(
                new Receipt(
                    new ProofSubject(
                        page, "a", "run", ProofTier.NODE, List.of(), List.of(), "h", "c"),
                    List.of(
                        new Proof(
                            ProofTier.NODE,
                            "1.37.2",
                            LocalDate.of(2026, 11, 24),
                            Duration.ofSeconds(time))))));
    return Receipts.of(receipts);
  }

  private static final Plan PAGES = plan(0, "a", "b", "c", "d", "e");
  private static final Receipts TIMES =
      receipts(Map.of("a", 5, "b", 60, "c", 20, "d", 20, "e", 15));

  @Test
  void theLongestPageIsAloneWhereTheOthersTakeAsLongTogether() {
    assertEquals(Set.of("b"), Shards.pages(PAGES, TIMES, 1, 2));
    assertEquals(Set.of("a", "c", "d", "e"), Shards.pages(PAGES, TIMES, 2, 2));
  }

  @Test
  void everyPageIsInOnePart() {
    for (int count = 1; count <= 7; count++) {
      List<String> all = new ArrayList<>();
      for (int index = 1; index <= count; index++) {
        all.addAll(Shards.pages(PAGES, TIMES, index, count));
      }
      assertEquals(List.of("a", "b", "c", "d", "e"), all.stream().sorted().toList());
    }
  }

  @Test
  void pagesWithoutReceiptsAreSpreadEvenly() {
    Set<String> first = Shards.pages(PAGES, Receipts.none(), 1, 2);
    Set<String> second = Shards.pages(PAGES, Receipts.none(), 2, 2);
    assertEquals(Set.of("a", "c", "e"), first);
    assertEquals(Set.of("b", "d"), second);
  }

  @Test
  void theOrderOfThePagesDoesNotMatter() {
    Plan turned = plan(0, "e", "d", "c", "b", "a");
    assertEquals(Shards.pages(PAGES, TIMES, 1, 3), Shards.pages(turned, TIMES, 1, 3));
    assertEquals(
        Shards.pages(PAGES, Receipts.none(), 1, 3), Shards.pages(turned, Receipts.none(), 1, 3));
  }

  @Test
  void aClusterOfItsOwnTakesTimeToo() {
    List<Scenario> scenarios = new ArrayList<>(plan(0, "a", "b").scenarios());
    scenarios.addAll(plan(2, "own").scenarios());
    Set<String> first =
        Shards.pages(
            new Plan(scenarios, List.of()), receipts(Map.of("a", 5, "b", 5, "own", 5)), 1, 2);
    assertEquals(new TreeSet<>(Set.of("own")), first);
    assertTrue(first.contains("own"));
  }
}
