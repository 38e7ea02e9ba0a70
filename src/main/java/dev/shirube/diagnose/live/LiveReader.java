package dev.shirube.diagnose.live;

import dev.shirube.diagnose.live.ReadOnlyApi.Answer;
import dev.shirube.diagnose.object.LogReader;
import dev.shirube.diagnose.object.ObjectReader;
import dev.shirube.diagnose.observed.Observation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a namespace, or all of them, with the logs of what fails. */
public final class LiveReader {

  /** Enough for a stack trace; a log may be many gigabytes long. */
  private static final int LOG_LINES = 500;

  private static final int LOG_BYTES = 1 << 20;

  /** So many objects at a time, as kubectl does. */
  private static final int PAGE = 500;

  /** What is looked at, by the path of its API. */
  private static final List<String> NAMESPACED =
      List.of(
          "/api/v1/pods",
          "/api/v1/events",
          "/api/v1/services",
          "/api/v1/persistentvolumeclaims",
          "/apis/apps/v1/deployments",
          "/apis/apps/v1/replicasets",
          "/apis/apps/v1/statefulsets",
          "/apis/apps/v1/daemonsets",
          "/apis/batch/v1/jobs");

  private static final String STORAGE_CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String NODES = "/api/v1/nodes";

  private final ReadOnlyApi api;
  private final ObjectReader.Settings settings;

  /**
   * What was read.
   *
   * @param refused what may not be read, for people
   */
  public record Live(List<Observation> observations, List<String> refused) {
    public Live {
      observations = List.copyOf(observations);
      refused = List.copyOf(refused);
    }
  }

  public LiveReader(ReadOnlyApi api, ObjectReader.Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * Reads.
   *
   * @param namespace empty for all of them, and for the nodes
   * @throws UnreadableClusterException where not even Pods may be read
   */
  public Live read(Optional<String> namespace) {
    List<JsonNode> objects = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String path : NAMESPACED) {
      list(namespace.map(name -> in(name, path)).orElse(path), objects, refused);
    }
    list(STORAGE_CLASSES, objects, new ArrayList<>()); // without it a little less is known
    if (namespace.isEmpty()) {
      list(NODES, objects, refused);
    }
    LogReader logs = this::log;
    return new Live(new ObjectReader(settings).read(objects, logs), refused);
  }

  private static String in(String namespace, String path) {
    int resource = path.lastIndexOf('/');
    return path.substring(0, resource)
        + "/namespaces/"
        + encoded(namespace)
        + path.substring(resource);
  }

  private void list(String path, List<JsonNode> objects, List<String> refused) {
    String more = "";
    do {
      Answer answer =
          api.get(path + "?limit=" + PAGE + (more.isEmpty() ? "" : "&continue=" + more));
      if (!answer.isSuccess()) {
        String what = path.substring(path.lastIndexOf('/') + 1);
        if (what.equals("pods") || answer.status() == 401) {
          throw new UnreadableClusterException(
              "the API server does not let %s be read: %s".formatted(what, message(answer)));
        }
        refused.add("%s: %s".formatted(what, message(answer)));
        return;
      }
      JsonNode list = json(answer.body());
      objects.add(list);
      more = encoded(list.path("metadata").path("continue").asString(""));
    } while (!more.isEmpty());
  }

  private static String message(Answer answer) {
    return json(answer.body()).path("message").asString("HTTP " + answer.status());
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private List<String> log(String namespace, String pod, String container, boolean previous) {
    Answer answer =
        api.get(
            "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d&limitBytes=%d%s"
                .formatted(
                    encoded(namespace),
                    encoded(pod),
                    encoded(container),
                    LOG_LINES,
                    LOG_BYTES,
                    previous ? "&previous=true" : ""));
    // There is none of a container that never ran; that is said by its state.
    return answer.isSuccess()
        ? answer.body().lines().filter(line -> !line.isBlank()).toList()
        : List.of();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
