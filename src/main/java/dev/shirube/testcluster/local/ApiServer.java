package dev.shirube.testcluster.local;

import dev.shirube.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is asked of a cluster's API server, and the marker that it is given. */
public final class ApiServer implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KubernetesClient client;

  /**
   * @param kubeconfig its text, of an administrator; certificates and keys are inside
   */
  public ApiServer(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) TIMEOUT.toMillis());
    config.setConnectionTimeout((int) TIMEOUT.toMillis());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  public boolean isReady() {
    return Objects.equals(ask(() -> client.raw("/readyz")), "ok");
  }

  public boolean hasDefaultServiceAccount() {
    return ask(() -> client.serviceAccounts().inNamespace("default").withName("default").get())
        != null;
  }

  boolean isReady(String node) {
    Node found = ask(() -> client.nodes().withName(node).get());
    return found != null && isReady(found);
  }

  private static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  /**
   * The nodes by name, each with whether it is ready.
   *
   * @throws KubernetesClientException where the server does not answer, or refuses
   */
  public SortedMap<String, Boolean> nodes() {
    SortedMap<String, Boolean> nodes = new TreeMap<>();
    client
        .nodes()
        .list()
        .getItems()
        .forEach(node -> nodes.put(node.getMetadata().getName(), isReady(node)));
    return nodes;
  }

  /**
   * The names of the namespaces.
   *
   * @throws KubernetesClientException where the server does not answer, or refuses
   */
  public List<String> namespaces() {
    return client.namespaces().list().getItems().stream()
        .map(namespace -> namespace.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** Whether a node that came back has said so: for a while it counts as ready though it is not. */
  boolean isBack(String node, Instant since) {
    Lease lease = ask(() -> client.leases().inNamespace("kube-node-lease").withName(node).get());
    return lease != null && lease.getSpec().getRenewTime().toInstant().isAfter(since);
  }

  /**
   * Marks the cluster as one for tests.
   *
   * @throws KubernetesClientException where it is marked already, or the server refuses
   */
  public void mark(String nonce) {
    client.resource(marker(Map.of(TestCluster.NONCE_KEY, nonce))).create();
  }

  /**
   * Takes the marker away; false where there was none.
   *
   * @throws KubernetesClientException where the server does not answer, or refuses
   */
  public boolean unmark() {
    return !client.resource(marker(Map.of())).delete().isEmpty();
  }

  /**
   * The nonce of the marker; empty where there is no marker, or one without a nonce.
   *
   * @throws KubernetesClientException where the server does not answer, or refuses
   */
  public Optional<String> nonce() {
    return Optional.ofNullable(client.resource(marker(Map.of())).get())
        .map(ConfigMap::getData)
        .map(data -> data.get(TestCluster.NONCE_KEY))
        .filter(nonce -> !nonce.isBlank());
  }

  private static ConfigMap marker(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(TestCluster.MARKER)
        .withNamespace(TestCluster.MARKER_NAMESPACE)
        .endMetadata()
        .withData(data)
        .build();
  }

  /** Makes the objects of a resource file of this package. */
  void create(String resource) {
    try (InputStream in = Objects.requireNonNull(ApiServer.class.getResourceAsStream(resource))) {
      client.load(in).create();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  /**
   * The version of Kubernetes, for example {@code 1.37.2}.
   *
   * @throws KubernetesClientException where the server does not answer, or refuses
   */
  public String version() {
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
