package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.local.RunFolder;
import java.util.function.Consumer;

/**
 * Clusters in a container of <a href="https://docs.k3s.io">k3s</a>.
 *
 * <p>By the {@code docker} command rather than by Testcontainers: that one ends its containers with
 * the process that has started them, so that {@code shirube cluster up} could not leave one behind,
 * and its libraries would make ours a third larger.
 */
final class K3sProvider implements ClusterProvider {

  @Override
  public Opened open(ClusterRequest request, Consumer<String> progress) {
    RunFolder run = request.run();
    Occupied.requireFree(run, ProviderName.K3S);
    if (Attachment.read(run).isPresent()) {
      switch (ClusterProviders.find(run)) {
        case ClusterProviders.Finding.Up up -> {
          Occupied.requireFit(request, up.cluster());
          return new Opened(up.cluster(), true);
        }
        case ClusterProviders.Finding.Died died ->
            progress.accept("the cluster that was here has died: " + died.how());
        case ClusterProviders.Finding.Down down -> {}
      }
    }
    if (request.nodes() > 1) {
      throw new ClusterException("a cluster of k3s has one node here; several are made by local");
    }
    String image = K3sCluster.image(request.binaries().kubernetes());
    DockerEngine engine = DockerEngine.of(Machine.here().find("docker"));
    run.create();
    return run.locked(
        () -> {
          Occupied.requireStillFree(run);
          return new Opened(K3sCluster.start(run, request.name(), image, engine, progress), false);
        });
  }
}
