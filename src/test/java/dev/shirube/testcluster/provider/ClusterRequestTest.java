package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterRequestTest {

  /** What a request looks at. */
  private record Shape(String kubernetesVersion, Tier tier, List<String> nodes)
      implements TestCluster {

    @Override
    public Path kubeconfig() {
      return Path.of("unused");
    }

    @Override
    public String context() {
      return "unused";
    }

    @Override
    public String nonce() {
      return "unused";
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          APISERVER | 1 | ''     | 1.37.2          | APISERVER | ''
          APISERVER | 1 | ''     | 1.37.2          | NODE      | ''
          NODE      | 1 | ''     | 1.37.2          | APISERVER | the tier node was asked for
          NODE      | 1 | ''     | 1.37.2          | NODE      | ''
          NODE      | 3 | ''     | 1.37.2          | NODE      | 3 nodes were asked for
          APISERVER | 3 | ''     | 1.37.2          | APISERVER | ''
          APISERVER | 1 | 1.37   | 1.37.2          | APISERVER | ''
          APISERVER | 1 | 1.37.2 | 1.37.2+k3s1     | APISERVER | ''
          APISERVER | 1 | 1.37   | 1.37.2-eks-1a2b | APISERVER | ''
          APISERVER | 1 | 1.3    | 1.37.2          | APISERVER | Kubernetes 1.3 was asked for
          APISERVER | 1 | 1.37.2 | 1.37.21         | APISERVER | Kubernetes 1.37.2 was asked for
          """)
  void aClusterMayHaveMoreThanWasAskedForButNotLess(
      Tier tier, int nodes, String kubernetes, String version, Tier has, String shortcoming) {
    ClusterRequest request =
        new ClusterRequest(
            ProviderName.LOCAL,
            "name",
            tier,
            nodes,
            Optional.of(kubernetes).filter(text -> !text.isEmpty()),
            ClusterUnderTest.BINARIES,
            new RunFolder(Path.of("unused")),
            ClusterStart.PATIENCE,
            Optional.empty());
    List<String> two = has == Tier.NODE ? List.of("node-1", "node-2") : List.of();
    assertEquals(shortcoming, request.shortcoming(new Shape(version, has, two)).orElse(""));
  }
}
