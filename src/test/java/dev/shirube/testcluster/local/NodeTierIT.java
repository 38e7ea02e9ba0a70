package dev.shirube.testcluster.local;

import static dev.shirube.testcluster.local.ClusterUnderTest.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters with nodes: they live in namespaces of their own and leave nothing on the machine. */
class NodeTierIT {

  private static final List<String> IN_BOTH_TIERS =
      List.of("init", "etcd", "kube-apiserver", "kube-controller-manager");

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

  @Test
  void twoNodesComeUpAndNothingIsLeftOfThem() throws Exception {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("two nodes"));
    try (LocalCluster cluster = ClusterUnderTest.start(run, "two", Tier.NODE, 2)) {
      assertNotEquals(before, MachineTraces.now(cache));
      assertEquals(List.of("node-1", "node-2"), cluster.nodes());
      assertEquals(
          "True True",
          answer(
              cluster,
              "get",
              "nodes",
              "-o",
              "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].status}"));
      assertEquals(cluster.nonce(), ClusterUnderTest.marker(cluster));
      String server =
          answer(cluster, "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
      String controlPlane = server.replaceAll("https://|:6443", "");
      assertEquals("10.96.0.1", resolve("kubernetes.default.svc.cluster.local", controlPlane));
      assertEquals(
          "true",
          answer(
              cluster,
              "get",
              "storageclass",
              "local-path",
              "-o",
              "jsonpath={.metadata.annotations.storageclass\\.kubernetes\\.io/is-default-class}"));
      assertEquals(before.tables(), MachineTraces.now(cache).tables());
      assertEquals(before.sysctls(), MachineTraces.now(cache).sysctls());
      assertEquals(before.mounts(), MachineTraces.now(cache).mounts());
      assertTrue(
          MachineTraces.listeners().noneMatch(line -> line.contains("198.18.")),
          "nothing on the machine's side listens");
    }
    assertEquals(before, MachineTraces.now(cache));
  }

  @Test
  void aNodeIsTakenAwayAndComesBack() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (LocalCluster cluster = ClusterUnderTest.start(run, "nodes", Tier.NODE, 2)) {
      cluster.stopNode("node-2");
      LocalCluster found = assertInstanceOf(Finding.Up.class, LocalCluster.find(run)).cluster();
      assertEquals(List.of("node-2"), found.stoppedNodes());
      assertTrue(found.health().stream().noneMatch(part -> part.host().equals("node-2")));
      found.startNode("node-2");
      assertEquals(List.of(), found.stoppedNodes());
      assertTrue(found.health().stream().allMatch(PartHealth::runs));
    }
    assertEquals(before, MachineTraces.now(cache));
  }

  /** A bridge takes over the lowest address of its links, unless it is given one. */
  @Test
  void theApiServerIsReachedWhileNodesComeAndGo() {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (LocalCluster cluster = ClusterUnderTest.start(run, "nodes", Tier.NODE, 2)) {
      ClusterUnderTest.inNetworkOf(
          cluster,
          ClusterState.CONTROL_PLANE,
          List.of("ip", "link", "set", "node-2", "address", "02:00:00:00:00:00"));
      assertEquals("ok", answer(cluster, "get", "--raw=/readyz", "--request-timeout=9s"));
      cluster.stopNode("node-2");
      assertEquals("ok", answer(cluster, "get", "--raw=/readyz", "--request-timeout=9s"));
    }
  }

  @Test
  void aKilledHostIsNamedAndTheRestIsRemoved() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    for (String host : List.of("node-1", ClusterState.CONTROL_PLANE)) {
      RunFolder run = new RunFolder(folder.resolve(host));
      LocalCluster cluster = ClusterUnderTest.start(run, "killed", Tier.NODE, 1);
      ClusterUnderTest.kill(cluster, host, "");
      ClusterUnderTest.awaitDeath(cluster, host);
      Finding.Died died = assertInstanceOf(Finding.Died.class, LocalCluster.find(run));
      assertTrue(died.how().startsWith("init on " + host + " ended"), died.how());
      assertEquals(before, MachineTraces.now(cache));
    }
  }

  /** Those that the tier apiserver has too are killed in {@link LocalClusterIT}. */
  @Test
  void aKilledPartIsNamedAndTheRestIsRemoved() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    List<PartHealth> victims = List.of();
    int number = 0;
    do {
      RunFolder run = new RunFolder(folder.resolve("killed " + number));
      LocalCluster cluster = ClusterUnderTest.start(run, "killed", Tier.NODE, 1);
      if (number == 0) {
        victims =
            cluster.health().stream().filter(part -> !IN_BOTH_TIERS.contains(part.part())).toList();
        assertTrue(victims.size() >= 5, () -> "too few parts: " + cluster.health());
      }
      PartHealth victim = victims.get(number);
      ClusterUnderTest.kill(cluster, victim.host(), victim.part());
      ClusterUnderTest.awaitDeath(cluster, victim.part());
      Finding.Died died = assertInstanceOf(Finding.Died.class, LocalCluster.find(run));
      assertTrue(
          died.how()
              .startsWith(
                  victim.part()
                      + " on "
                      + victim.host()
                      + " was killed (signal 9); its last log lines:\n    "),
          died.how());
      assertEquals(before, MachineTraces.now(cache));
      number++;
    } while (number < victims.size());
  }

  @Test
  void twoClustersStandSideBySide() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    try (LocalCluster one =
            ClusterUnderTest.start(new RunFolder(folder.resolve("one")), "one", Tier.NODE, 1);
        LocalCluster two =
            ClusterUnderTest.start(new RunFolder(folder.resolve("two")), "two", Tier.NODE, 1)) {
      answer(one, "create", "configmap", "only-there");
      assertTrue(!answer(two, "get", "configmaps", "-o", "name").contains("only-there"));
    }
    assertEquals(before, MachineTraces.now(cache));
  }

  /** Asks a DNS server (RFC 1035) for the address of a name: the last four bytes of its answer. */
  private static String resolve(String name, String server) throws IOException {
    ByteArrayOutputStream question = new ByteArrayOutputStream();
    question.writeBytes(new byte[] {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}); // one question, recursive
    for (String label : name.split("\\.")) {
      question.write(label.length());
      question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    question.writeBytes(new byte[] {0, 0, 1, 0, 1}); // the address (A) in the Internet (IN)
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(5_000);
      SocketAddress to = new InetSocketAddress(server, 53);
      socket.send(new DatagramPacket(question.toByteArray(), question.size(), to));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      socket.receive(answer);
      byte[] address =
          Arrays.copyOfRange(answer.getData(), answer.getLength() - 4, answer.getLength());
      return InetAddress.getByAddress(address).getHostAddress();
    }
  }
}
