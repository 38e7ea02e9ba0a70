package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import dev.shirube.testcluster.local.RunFolder;
import java.util.function.Consumer;

/** Clusters of processes on this machine. */
final class LocalProvider implements ClusterProvider {

  @Override
  public Opened open(ClusterRequest request, Consumer<String> progress) {
    RunFolder run = request.run();
    Occupied.requireFree(run, ProviderName.LOCAL);
    switch (LocalCluster.find(run)) {
      case Finding.Up up -> {
        Occupied.requireFit(request, up.cluster());
        return new Opened(up.cluster(), true);
      }
      case Finding.Died died ->
          progress.accept("the cluster that was here has died: " + died.how());
      case Finding.Down down -> {}
    }
    LocalCluster cluster =
        ClusterStart.start(
            run,
            new ClusterStart.Settings(
                request.name(), request.tier(), request.nodes(), request.patience()),
            request.binaries(),
            progress);
    Occupied.requireFit(request, cluster); // another command may have started it meanwhile
    return new Opened(cluster, false);
  }
}
