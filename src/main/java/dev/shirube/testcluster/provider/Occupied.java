package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.util.Optional;

/** A run folder is one cluster's: another one is refused with the way out. */
final class Occupied {

  private Occupied() {}

  /** Fails where another provider's cluster is in a run folder. */
  static void requireFree(RunFolder run, ProviderName asker) {
    Optional<ProviderName> other =
        Attachment.read(run).map(Attachment::provider).filter(name -> !name.equals(asker));
    if (other.isPresent()) {
      throw occupied(run, other.get().toString());
    }
    if (!asker.equals(ProviderName.LOCAL)
        && LocalCluster.find(run) instanceof LocalCluster.Finding.Up up) {
      throw occupied(run, "local, " + up.cluster().description());
    }
  }

  /** Fails where the cluster of a run folder will not do. */
  static void requireFit(ClusterRequest request, TestCluster cluster) {
    request
        .shortcoming(cluster)
        .ifPresent(
            shortcoming -> {
              throw occupied(request.run(), cluster.description() + ", and " + shortcoming);
            });
  }

  private static ClusterException occupied(RunFolder run, String what) {
    return new ClusterException(
        "another cluster is up in "
            + run.path()
            + ": "
            + what
            + "\n  fix: end it with \"shirube cluster down\", or give this one a --name");
  }

  /** Fails where another command was faster; the run folder is {@link RunFolder#locked}. */
  static void requireStillFree(RunFolder run) {
    if (run.isTaken()) {
      throw new ClusterException("another command has just started a cluster in " + run.path());
    }
  }
}
