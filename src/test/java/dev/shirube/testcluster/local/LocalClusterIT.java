package dev.shirube.testcluster.local;

import static dev.shirube.testcluster.local.ClusterUnderTest.answer;
import static dev.shirube.testcluster.local.ClusterUnderTest.kubectl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of the API server tier, in a folder whose name is not easy. */
class LocalClusterIT {

  @TempDir static Path folder = Path.of("unset");

  private static RunFolder run = new RunFolder(Path.of("unset"));
  private static LocalCluster cluster = nothing();

  private static LocalCluster nothing() {
    return new LocalCluster(
        run,
        new ClusterState(
            "none", "0".repeat(32), Tier.APISERVER, "", false, 0, java.util.Map.of(), List.of()));
  }

  @BeforeAll
  static void start() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    run = new RunFolder(folder.resolve("it's a: クラスタ, \"folder\""));
    cluster = ClusterUnderTest.start(run, "one", Tier.APISERVER, 1);
  }

  @AfterAll
  static void stop() {
    if (run.exists()) {
      cluster.close();
    }
  }

  @Test
  void itsContextIsTheCurrentOne() {
    assertEquals("shirube-one", answer(cluster, "config", "current-context"));
  }

  @Test
  void nothingButLoopbackListens() {
    List<String> ports =
        java.util.regex.Pattern.compile("127\\.0\\.0\\.1:(\\d+)")
            .matcher(readParts())
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertFalse(ports.isEmpty());
    for (String port : ports) {
      MachineTraces.listeners()
          .filter(line -> line.contains(":" + port + " "))
          .forEach(line -> assertTrue(line.contains("127.0.0.1:" + port), line));
    }
  }

  private static String readParts() {
    try {
      return Files.readString(run.host(ClusterState.CONTROL_PLANE).path().resolve("parts/etcd"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anotherClusterStandsBesideItAndLeavesNothing() throws IOException {
    Path cache = Binaries.defaultCache();
    MachineTraces before = MachineTraces.now(cache);
    RunFolder otherRun = new RunFolder(folder.resolve("other"));
    try (LocalCluster other = ClusterUnderTest.start(otherRun, "other", Tier.APISERVER, 1)) {
      assertNotEquals(before, MachineTraces.now(cache));
      answer(other, "create", "configmap", "only-there");
      assertNotEquals(0, kubectl(cluster, "", "get", "configmap", "only-there").exitCode());
      assertNotEquals(
          0,
          Command.of(
                  List.of(
                      ClusterUnderTest.BINARIES.path("kubectl").toString(),
                      "--kubeconfig",
                      other.kubeconfig().toString(),
                      "--server",
                      answer(
                          cluster,
                          "config",
                          "view",
                          "-o",
                          "jsonpath={.clusters[0].cluster.server}"),
                      "get",
                      "namespaces"))
              .result()
              .exitCode(),
          "a certificate of one cluster must not open the other");
    }
    assertEquals(before, MachineTraces.now(cache));
    assertInstanceOf(Finding.Down.class, LocalCluster.find(otherRun));
    assertInstanceOf(Finding.Up.class, LocalCluster.find(run));
  }

  @Test
  void aKilledPartIsNamedAndTheRestIsRemoved() throws IOException {
    Path cache = Binaries.defaultCache();
    MachineTraces before = MachineTraces.now(cache);
    for (String part : List.of("etcd", "kube-apiserver", "kube-controller-manager", "")) {
      RunFolder otherRun = new RunFolder(folder.resolve("killed " + part));
      LocalCluster other = ClusterUnderTest.start(otherRun, "killed", Tier.APISERVER, 1);
      ClusterUnderTest.kill(other, ClusterState.CONTROL_PLANE, part);
      ClusterUnderTest.awaitDeath(other, part);
      Finding.Died died = assertInstanceOf(Finding.Died.class, LocalCluster.find(otherRun));
      assertTrue(
          died.how()
              .startsWith(
                  part.isEmpty()
                      ? "init on control-plane ended"
                      : part + " on control-plane was killed (signal 9); its last log lines:"),
          died.how());
      assertInstanceOf(Finding.Down.class, LocalCluster.find(otherRun));
      assertEquals(before, MachineTraces.now(cache));
    }
  }

  @Test
  void aFailedStartNamesThePartAndLeavesNothing() throws Exception {
    Path cache = Binaries.defaultCache();
    MachineTraces before = MachineTraces.now(cache);
    RunFolder otherRun = new RunFolder(folder.resolve("fails"));
    Thread killer = new Thread(() -> killSoon(otherRun));
    killer.start();
    ClusterException failure =
        assertThrows(
            ClusterException.class,
            () -> ClusterUnderTest.start(otherRun, "fails", Tier.APISERVER, 1));
    killer.join();
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("the cluster did not start: etcd on control-plane was killed (signal 9)"),
        failure.getMessage());
    assertTrue(Files.exists(otherRun.logs().resolve("control-plane/etcd.log")));
    assertEquals(before, MachineTraces.now(cache));
    assertInstanceOf(Finding.Down.class, LocalCluster.find(otherRun));
  }

  /** Kills etcd as soon as it runs. */
  private static void killSoon(RunFolder run) {
    Pause pause = new Pause(Duration.ofSeconds(10));
    boolean killed = false;
    while (!killed && pause.next()) {
      killed =
          run.state().stream()
              .flatMap(state -> new ClusterProcesses(state.nonce()).find().stream())
              .filter(found -> found.part().equals("etcd"))
              .filter(found -> found.process().destroyForcibly())
              .findAny()
              .isPresent();
    }
  }

  @Test
  void whatIsNotInstalledIsNamedWithTheFix() {
    Binaries none =
        Binaries.of(
            folder.resolve("empty cache"),
            ClusterUnderTest.DEFINITIONS,
            Binaries.newest(ClusterUnderTest.DEFINITIONS));
    ClusterException failure =
        assertThrows(
            ClusterException.class,
            () ->
                ClusterStart.start(
                    new RunFolder(folder.resolve("none")),
                    new ClusterStart.Settings("none", Tier.APISERVER, 1),
                    none,
                    step -> {}));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("kube-apiserver"), message);
    assertTrue(message.contains("shirube cluster install"), message);
  }
}
