package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The contract, by a cluster that somebody else has started and marked. */
class ContextIT extends TestClusterContract {

  private Optional<LocalCluster> somebodys = Optional.empty();

  ContextIT() {
    super(ProviderName.ofContext("tests"), Tier.APISERVER);
  }

  @Override
  void prepare() throws IOException {
    LocalCluster cluster =
        ClusterUnderTest.start(
            new RunFolder(folder.resolve("somebody's")), "somebodys", Tier.APISERVER, 1);
    somebodys = Optional.of(cluster);
    Path trace = folder.resolve("unused");
    Files.writeString(
        kubeconfig().orElseThrow(), Kubeconfigs.of(cluster, Kubeconfigs.canary(folder, trace)));
  }

  @Override
  void cleanUp() {
    somebodys.ifPresent(LocalCluster::close);
  }

  @Override
  Optional<Path> kubeconfig() {
    return Optional.of(folder.resolve("somebody's kubeconfig"));
  }

  @Override
  void assertClosed(TestCluster closed) {
    assertEquals(closed.nonce(), ClusterUnderTest.marker(somebodys.orElseThrow()));
  }
}
