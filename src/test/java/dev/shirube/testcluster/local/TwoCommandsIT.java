package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two commands work on one cluster at the same time. */
class TwoCommandsIT {

  @TempDir Path folder = Path.of("unset");

  private final Path cache = Binaries.defaultCache();

  private RunFolder run() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    return new RunFolder(folder.resolve("run"));
  }

  private static Process start(RunFolder run, String... words) throws IOException {
    Process process =
        Launcher.start(
            Map.of(),
            Stream.of(Stream.of("cluster"), Stream.of(words), Stream.of("--run=" + run.path()))
                .flatMap(all -> all)
                .toArray(String[]::new));
    process.getOutputStream().close();
    return process;
  }

  /** What it says; it must succeed. */
  private static String said(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @Test
  void ofTwoStartsOneWaitsAndFindsTheOthersCluster() throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = run();
    Process first = start(run, "up");
    Process second = start(run, "up");
    String both = said(first) + said(second);
    assertEquals(1, ClusterProcesses.noncesOf(run).size());
    assertEquals(1, both.split("API server ready", -1).length - 1, both);
    assertEquals(2, both.split("kubeconfig: ", -1).length - 1, both);
    assertTrue(both.contains("waiting for another command that works on " + run.path()), both);

    Process ends = start(run, "down");
    Process endsToo = start(run, "down");
    String down = said(ends) + said(endsToo);
    assertTrue(down.contains("default is down"), down);
    assertEquals(before, MachineTraces.now(cache));
  }

  @Test
  void anEndWaitsForAStart() throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = run();
    Process up = start(run, "up");
    Pause pause = new Pause(Duration.ofSeconds(60));
    while (!run.hasHosts()) {
      assertTrue(pause.next() && up.isAlive(), "the start was never under way");
    }
    String down = said(start(run, "down"));
    assertTrue(said(up).contains("API server ready"));
    assertTrue(
        down.startsWith("waiting for another command that works on " + run.path() + "\n"), down);
    assertTrue(down.contains("default is down"), down);
    assertInstanceOf(Finding.Down.class, LocalCluster.find(run));
    assertEquals(before, MachineTraces.now(cache));
  }

  @Test
  void anotherTierIsRefusedWhileOneIsUp() throws Exception {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.NODE);
    RunFolder run = run();
    Process up = start(run, "up");
    Pause pause = new Pause(Duration.ofSeconds(60));
    while (!run.hasHosts()) {
      assertTrue(pause.next() && up.isAlive(), "the start was never under way");
    }
    Process other = start(run, "up", "--tier=node");
    said(up);
    String refused = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, other.waitFor(), refused);
    assertTrue(refused.contains("another cluster is up in " + run.path()), refused);
    assertEquals(1, ClusterProcesses.noncesOf(run).size());
    said(start(run, "down"));
  }
}
