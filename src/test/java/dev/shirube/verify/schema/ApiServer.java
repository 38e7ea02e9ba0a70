package dev.shirube.verify.schema;

import dev.shirube.testcluster.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A real API server as a judge: it gets manifests as they are written, and keeps nothing. */
final class ApiServer implements AutoCloseable {

  private static final Pattern LINE = Pattern.compile("(?m)^(apiVersion|kind): *(\\S+)");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: *(\\S+)");
  private static final Map<String, String> PLURALS =
      Map.of("Ingress", "ingresses", "NetworkPolicy", "networkpolicies");
  private static final Set<String> OF_CLUSTER =
      Set.of(
          "Namespace",
          "PersistentVolume",
          "StorageClass",
          "ClusterRole",
          "ClusterRoleBinding",
          "PriorityClass",
          "CustomResourceDefinition");

  private final KubernetesClient client;

  ApiServer(TestCluster cluster) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(0); // an error 500 is an answer too
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** What it said to a manifest. */
  record Verdict(int code, String message) {

    boolean accepted() {
      return code < 300;
    }

    /** Whether it took it for an object of the kind, and found that wrong. */
    boolean isOfValidation() {
      return code == 422;
    }

    /** Whether the manifest is of another resource than the request was for. */
    boolean isOfAddress() {
      return message.contains("does not match the name on the URL");
    }
  }

  /**
   * Applies a manifest on the server's side, strictly and as a dry run.
   *
   * @param right the manifest that says which resource it is, should the other not
   */
  Verdict apply(String manifest, String right) {
    String apiVersion = "";
    String kind = "";
    Matcher line = LINE.matcher(right);
    while (line.find()) {
      if (line.group(1).equals("kind")) {
        kind = line.group(2);
      } else {
        apiVersion = line.group(2);
      }
    }
    Matcher named = NAME.matcher(right);
    String name = named.find() ? named.group(1) : "nameless";
    String plural =
        PLURALS.getOrDefault(
            kind, kind.toLowerCase(Locale.ROOT) + (kind.endsWith("s") ? "es" : "s"));
    String path =
        (apiVersion.contains("/") ? "apis/" : "api/")
            + apiVersion
            + (OF_CLUSTER.contains(kind) ? "/" : "/namespaces/default/")
            + plural
            + "/"
            + name
            + "?fieldManager=test&force=true&dryRun=All&fieldValidation=Strict";
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getMasterUrl() + path)
            .method("PATCH", "application/apply-patch+yaml", manifest)
            .build();
    try {
      HttpResponse<String> response =
          client.getHttpClient().sendAsync(request, String.class).get(30, TimeUnit.SECONDS);
      return new Verdict(response.code(), response.code() + " " + response.body());
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the API server did not answer", e);
    }
  }

  /** Its OpenAPI documents, one of each group and version. */
  List<String> openApi() {
    List<String> documents = new ArrayList<>();
    new JsonMapper()
        .readTree(client.raw("/openapi/v3"))
        .path("paths")
        .forEach(path -> documents.add(client.raw(path.path("serverRelativeURL").asString())));
    return documents;
  }

  /** Every kind that it serves. */
  List<Api> kinds() {
    List<Api> kinds = new ArrayList<>();
    List<String> versions = new ArrayList<>(List.of("v1"));
    client
        .getApiGroups()
        .getGroups()
        .forEach(
            group -> group.getVersions().forEach(each -> versions.add(each.getGroupVersion())));
    for (String version : versions) {
      client.getApiResources(version).getResources().stream()
          .filter(resource -> !resource.getName().contains("/"))
          .forEach(resource -> kinds.add(new Api(version, resource.getKind())));
    }
    return kinds;
  }

  @Override
  public void close() {
    client.close();
  }
}
