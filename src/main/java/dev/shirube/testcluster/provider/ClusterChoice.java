package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.TestCluster;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that answers a request.
 *
 * <p>{@link #close()} it after use. Whoever wants a started cluster to stay, as {@code shirube
 * cluster up} does, does not close it: the next request for its run folder finds it.
 *
 * @param provider the one that was taken
 * @param cluster empty for {@link ProviderName#NONE} alone
 * @param found whether the cluster ran already
 * @param passedOver those that were tried before
 */
public record ClusterChoice(
    ProviderName provider,
    Optional<TestCluster> cluster,
    boolean found,
    List<PassedOver> passedOver)
    implements AutoCloseable {

  public ClusterChoice {
    passedOver = List.copyOf(passedOver);
  }

  /** Ends the cluster where the request started it; one that ran already is left running. */
  @Override
  public void close() {
    if (!found) {
      cluster.ifPresent(TestCluster::close);
    }
  }
}
