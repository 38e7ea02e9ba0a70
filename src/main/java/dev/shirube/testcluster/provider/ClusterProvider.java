package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TestCluster;
import java.util.function.Consumer;

/** One way to come by a cluster. */
interface ClusterProvider {

  /**
   * A cluster that answers a request.
   *
   * @param found whether it ran already
   */
  record Opened(TestCluster cluster, boolean found) {}

  /**
   * Takes the cluster of the run folder where it is this provider's and will do, else starts one.
   *
   * @param progress hears of each step once it is done
   * @throws ClusterException where it cannot; the message says why and what to do
   */
  Opened open(ClusterRequest request, Consumer<String> progress);
}
