package dev.shirube.testcluster.local;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.claims.ApiServerClaims;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The claims of a local cluster without nodes. */
class ApiServerClaimsIT implements ApiServerClaims {

  @TempDir static Path folder = Path.of("unset");

  private static @Nullable LocalCluster cluster;

  @BeforeAll
  static void start() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("run")), "claims", Tier.APISERVER, 1);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  public TestCluster cluster() {
    return Objects.requireNonNull(cluster);
  }
}
