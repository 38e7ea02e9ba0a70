package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.claims.NodeClaims;
import dev.shirube.testcluster.claims.NodeLossClaims;
import dev.shirube.testcluster.claims.PrivateRegistryClaims;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The claims of a local cluster with two nodes, and a third one to be taken away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // what takes long comes first
class NodeClaimsIT implements NodeClaims, PrivateRegistryClaims, NodeLossClaims {

  private static final int NODES = 3;

  @TempDir static Path folder = Path.of("unset");

  private static @Nullable LocalCluster cluster;

  @BeforeAll
  static void start() {
    assertTrue("root".equals(System.getProperty("user.name")), "the tier node needs root");
    ClusterUnderTest.requireInstalled(Tier.NODE);
    cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("run")), "claims", Tier.NODE, NODES);
    NodeLossClaims.setAside(cluster);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  public TestCluster cluster() {
    return local();
  }

  private static LocalCluster local() {
    return Objects.requireNonNull(cluster);
  }

  @Override
  public List<String> nodes() {
    return NodeLossClaims.super.nodes();
  }

  @Override
  public void stopNode(String node) {
    local().stopNode(node);
  }

  @Override
  public void startNode(String node) {
    local().startNode(node);
  }
}
