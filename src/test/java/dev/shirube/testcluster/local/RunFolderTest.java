package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder = Path.of("unset");

  private static ClusterState state() {
    return new ClusterState(
            "default",
            "00112233445566778899aabbccddeeff",
            Tier.NODE,
            "1.37.2",
            false,
            0,
            Map.of(),
            List.of())
        .withSubnet(7)
        .withHost(ClusterState.CONTROL_PLANE, 11)
        .withHost("node-1", 12)
        .withHost("node-2", 13);
  }

  private RunFolder created() {
    RunFolder run = new RunFolder(folder.resolve("a run"));
    run.create();
    return run;
  }

  @Test
  void theStateIsReadAsItWasWritten() {
    RunFolder run = created();
    ClusterState state = state().withComplete().withStopped("node-2");
    run.save(state);
    assertEquals(Optional.of(state), run.state());
    assertEquals(List.of("node-1", "node-2"), run.state().orElseThrow().nodes());
  }

  @Test
  void aNodeThatStartedAgainIsNotStopped() {
    assertEquals(List.of(), state().withStopped("node-2").withHost("node-2", 20).stopped());
  }

  @Test
  void aDamagedStateIsNamed() throws IOException {
    RunFolder run = created();
    Files.writeString(run.path().resolve("cluster.properties"), "nonce=abc\n");
    ClusterException failure = assertThrows(ClusterException.class, run::state);
    assertTrue(String.valueOf(failure.getMessage()).contains("cluster.properties"));
  }

  @Test
  void aStateWithoutANonceIsDamaged() throws IOException {
    RunFolder run = created();
    run.save(state());
    Path file = run.path().resolve("cluster.properties");
    Files.writeString(file, Files.readString(file).replaceFirst("nonce=.*", "nonce=0011"));
    ClusterException failure = assertThrows(ClusterException.class, run::state);
    assertTrue(String.valueOf(failure.getMessage()).contains("no nonce"), failure.getMessage());
  }

  @Test
  void onlyAClusterWithAnotherNonceIsAnothers() throws IOException {
    RunFolder run = created();
    assertFalse(run.tellsOfAnother(state().nonce()));
    run.save(state());
    assertFalse(run.tellsOfAnother(state().nonce()));
    assertTrue(run.tellsOfAnother("f".repeat(32)));
    Files.writeString(run.path().resolve("cluster.properties"), "");
    assertFalse(run.tellsOfAnother("f".repeat(32)));
  }

  @Test
  void theAddressIsTheSameWithAndWithoutTheFolder() {
    RunFolder run = new RunFolder(folder.resolve("a クラスタ"));
    String before = run.address();
    run.create();
    assertEquals(before, run.address());
    assertTrue(before.matches("file://[\\x21-\\x7e]+"), before);
  }

  @Test
  void aCommandThatWaitsSaysSo() throws Exception {
    RunFolder run = created();
    Path said = folder.resolve("said");
    Process other = flock(run.path().resolve("lock"));
    try {
      Thread release =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Pause pause = new Pause(Duration.ofSeconds(5));
                    while (!Files.exists(said) && pause.next()) {
                      Thread.onSpinWait();
                    }
                    other.destroyForcibly();
                  });
      RunFolder telling =
          run.telling(
              () -> {
                try {
                  Files.createFile(said);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertEquals("done", telling.locked(() -> "done"));
      assertTrue(Files.exists(said));
      release.join();
    } finally {
      other.destroyForcibly();
    }
    assertEquals("at once", run.telling(() -> fail("nobody works on it")).locked(() -> "at once"));
  }

  /** Another process that holds the lock; flock(1) takes a lock that Java does not see. */
  private static Process flock(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path source = Files.writeString(file.resolveSibling("Hold.java"), HOLD);
    Process process = new ProcessBuilder(java, source.toString(), file.toString()).start();
    assertEquals("locked", process.inputReader().readLine());
    Files.delete(source);
    return process;
  }

  private static final String HOLD =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;
      class Hold {
        public static void main(String[] args) throws Exception {
          FileChannel channel =
              FileChannel.open(
                  Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          channel.lock();
          System.out.println("locked");
          Thread.sleep(60_000);
        }
      }
      """;

  @Test
  void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    assertThrows(ClusterException.class, () -> new RunFolder(folder).create());
    assertTrue(Files.exists(precious));
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(created().path())));
  }

  @Test
  void theLogsOutliveTheCluster() throws IOException {
    RunFolder run = created();
    run.save(state());
    HostFolder host = run.host("node-1");
    host.create();
    Files.writeString(host.log("kubelet"), "one\ntwo\nthree\n");
    assertEquals(List.of("two", "three"), host.logTail("kubelet", 2));
    run.clear();
    assertEquals("one\ntwo\nthree\n", Files.readString(run.logs().resolve("node-1/kubelet.log")));
    assertEquals(Optional.empty(), run.state());
    assertFalse(Files.exists(host.path()));
  }

  @Test
  void whatALinkPointsToIsNotRemoved() throws IOException {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Files.writeString(precious.resolve("file"), "mine");
    RunFolder run = created();
    run.host("node-1").create();
    Files.createSymbolicLink(run.host("node-1").path().resolve("link"), precious);
    run.clear();
    assertTrue(Files.exists(precious.resolve("file")));
  }
}
