package dev.shirube.testcluster.claims;

import dev.shirube.testcluster.TestCluster;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Claims about a cluster. Each works in a {@link ClaimNamespace} of its own, so they may overlap.
 */
@ExtendWith(ClaimNamespaces.class)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
public interface ClusterClaims {

  TestCluster cluster();

  /** The nodes that Pods without tolerations may be on. */
  default List<String> nodes() {
    return cluster().nodes();
  }
}
