package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands themselves are killed; whatever the moment, the next one cleans up. */
class KilledCommandIT {

  private static final long SEED = 37;
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final List<String> NEXT = List.of("status", "down", "up");

  @TempDir Path folder = Path.of("unset");

  private final Path cache = Binaries.defaultCache();

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @BeforeEach
  void requireRoot() {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.NODE);
  }

  private static Process startUp(Tier tier, RunFolder run) throws IOException {
    Process process =
        Launcher.start(
            Map.of(), "cluster", "up", "--tier=" + tier.id(), "--run=" + run.path().toString());
    process.getOutputStream().close();
    return process;
  }

  private static Launcher.Finished cluster(RunFolder run, String... words) throws Exception {
    String[] all = new String[words.length + 2];
    all[0] = "cluster";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--run=" + run.path();
    return Launcher.run(all);
  }

  private static Duration wholeStart(Tier tier, RunFolder run) throws Exception {
    long begin = System.nanoTime();
    Process up = startUp(tier, run);
    assertTrue(up.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "up takes too long");
    Duration whole = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(0, up.exitValue());
    assertEquals(0, cluster(run, "down").exitCode());
    return whole;
  }

  @ParameterizedTest
  @CsvSource({"APISERVER, 6", "NODE, 4"})
  void whateverTheMomentTheNextCommandCleansUp(Tier tier, int moments) throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("killed"));
    long whole = wholeStart(tier, run).toMillis();
    Random random = new Random(SEED);
    int interrupted = 0;
    for (int i = 0; i < moments; i++) {
      long moment = (long) ((i + random.nextDouble()) / moments * whole);
      String next = NEXT.get(i % NEXT.size());
      String when = tier + ", " + next + " after " + moment + " of " + whole + " ms: ";

      Process up = startUp(tier, run);
      up.waitFor(moment, TimeUnit.MILLISECONDS);
      up.destroyForcibly().waitFor();
      Launcher.Finished finished =
          next.equals("up") ? cluster(run, "up", "--tier=" + tier.id()) : cluster(run, next);

      boolean told = finished.output().contains("the cluster has died: its start was interrupted");
      interrupted += told ? 1 : 0;
      boolean wasComplete = finished.output().contains(" is up: ");
      assertEquals(
          next.equals("status") && !wasComplete ? 3 : 0,
          finished.exitCode(),
          when + finished.output());
      if (next.equals("up") || (next.equals("status") && wasComplete)) {
        assertEquals(0, cluster(run, "down").exitCode());
      }
      assertEquals(before, MachineTraces.now(cache), when);
      assertFalse(run.hasHosts(), when);
    }
    // Later starts can be much faster than the first one, and done before they are killed.
    assertTrue(interrupted >= moments / 3, "only " + interrupted + " of the kills were in time");
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void whatIsAskedToEndCleansUpItself(Tier tier) throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("ended"));
    Process up = startUp(tier, run);
    Pause pause = new Pause(LONGEST);
    String first = tier == Tier.NODE ? "node-1" : ClusterState.CONTROL_PLANE;
    while (run.host(first).started().isEmpty()) {
      assertTrue(pause.next() && up.isAlive(), "the start was never under way");
    }
    assertTrue(up.toHandle().destroy(), "SIGTERM could not be sent");
    assertEquals(128 + 15, up.waitFor());
    assertEquals(before, MachineTraces.now(cache));
    assertFalse(run.hasHosts());
    assertInstanceOf(Finding.Down.class, LocalCluster.find(run));
  }

  @Test
  void aNodeWhoseStartWasKilledIsStoppedAndCanBeStarted() throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("nodes"));
    try (LocalCluster cluster = ClusterUnderTest.start(run, "nodes", Tier.NODE, 2)) {
      cluster.stopNode("node-2");
      Process start =
          Launcher.start(
              Map.of(), "cluster", "node", "start", "node-2", "--run=" + run.path().toString());
      Pause pause = new Pause(LONGEST);
      while (!run.host("node-2").started().contains(WorkerNode.KUBELET)) {
        assertTrue(pause.next() && start.isAlive(), "the start was never under way");
      }
      start.destroyForcibly().waitFor();

      LocalCluster found = assertInstanceOf(Finding.Up.class, LocalCluster.find(run)).cluster();
      assertEquals(List.of("node-2"), found.stoppedNodes());
      found.startNode("node-2");
      assertEquals(List.of(), found.stoppedNodes());
      assertTrue(found.health().stream().allMatch(PartHealth::runs));
    }
    assertEquals(before, MachineTraces.now(cache));
  }
}
