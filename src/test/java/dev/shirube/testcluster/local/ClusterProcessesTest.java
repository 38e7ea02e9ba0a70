package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ClusterProcessesTest {

  private static final String NONCE = "00112233445566778899aabbccddeeff";

  private static Process sleeper(String nonce, String host) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put(ClusterProcesses.NONCE, nonce);
    builder.environment().put(ClusterProcesses.HOST, host);
    return builder.start();
  }

  @Test
  void onlyProcessesWithTheNonceAreKilled() throws Exception {
    Process ours = sleeper(NONCE, "node-1");
    Process others = sleeper("f".repeat(32), "node-1");
    try {
      // Until the child runs its program, it has its parent's environment.
      Pause pause = new Pause(Duration.ofSeconds(5));
      while (new ClusterProcesses(NONCE).find().isEmpty() && pause.next()) {
        Thread.onSpinWait();
      }
      assertEquals(
          List.of(ours.pid()),
          new ClusterProcesses(NONCE).find().stream().map(found -> found.process().pid()).toList());
      new ClusterProcesses(NONCE).kill();
      ours.waitFor();
      assertTrue(others.isAlive());
    } finally {
      ours.destroyForcibly();
      others.destroyForcibly();
    }
  }

  @Test
  void oneHostCanBeKilledAlone() throws Exception {
    Process first = sleeper(NONCE, "node-1");
    Process second = sleeper(NONCE, "node-2");
    try {
      Pause pause = new Pause(Duration.ofSeconds(5));
      while (new ClusterProcesses(NONCE).find().size() < 2 && pause.next()) {
        Thread.onSpinWait();
      }
      new ClusterProcesses(NONCE).kill("node-2");
      second.waitFor();
      assertTrue(first.isAlive());
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }

  @Test
  void aClusterIsFoundByItsRunFolder(@TempDir Path folder) throws Exception {
    RunFolder run = new RunFolder(folder.resolve("クラスタ 1"));
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put(ClusterProcesses.NONCE, NONCE);
    builder.environment().put(ClusterProcesses.RUN, run.address());
    Process process = builder.start();
    try {
      Pause pause = new Pause(Duration.ofSeconds(5));
      while (ClusterProcesses.noncesOf(run).isEmpty() && pause.next()) {
        Thread.onSpinWait();
      }
      assertEquals(Set.of(NONCE), ClusterProcesses.noncesOf(run));
      assertEquals(Set.of(), ClusterProcesses.noncesOf(new RunFolder(folder.resolve("クラスタ 10"))));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Its shell died with it, so nobody wrote how it ended. */
  @Test
  void aPartThatNobodySawDieIsGone(@TempDir Path folder) throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    HostFolder host = run.host("node-1");
    host.create();
    host.write("running/kubelet", "");
    Process init = sleeper(NONCE, "node-1");
    try {
      ClusterState state =
          new ClusterState("one", NONCE, Tier.NODE, "1.37.2", true, 1, Map.of(), List.of())
              .withHost("node-1", init.pid());
      Pause pause = new Pause(Duration.ofSeconds(5));
      while (new ClusterProcesses(NONCE).find().isEmpty() && pause.next()) {
        Thread.onSpinWait();
      }
      assertEquals("", ClusterHealth.whatDied(ClusterHealth.of(state, run)), "it is starting");
      Files.setLastModifiedTime(
          host.path().resolve("running/kubelet"),
          FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
      assertEquals(
          "kubelet on node-1 is gone; it logged nothing",
          ClusterHealth.whatDied(ClusterHealth.of(state, run)));
    } finally {
      init.destroyForcibly();
    }
  }
}
