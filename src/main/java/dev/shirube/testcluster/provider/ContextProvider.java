package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.local.RunFolder;
import java.util.function.Consumer;

/** Clusters that somebody has marked for tests. */
final class ContextProvider implements ClusterProvider {

  private final String context;

  ContextProvider(String context) {
    this.context = context;
  }

  /** Reads the user's kubeconfig anew each time: its credentials may have changed. */
  @Override
  public Opened open(ClusterRequest request, Consumer<String> progress) {
    RunFolder run = request.run();
    Attachment attachment = new Attachment(ProviderName.ofContext(context), "");
    Occupied.requireFree(run, attachment.provider());
    try (ForeignCluster foreign = ForeignCluster.of(context, request.kubeconfig())) {
      ContextCluster cluster = ContextCluster.of(run, foreign);
      request
          .shortcoming(cluster)
          .ifPresent(
              shortcoming -> {
                throw new ClusterException(
                    "the cluster of the context \""
                        + context
                        + "\" has "
                        + cluster.description()
                        + ", and "
                        + shortcoming);
              });
      run.create();
      return run.locked(
          () -> {
            boolean found = Attachment.read(run).equals(java.util.Optional.of(attachment));
            if (!found) {
              Occupied.requireStillFree(run);
            }
            attachment.write(run);
            run.writeKubeconfig(foreign.kubeconfigText());
            return new Opened(cluster, found);
          });
    }
  }
}
