package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.FreePorts;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another program takes a port or a subnet that a cluster wanted. */
class TakenPortIT {

  @TempDir Path folder = Path.of("unset");

  private final Path cache = Binaries.defaultCache();
  private final List<String> steps = new ArrayList<>();

  private LocalCluster start(RunFolder run, IntFunction<List<Integer>> ports) {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    return ClusterStart.start(
        run,
        new ClusterStart.Settings("ports", Tier.APISERVER, 1),
        ClusterUnderTest.BINARIES,
        steps::add,
        ports);
  }

  /** A port that is free when it is chosen, and taken when the cluster wants it. */
  private static List<Integer> with(int place, ServerSocket taken, int count) {
    List<Integer> ports = new ArrayList<>(FreePorts.find(count));
    ports.set(place, taken.getLocalPort());
    return ports;
  }

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  /** The API server's, etcd's and that for other members of etcd's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anotherPortIsTriedWhereOneWasTaken(int place) throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("run"));
    List<Integer> tries = new ArrayList<>();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalCluster cluster =
            start(
                run,
                count -> {
                  tries.add(count);
                  return tries.size() == 1 ? with(place, taken, count) : FreePorts.find(count);
                })) {
      assertEquals("ok", ClusterUnderTest.answer(cluster, "get", "--raw", "/readyz"));
      assertEquals(2, tries.size());
      assertTrue(steps.getFirst().contains("has just taken a port"), steps::toString);
    }
    assertEquals(before, MachineTraces.now(cache));
  }

  @Test
  void aPartWhosePortIsTakenAgainAndAgainIsNamed() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClusterException failure =
          assertThrows(ClusterException.class, () -> start(run, count -> with(2, taken, count)));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("etcd on control-plane ended with exit code 1"), message);
      assertTrue(message.contains(taken.getLocalPort() + ": bind: address already"), message);
      assertEquals(2, steps.size());
    }
    assertInstanceOf(Finding.Down.class, LocalCluster.find(run));
    assertEquals(before, MachineTraces.now(cache));
  }

  /** In a network namespace, so that no interface of the machine's is made or needed. */
  @Test
  void aSubnetThatSomebodyHasIsLeftAlone() throws IOException {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.NODE);
    MachineTraces before = MachineTraces.now(cache);
    String script =
        """
        set -eu
        ip link set lo up
        ip link add office type bridge
        ip addr add 198.18.1.9/24 dev office
        ip link set office up
        ip link add shirube2 type bridge
        ip link set shirube2 up
        ip route add 198.18.3.0/25 dev shirube2
        "$1" cluster up --tier node --run "$2"
        ip -o -4 addr
        "$1" cluster down --run "$2"
        ip -o link | cut -d ' ' -f 2
        """;
    Command.Result result =
        Command.of(
                "unshare",
                "--net",
                "sh",
                "-c",
                script,
                "sh",
                Path.of("shirube").toAbsolutePath().toString(),
                folder.resolve("run").toString())
            .result();
    assertTrue(result.ok(), result.output());
    assertTrue(result.output().contains("inet 198.18.4.1/24"), result.output());
    assertEquals(
        List.of("lo:", "office:", "shirube2:"),
        result.lines().subList(result.lines().size() - 3, result.lines().size()));
    assertEquals(before, MachineTraces.now(cache));
  }
}
