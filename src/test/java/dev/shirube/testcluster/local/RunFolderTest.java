package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    run.removeHosts();
    run.forget();
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
    run.removeHosts();
    assertTrue(Files.exists(precious.resolve("file")));
  }
}
