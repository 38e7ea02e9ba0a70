package dev.shirube.testcluster.local;

import dev.shirube.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the start of a cluster asks its API server. */
final class ApiServer implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KubernetesClient client;

  /**
   * @param kubeconfig its text, of an administrator
   */
  ApiServer(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) TIMEOUT.toMillis());
    config.setConnectionTimeout((int) TIMEOUT.toMillis());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  boolean isReady() {
    return Objects.equals(ask(() -> client.raw("/readyz")), "ok");
  }

  boolean hasDefaultServiceAccount() {
    return ask(() -> client.serviceAccounts().inNamespace("default").withName("default").get())
        != null;
  }

  boolean isReady(String node) {
    Node found = ask(() -> client.nodes().withName(node).get());
    return found != null
        && found.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  /** Whether a node that came back has said so: for a while it counts as ready though it is not. */
  boolean isBack(String node, Instant since) {
    Lease lease = ask(() -> client.leases().inNamespace("kube-node-lease").withName(node).get());
    return lease != null && lease.getSpec().getRenewTime().toInstant().isAfter(since);
  }

  /** Marks the cluster as one for tests. */
  void mark(String nonce) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(TestCluster.MARKER)
                .withNamespace(TestCluster.MARKER_NAMESPACE)
                .endMetadata()
                .withData(Map.of(TestCluster.NONCE_KEY, nonce))
                .build())
        .create();
  }

  /** Makes the objects of a resource file of this package. */
  void create(String resource) {
    try (InputStream in = Objects.requireNonNull(ApiServer.class.getResourceAsStream(resource))) {
      client.load(in).create();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  String version() {
    return client.getKubernetesVersion().getGitVersion().substring(1);
  }

  /** Null where the server does not answer yet, or refuses. */
  private static <T> @Nullable T ask(java.util.function.Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      return null;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
