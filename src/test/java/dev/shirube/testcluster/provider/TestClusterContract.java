package dev.shirube.testcluster.provider;

import static dev.shirube.testcluster.local.ClusterUnderTest.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a test cluster must hold, whichever provider it is from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TestClusterContract {

  @TempDir static Path folder = Path.of("unset");

  private final ProviderName provider;
  private final Tier tier;
  private Optional<ClusterChoice> opened = Optional.empty();

  TestClusterContract(ProviderName provider, Tier tier) {
    this.provider = provider;
    this.tier = tier;
  }

  /** Makes what the provider needs from the machine. */
  void prepare() throws IOException {}

  /** Takes it away again. */
  void cleanUp() {}

  /** The kubeconfig that a context is looked up in. */
  Optional<Path> kubeconfig() {
    return Optional.empty();
  }

  /** Checks that a cluster which was closed is as its provider says. */
  abstract void assertClosed(TestCluster closed) throws IOException;

  private ClusterRequest request(RunFolder run) {
    return new ClusterRequest(
        provider,
        "contract",
        tier,
        1,
        Optional.empty(),
        ClusterUnderTest.BINARIES,
        run,
        ClusterStart.PATIENCE,
        kubeconfig());
  }

  private static RunFolder run() {
    return new RunFolder(folder.resolve("the run"));
  }

  private TestCluster cluster() {
    return opened.orElseThrow().cluster().orElseThrow();
  }

  @BeforeAll
  void open() throws IOException {
    ClusterUnderTest.requireInstalled(tier);
    prepare();
    opened = Optional.of(ClusterProviders.open(request(run()), step -> {}));
  }

  @AfterAll
  void close() {
    opened.ifPresent(ClusterChoice::close);
    cleanUp();
  }

  @Test
  void itSaysWhoseItIs() {
    ClusterChoice choice = opened.orElseThrow();
    assertEquals(provider, choice.provider());
    assertFalse(choice.found());
    assertEquals(List.of(), choice.passedOver());
  }

  @Test
  void itsKubeconfigHoldsItsContextAloneAndIsNobodyElses() {
    assertEquals(cluster().context(), answer(cluster(), "config", "current-context"));
    assertEquals(cluster().context(), answer(cluster(), "config", "get-contexts", "-o", "name"));
    assertEquals("rw-------", Kubeconfigs.permissions(cluster().kubeconfig()));
    String text = Kubeconfigs.read(cluster().kubeconfig());
    assertEquals(1, text.lines().filter(line -> line.contains("server:")).count());
    assertEquals(1, text.lines().filter(line -> line.contains("client-key-data:")).count());
  }

  @Test
  void itMayBeChanged() {
    answer(cluster(), "create", "namespace", "contract");
    answer(cluster(), "-n", "contract", "create", "configmap", "here", "--from-literal=a=b");
    answer(cluster(), "delete", "namespace", "contract", "--wait=false");
  }

  @Test
  void itsVersionIsWhatTheServerSays() {
    String server = answer(cluster(), "get", "--raw", "/version");
    assertTrue(
        server.contains("\"gitVersion\": \"v" + cluster().kubernetesVersion() + "\""), server);
  }

  @Test
  void itCarriesTheMarkerWithItsNonce() {
    assertEquals(cluster().nonce(), ClusterUnderTest.marker(cluster()));
    assertTrue(cluster().nonce().matches("[0-9a-f]{32}"), cluster().nonce());
  }

  @Test
  void itsNodesAndItsTierAreWhatKubectlSays() {
    List<String> nodes =
        answer(cluster(), "get", "nodes", "--no-headers")
            .lines()
            .map(line -> line.split("\\s+"))
            .filter(columns -> columns[1].equals("Ready"))
            .map(columns -> columns[0])
            .toList();
    assertEquals(nodes, cluster().nodes());
    assertEquals(tier, cluster().tier());
    assertEquals(tier == Tier.NODE, !nodes.isEmpty());
  }

  @Test
  void itIsFoundRunningAndLeftRunning() {
    try (ClusterChoice again = ClusterProviders.open(request(run()), step -> {})) {
      assertTrue(again.found());
      TestCluster found = again.cluster().orElseThrow();
      assertEquals(cluster().nonce(), found.nonce());
      assertEquals(cluster().context(), found.context());
      assertEquals(cluster().nodes(), found.nodes());
    }
    assertEquals("ok", answer(cluster(), "get", "--raw", "/readyz"));
    ClusterProviders.Finding.Up up = (ClusterProviders.Finding.Up) ClusterProviders.find(run());
    assertEquals(provider, up.provider());
    assertEquals(cluster().nonce(), up.cluster().nonce());
  }

  @Test
  void closingLeavesWhatWasThereBefore() throws IOException {
    RunFolder other = new RunFolder(folder.resolve("another run"));
    ClusterChoice choice = ClusterProviders.open(request(other), step -> {});
    TestCluster cluster = choice.cluster().orElseThrow();
    assertTrue(Files.exists(cluster.kubeconfig()));
    choice.close();
    assertFalse(Files.exists(cluster.kubeconfig()));
    assertEquals(new ClusterProviders.Finding.Down(), ClusterProviders.find(other));
    assertClosed(cluster);
  }
}
