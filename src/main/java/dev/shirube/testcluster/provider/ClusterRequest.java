package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cluster that somebody needs.
 *
 * @param name of a cluster that is started
 * @param tier the least that will do
 * @param nodes the least that will do; without meaning in the API server tier
 * @param kubernetes a minor version such as {@code 1.36}, or a patch of it, where one is wanted
 * @param binaries the commands that a local cluster is started from; its version is the one of a
 *     cluster that is started
 * @param run the folder of the cluster: one that is found running there is taken where it fits
 * @param patience how long each part of a local cluster may take until it is ready
 * @param kubeconfig where contexts are looked up; empty for those of {@code KUBECONFIG}, else
 *     {@code ~/.kube/config}
 */
public record ClusterRequest(
    ProviderName provider,
    String name,
    Tier tier,
    int nodes,
    Optional<String> kubernetes,
    Binaries binaries,
    RunFolder run,
    Duration patience,
    Optional<Path> kubeconfig) {

  /** Why a cluster will not do; empty where it will. */
  Optional<String> shortcoming(TestCluster cluster) {
    if (cluster.tier().compareTo(tier) < 0) {
      return Optional.of("the tier " + tier.id() + " was asked for");
    }
    if (tier == Tier.NODE && cluster.nodes().size() < nodes) {
      return Optional.of(nodes + " nodes were asked for");
    }
    return kubernetes
        .filter(wanted -> !isVersion(cluster.kubernetesVersion(), wanted))
        .map(wanted -> "Kubernetes " + wanted + " was asked for");
  }

  /** {@code 1.36.3}, {@code 1.36.3+k3s1} and {@code 1.36.3-eks-1a2b} are each a {@code 1.36}. */
  private static boolean isVersion(String version, String wanted) {
    return version.matches(Pattern.quote(wanted) + "([.+-].*)?");
  }
}
