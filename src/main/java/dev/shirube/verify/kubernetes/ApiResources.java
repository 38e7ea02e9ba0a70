package dev.shirube.verify.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kinds that the server knows, asked once; where there may be new ones, again. */
final class ApiResources {

  private final Http http;
  private final Map<String, List<ApiResource>> known = new ConcurrentHashMap<>();
  private volatile All all = new All(Set.of(), List.of());

  /** All kinds, as they were with these custom ones. */
  private record All(Set<String> customKinds, List<ApiResource> resources) {}

  ApiResources(Http http) {
    this.http = http;
  }

  /** One kind in one version. */
  record ApiResource(
      String apiVersion, String kind, String plural, boolean namespaced, boolean canList) {

    /**
     * Where its objects are.
     *
     * @param namespace without meaning for kinds that have none
     * @param name empty for the list of all
     */
    String path(String namespace, String name) {
      return root(apiVersion)
          + (namespaced ? "/namespaces/" + namespace : "")
          + "/"
          + plural
          + (name.isEmpty() ? "" : "/" + name);
    }
  }

  private static String root(String apiVersion) {
    return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
  }

  Optional<ApiResource> find(String apiVersion, String kind) {
    Optional<ApiResource> found = find(kind, known.getOrDefault(apiVersion, List.of()));
    if (found.isPresent()) {
      return found;
    }
    List<ApiResource> asked = ask(apiVersion);
    known.put(apiVersion, asked);
    return find(kind, asked);
  }

  private static Optional<ApiResource> find(String kind, List<ApiResource> resources) {
    return resources.stream().filter(resource -> resource.kind().equals(kind)).findFirst();
  }

  /**
   * All kinds, each in the version that its group prefers.
   *
   * @param customKinds the names of those that are no part of Kubernetes; the same ones give the
   *     same answer
   */
  List<ApiResource> all(Set<String> customKinds) {
    All last = all;
    if (!last.resources().isEmpty() && last.customKinds().equals(customKinds)) {
      return last.resources();
    }
    List<ApiResource> resources = new ArrayList<>(ask("v1"));
    for (JsonNode group : json("/apis").path("groups")) {
      resources.addAll(ask(group.path("preferredVersion").path("groupVersion").asString("")));
    }
    All now = new All(Set.copyOf(customKinds), List.copyOf(resources));
    all = now;
    return now.resources();
  }

  private List<ApiResource> ask(String apiVersion) {
    List<ApiResource> resources = new ArrayList<>();
    for (JsonNode resource : json(root(apiVersion)).path("resources")) {
      String plural = resource.path("name").asString("");
      if (!plural.contains("/")) {
        resources.add(
            new ApiResource(
                apiVersion,
                resource.path("kind").asString(""),
                plural,
                resource.path("namespaced").asBoolean(false),
                resource.path("verbs").toString().contains("\"list\"")));
      }
    }
    return resources;
  }

  private JsonNode json(String path) {
    Http.Response response = http.get(path);
    return response.isSuccess()
        ? JsonMapper.shared().readTree(response.body())
        : JsonMapper.shared().createObjectNode();
  }
}
