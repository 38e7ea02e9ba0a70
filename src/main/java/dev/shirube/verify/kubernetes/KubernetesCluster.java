package dev.shirube.verify.kubernetes;

import dev.shirube.diagnose.live.ReadOnlyApi;
import dev.shirube.verify.Cluster;
import dev.shirube.verify.ClusterUnavailableException;
import dev.shirube.verify.ForeignClusterException;
import dev.shirube.verify.Manifest;
import dev.shirube.verify.Waiting;
import dev.shirube.verify.kubernetes.ApiResources.ApiResource;
import dev.shirube.verify.kubernetes.Http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cluster over HTTP. Manifests go as they are, since typed models would repair what is wrong in
 * them: a quoted number, a field that does not exist.
 */
public final class KubernetesCluster implements Cluster {

  private static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String MANAGER = "shirube";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String YAML = "application/apply-patch+yaml";
  private static final String JSON = "application/json";

  /**
   * What the cluster makes and removes by itself, some of it a while after what it belongs to: an
   * IPAddress outlives its Service until the API server looks for such.
   */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "apiservices",
          "certificatesigningrequests",
          "componentstatuses",
          "csinodes",
          "endpoints",
          "endpointslices",
          "events",
          "flowschemas",
          "ipaddresses",
          "leasecandidates",
          "leases",
          "nodes",
          "podcertificaterequests",
          "prioritylevelconfigurations",
          "resourceslices",
          "storageversions",
          "volumeattachments");

  /**
   * Single objects of that kind: made by a provisioner for a claim, or by the control plane, which
   * makes them again where they are deleted, and may do so after the first inventory.
   */
  private static final Pattern MADE_BY_THE_CLUSTER =
      Pattern.compile(
          "persistentvolumes/pvc-.*"
              + "|servicecidrs/kubernetes"
              + "|clustertrustbundles/kubernetes\\.io:.*"
              + "|namespaces/(default|kube-.*)"
              + "|serviceaccounts/default in default"
              + "|configmaps/kube-root-ca\\.crt in default"
              + "|services/kubernetes in default");

  /**
   * A server-side apply names fields in its message alone: {@code … Kind=Pod): .spec.containers[
   * name="a"].imag: field not declared in schema}.
   */
  private static final Pattern FIELD = Pattern.compile("\\): (\\.(?:\\[[^\\]]*]|[^\\s:\\[])+): ");

  /** New kinds come with these. */
  private static final String CUSTOM_KINDS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private final Http http;
  private final ApiResources resources;
  private final Marker marker;
  private final String version;

  /**
   * What tells the test cluster from others.
   *
   * @param namespace of a ConfigMap
   * @param name of it
   * @param key of its data
   * @param value what is under the key
   */
  public record Marker(String namespace, String name, String key, String value) {}

  /**
   * @param kubeconfig the text of one whose only user needs no program to be run
   */
  public KubernetesCluster(String kubeconfig, Marker marker) {
    this.marker = marker;
    http = new Http(kubeconfig);
    resources = new ApiResources(http);
    version = json(http.get("/version")).path("gitVersion").asString("").replaceFirst("^v", "");
  }

  /** Selects the namespaces that this process makes, as {@code kubectl -l} takes it. */
  public static String selectorOfThisProcess() {
    return RunLabel.NAME + "=" + RunLabel.ofThisProcess();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void requireMarker() {
    Response found =
        http.get("/api/v1/namespaces/" + marker.namespace() + "/configmaps/" + marker.name());
    String value =
        found.status() == 404 ? "" : json(found).path("data").path(marker.key()).asString("");
    if (!value.equals(marker.value())) {
      throw new ForeignClusterException(
          value.isEmpty()
              ? "the cluster at " + http.server() + " is not marked as one for tests"
              : "the cluster at " + http.server() + " is not the one that this run began with");
    }
  }

  @Override
  public boolean isReady(Duration within) {
    try {
      return http.get("/readyz", within).status() == 200;
    } catch (ClusterUnavailableException e) {
      return false;
    }
  }

  @Override
  public Answer apply(Manifest manifest, String namespace, boolean dryRun) {
    if (manifest.apiVersion().isEmpty() || manifest.kind().isEmpty()) {
      return new Answer.Refused(400, "apiVersion and kind are missing", List.of("apiVersion"));
    }
    Optional<ApiResource> resource = resources.find(manifest.apiVersion(), manifest.kind());
    if (resource.isEmpty()) {
      return new Answer.Refused(
          404,
          "no matches for kind \"%s\" in version \"%s\""
              .formatted(manifest.kind(), manifest.apiVersion()),
          List.of("kind"));
    }
    if (manifest.name().isEmpty()) {
      return new Answer.Refused(422, "metadata.name is missing", List.of("metadata.name"));
    }
    String target = manifest.namespace().orElse(namespace);
    Response response =
        http.send(
            "PATCH",
            resource.get().path(target, manifest.name())
                + "?fieldManager="
                + MANAGER
                + "&force=true&fieldValidation=Strict"
                + (dryRun ? "&dryRun=All" : ""),
            YAML,
            manifest.text());
    if (!response.isSuccess()) {
      return refused(response);
    }
    return new Answer.Accepted(
        new ObjectName(
            manifest.apiVersion(),
            manifest.kind(),
            resource.get().namespaced() ? Optional.of(target) : Optional.empty(),
            manifest.name()),
        response.status() == 201,
        response.warnings());
  }

  private static Answer.Refused refused(Response response) {
    JsonNode status = json(response);
    List<String> fields = new ArrayList<>();
    for (JsonNode cause : status.path("details").path("causes")) {
      String field = cause.path("field").asString("");
      if (!field.isEmpty() && !fields.contains(field)) {
        fields.add(field);
      }
    }
    String message = status.path("message").asString(response.body().strip());
    Matcher path = FIELD.matcher(message);
    if (fields.isEmpty() && path.find()) {
      fields.add(path.group(1));
    }
    return new Answer.Refused(response.status(), message, fields);
  }

  @Override
  public Optional<String> get(Manifest manifest, String namespace) {
    Optional<ApiResource> resource = resources.find(manifest.apiVersion(), manifest.kind());
    if (resource.isEmpty() || manifest.name().isEmpty()) {
      return Optional.empty();
    }
    Response response =
        http.get(resource.get().path(manifest.namespace().orElse(namespace), manifest.name()));
    return response.isSuccess() ? Optional.of(response.body()) : Optional.empty();
  }

  @Override
  public ReadOnlyApi.Answer read(String path) {
    Response response = http.get(path);
    return new ReadOnlyApi.Answer(response.status(), response.body());
  }

  @Override
  public void delete(ObjectName object) {
    resources
        .find(object.apiVersion(), object.kind())
        .ifPresent(
            resource ->
                http.send(
                    "DELETE",
                    resource.path(object.namespace().orElse(""), object.name())
                        + "?propagationPolicy=Background",
                    JSON,
                    ""));
  }

  @Override
  public void createNamespace(String name) {
    Map<String, Object> namespace =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Namespace",
            "metadata",
            Map.of(
                "name",
                name,
                "labels",
                Map.of(MANAGED_BY, MANAGER, RunLabel.NAME, RunLabel.ofThisProcess())));
    Response made =
        http.send(
            "POST",
            "/api/v1/namespaces?fieldManager=" + MANAGER,
            JSON,
            JsonMapper.shared().writeValueAsString(namespace));
    if (!made.isSuccess()) {
      throw new ClusterUnavailableException(
          "the namespace " + name + " cannot be made: " + refused(made).message());
    }
    String path = "/api/v1/namespaces/" + name;
    long end = System.nanoTime() + NAMESPACE_PATIENCE.toNanos();
    while (!http.get(path + "/serviceaccounts/default").isSuccess()
        || !http.get(path + "/configmaps/kube-root-ca.crt").isSuccess()) {
      if (System.nanoTime() > end) {
        throw new ClusterUnavailableException(
            "the namespace "
                + name
                + " got no ServiceAccount within "
                + NAMESPACE_PATIENCE.toSeconds()
                + " s; does kube-controller-manager run?");
      }
      Waiting.pause(LOOK_EVERY);
    }
  }

  @Override
  public boolean hasNamespace(String name) {
    return http.get("/api/v1/namespaces/" + name).isSuccess();
  }

  @Override
  public void removeAbandoned() {
    Response list = http.list("/api/v1/namespaces?labelSelector=" + MANAGED_BY + "%3D" + MANAGER);
    for (JsonNode item : json(list).path("items")) {
      JsonNode metadata = item.path("metadata");
      if (RunLabel.isAbandoned(metadata.path("labels").path(RunLabel.NAME).asString(""))) {
        deleteNamespace(metadata.path("name").asString(""));
      }
    }
  }

  @Override
  public void deleteNamespace(String name) {
    // In this order: no controller makes new Pods in a namespace that is being deleted.
    http.send("DELETE", "/api/v1/namespaces/" + name, JSON, "");
    http.send("DELETE", "/api/v1/namespaces/" + name + "/pods?gracePeriodSeconds=0", JSON, "");
  }

  @Override
  public SortedSet<String> inventory() {
    SortedSet<String> names = new TreeSet<>();
    for (ApiResource resource : resources.all(customKinds())) {
      if (!resource.canList() || OF_THE_CLUSTER.contains(resource.plural())) {
        continue;
      }
      Response list = http.list(resource.path("default", ""));
      if (list.isSuccess()) {
        for (JsonNode item : json(list).path("items")) {
          JsonNode metadata = item.path("metadata");
          String bare = resource.plural() + "/" + metadata.path("name").asString("");
          String name = resource.namespaced() ? bare + " in default" : bare;
          // What has an owner goes with it, and the owner is listed itself.
          if (metadata.path("ownerReferences").isEmpty()
              && !MADE_BY_THE_CLUSTER.matcher(name).matches()) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private Set<String> customKinds() {
    Set<String> names = new TreeSet<>();
    for (JsonNode item : json(http.list(CUSTOM_KINDS)).path("items")) {
      names.add(item.path("metadata").path("name").asString(""));
    }
    return names;
  }

  @Override
  public Endpoint endpoint() {
    Map<String, Object> entry = http.clusterEntry();
    return new Endpoint(
        String.valueOf(entry.get("server")),
        String.valueOf(entry.getOrDefault("certificate-authority-data", "")));
  }

  @Override
  public String kubeconfig(String namespace) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("cluster", MANAGER);
    context.put("user", MANAGER);
    context.put("namespace", namespace);
    // JSON is YAML, and needs no quoting rules of ours.
    return JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                List.of(Map.of("name", MANAGER, "cluster", http.clusterEntry())),
                "users",
                List.of(Map.of("name", MANAGER, "user", http.userEntry())),
                "contexts",
                List.of(Map.of("name", MANAGER, "context", context)),
                "current-context",
                MANAGER));
  }

  private static JsonNode json(Response response) {
    try {
      return JsonMapper.shared().readTree(response.body());
    } catch (tools.jackson.core.JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
