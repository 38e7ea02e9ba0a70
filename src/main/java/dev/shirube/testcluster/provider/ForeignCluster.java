package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Nonce;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cluster that Shirube did not start, as a context of a kubeconfig names it. It may be one that
 * people depend on: until it carries the marker, nothing in it is changed but that marker.
 */
public final class ForeignCluster implements AutoCloseable {

  private final SingleContext context;
  private final Optional<Path> kubeconfig;
  private final ApiServer apiServer;

  private ForeignCluster(SingleContext context, Optional<Path> kubeconfig) {
    this.context = context;
    this.kubeconfig = kubeconfig;
    apiServer = new ApiServer(context.kubeconfig());
  }

  /**
   * Looks a context up; the server is not asked yet.
   *
   * @param kubeconfig the file; empty for those of {@code KUBECONFIG}, else {@code ~/.kube/config}
   * @throws ClusterException where there is no such context, or it may not be used
   */
  public static ForeignCluster of(String context, Optional<Path> kubeconfig) {
    return new ForeignCluster(
        UserKubeconfig.read(kubeconfig, System.getenv()).context(context), kubeconfig);
  }

  public String context() {
    return context.name();
  }

  /** The address of its API server. */
  public String server() {
    return context.server();
  }

  /** A kubeconfig that holds only this context, and needs no other file. */
  String kubeconfigText() {
    return context.kubeconfig();
  }

  /**
   * The version of Kubernetes, for example {@code 1.37.2}.
   *
   * @throws ClusterException where the server does not answer, or refuses
   */
  public String kubernetesVersion() {
    return ask(apiServer::version);
  }

  /**
   * The names of its namespaces.
   *
   * @throws ClusterException where the server does not answer, or refuses
   */
  public List<String> namespaces() {
    return ask(apiServer::namespaces);
  }

  /**
   * What it is, as a test cluster.
   *
   * @throws ClusterException where it carries no marker, does not answer, or refuses
   */
  public ClusterFacts requireTestCluster() {
    requireNonce();
    return facts();
  }

  ClusterFacts facts() {
    return ask(() -> ClusterFacts.of(apiServer));
  }

  /**
   * Whether it carries the marker of a test cluster.
   *
   * @throws ClusterException where the server does not answer, or refuses
   */
  public boolean isMarked() {
    return ask(apiServer::nonce).isPresent();
  }

  /**
   * The nonce of its marker.
   *
   * @throws ClusterException where it carries none, with what allows it
   */
  String requireNonce() {
    return ask(apiServer::nonce)
        .orElseThrow(
            () ->
                new ClusterException(
                    "the cluster of the context \""
                        + context()
                        + "\" ("
                        + server()
                        + ") is not marked as a test cluster"
                        + "\n  why: Shirube changes only clusters that carry the ConfigMap "
                        + TestCluster.MARKER
                        + " in "
                        + TestCluster.MARKER_NAMESPACE
                        + "\n  fix: if nobody depends on anything in it: "
                        + markCommand()));
  }

  private String markCommand() {
    return "shirube cluster mark --context "
        + quoted(context())
        + kubeconfig.map(file -> " --kubeconfig " + quoted(file.toString())).orElse("");
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Allows Shirube to change whatever is in the cluster.
   *
   * @throws ClusterException where the server does not answer, or refuses
   */
  public void mark() {
    ask(
        () -> {
          apiServer.unmark(); // one without a nonce would be in the way
          apiServer.mark(Nonce.fresh());
          return true;
        });
  }

  /**
   * Takes the marker away; false where there was none.
   *
   * @throws ClusterException where the server does not answer, or refuses
   */
  public boolean unmark() {
    return ask(apiServer::unmark);
  }

  private <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new ClusterException(
          "the server of the context \""
              + context()
              + "\" ("
              + server()
              + ") "
              + (e.getCode() <= 0
                  ? "cannot be reached: " + whyUnreachable(e)
                  : "refuses: " + said(e)),
          e);
    }
  }

  private static String said(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? "HTTP status " + e.getCode()
        : e.getStatus().getMessage();
  }

  /** The library and the JDK leave most of it to the types of the exceptions. */
  private static String whyUnreachable(Throwable failure) {
    String why = "nobody answers there";
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "its name is unknown";
      }
      if (cause.getMessage() != null) {
        why = cause.getMessage();
      }
    }
    return why;
  }

  @Override
  public void close() {
    apiServer.close();
  }
}
