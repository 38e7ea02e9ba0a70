package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.local.RunFolder;
import java.util.Optional;

/**
 * A cluster that somebody has marked for tests. The run folder holds a kubeconfig of our own, with
 * its context alone; the user's is not used after that.
 */
final class ContextCluster extends AttachedCluster {

  private ContextCluster(RunFolder run, String context, ClusterFacts facts, String nonce) {
    super(run, context, facts, nonce);
  }

  /** Asks a cluster for what a test cluster must tell; it must carry the marker. */
  static ContextCluster of(RunFolder run, ForeignCluster cluster) {
    String nonce = cluster.requireNonce();
    return new ContextCluster(run, cluster.context(), cluster.facts(), nonce);
  }

  /** The cluster whose kubeconfig is in a run folder; it must still answer and be marked. */
  static ContextCluster find(RunFolder run) {
    String context =
        Attachment.read(run)
            .orElseThrow(() -> new ClusterException("no cluster is up in " + run.path()))
            .provider()
            .context();
    try (ForeignCluster cluster = ForeignCluster.of(context, Optional.of(run.kubeconfig()))) {
      return of(run, cluster);
    }
  }

  /** Removes the kubeconfig; the cluster is somebody else's. */
  @Override
  public void close() {
    run()
        .locked(
            () -> {
              run().forget();
              return run();
            });
  }
}
