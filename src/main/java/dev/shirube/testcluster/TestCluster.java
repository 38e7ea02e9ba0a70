package dev.shirube.testcluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Kubernetes cluster that snippets and tests may change. */
public interface TestCluster extends AutoCloseable {

  /** In {@value #MARKER_NAMESPACE}: what tells a test cluster from one that people depend on. */
  String MARKER = "shirube-test-cluster";

  String MARKER_NAMESPACE = "kube-system";

  /** The key of the marker's data that holds {@link #nonce()}. */
  String NONCE_KEY = "nonce";

  /** A kubeconfig of an administrator. */
  Path kubeconfig();

  /** The context within {@link #kubeconfig()}. */
  String context();

  /** As the API server says it, for example {@code 1.37.2}. */
  String kubernetesVersion();

  Tier tier();

  /** The names of the nodes; none in the tier {@link Tier#APISERVER}. */
  List<String> nodes();

  /** Drawn anew for every start; the cluster's marker carries it. */
  String nonce();

  /** Where its API server asks for tokens; empty where it asks nobody. */
  default Optional<TokenWebhook> tokenWebhook() {
    return Optional.empty();
  }

  /** For example {@code Kubernetes 1.37.2, tier node, 2 nodes}. */
  default String description() {
    return description(kubernetesVersion(), tier(), nodes().size());
  }

  /** The same, of a cluster that is only looked at. */
  static String description(String kubernetes, Tier tier, int nodes) {
    return "Kubernetes "
        + kubernetes
        + ", tier "
        + tier.id()
        + (nodes == 0 ? "" : ", " + nodes + (nodes == 1 ? " node" : " nodes"));
  }

  /** Ends the cluster where Shirube started it, else only lets go of it. */
  @Override
  void close();
}
