package dev.shirube.testcluster;

import java.nio.file.Path;
import java.util.List;

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

  /** Ends the cluster where Shirube started it. */
  @Override
  void close();
}
