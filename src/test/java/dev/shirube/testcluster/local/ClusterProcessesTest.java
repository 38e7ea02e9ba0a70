package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Pause;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
      Pause pause = new Pause(java.time.Duration.ofSeconds(5));
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
      Pause pause = new Pause(java.time.Duration.ofSeconds(5));
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
}
