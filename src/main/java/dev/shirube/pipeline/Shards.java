package dev.shirube.pipeline;

import dev.shirube.model.Proof;
import dev.shirube.model.Receipt;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.report.Receipts;
import dev.shirube.verify.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parts of a plan that take about the same time, for several machines: the longest page goes first,
 * each to the part that has least to do (R. L. Graham, Bounds on Multiprocessing Timing Anomalies,
 * 1969). The same pages and receipts give the same parts everywhere.
 */
public final class Shards {

  /** For a namespace that is made and removed. */
  private static final Duration PAGE = Duration.ofSeconds(2);

  /** For a cluster that is started for one page. */
  private static final Duration OWN_CLUSTER = Duration.ofSeconds(15);

  /** For a page that was never proven. */
  private static final Duration UNKNOWN = Duration.ofSeconds(10);

  private Shards() {}

  /**
   * The pages of one part.
   *
   * @param receipts tell how long the last proofs took
   * @param index from 1
   * @param count how many parts there are
   */
  public static Set<String> pages(Plan plan, Receipts receipts, int index, int count) {
    Map<String, Duration> times = new HashMap<>();
    plan.scenarios().forEach(each -> times.put(each.page(), time(each, receipts)));
    List<Scenario> longestFirst = new ArrayList<>(plan.scenarios());
    longestFirst.sort(
        Comparator.comparing(
                (Scenario each) -> times.getOrDefault(each.page(), UNKNOWN),
                Comparator.reverseOrder())
            .thenComparing(Scenario::page));
    Duration[] load = new Duration[count];
    java.util.Arrays.fill(load, Duration.ZERO);
    Set<String> own = new TreeSet<>();
    for (Scenario scenario : longestFirst) {
      int least = 0;
      for (int i = 1; i < count; i++) {
        least = load[i].compareTo(load[least]) < 0 ? i : least;
      }
      load[least] = load[least].plus(times.getOrDefault(scenario.page(), UNKNOWN));
      if (least == index - 1) {
        own.add(scenario.page());
      }
    }
    return own;
  }

  private static Duration time(Scenario scenario, Receipts receipts) {
    List<Receipt> proven = receipts.of(scenario.page());
    Duration snippets =
        proven.isEmpty()
            ? UNKNOWN
            : proven.stream()
                .map(receipt -> receipt.proofs().getFirst())
                .map(Proof::duration)
                .reduce(Duration.ZERO, Duration::plus);
    return snippets.plus(PAGE).plus(scenario.hasOwnCluster() ? OWN_CLUSTER : Duration.ZERO);
  }
}
