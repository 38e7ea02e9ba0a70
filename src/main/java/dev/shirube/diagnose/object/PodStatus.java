package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.condition;
import static dev.shirube.diagnose.object.Objects.hasCondition;
import static dev.shirube.diagnose.object.Objects.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What kubectl shows as the {@code STATUS} of a Pod: {@code printPod} in
 * k8s.io/kubernetes/pkg/printers/internalversion.
 */
final class PodStatus {

  private PodStatus() {}

  static String of(JsonNode pod) {
    JsonNode status = pod.path("status");
    String shown = text(status, "phase");
    if (!text(status, "reason").isEmpty()) {
      shown = text(status, "reason");
    }
    if (condition(pod, "PodScheduled")
        .filter(each -> text(each, "reason").equals("SchedulingGated"))
        .isPresent()) {
      shown = "SchedulingGated";
    }
    String initializing = initializing(pod);
    if (!initializing.isEmpty()) {
      shown = initializing;
    }
    if (initializing.isEmpty() || hasCondition(pod, "Initialized", "True")) {
      shown = running(pod, shown);
    }
    boolean ended = Set.of("Succeeded", "Failed").contains(text(status, "phase"));
    if (pod.path("metadata").has("deletionTimestamp")) {
      if (text(status, "reason").equals("NodeLost")) {
        return "Unknown";
      }
      if (!ended) {
        return "Terminating";
      }
    }
    return shown;
  }

  /** Empty where all init containers are done. */
  private static String initializing(JsonNode pod) {
    Set<String> sidecars = new HashSet<>();
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      if (text(container, "restartPolicy").equals("Always")) {
        sidecars.add(text(container, "name"));
      }
    }
    JsonNode statuses = pod.path("status").path("initContainerStatuses");
    int all = Math.max(pod.path("spec").path("initContainers").size(), statuses.size());
    int done = 0;
    for (JsonNode container : statuses) {
      JsonNode ended = container.path("state").path("terminated");
      boolean started =
          sidecars.contains(text(container, "name")) && container.path("started").asBoolean(false);
      if (started || (ended.isObject() && ended.path("exitCode").asInt(0) == 0)) {
        done++;
        continue;
      }
      String waits = text(container.path("state").path("waiting"), "reason");
      if (ended.isObject()) {
        return "Init:" + ended(ended);
      }
      return !waits.isEmpty() && !waits.equals("PodInitializing")
          ? "Init:" + waits
          : "Init:" + done + "/" + all;
    }
    return "";
  }

  private static String ended(JsonNode terminated) {
    if (!text(terminated, "reason").isEmpty()) {
      return text(terminated, "reason");
    }
    int signal = terminated.path("signal").asInt(0);
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt(0);
  }

  private static String running(JsonNode pod, String otherwise) {
    String shown = otherwise;
    boolean anyRuns = false;
    List<JsonNode> backwards = new ArrayList<>();
    pod.path("status").path("containerStatuses").forEach(backwards::addFirst);
    for (JsonNode container : backwards) {
      JsonNode state = container.path("state");
      if (!text(state.path("waiting"), "reason").isEmpty()) {
        shown = text(state.path("waiting"), "reason");
      } else if (state.path("terminated").isObject()) {
        shown = ended(state.path("terminated"));
      } else if (container.path("ready").asBoolean(false) && state.has("running")) {
        anyRuns = true;
      }
    }
    if (shown.equals("Completed") && anyRuns) {
      return hasCondition(pod, "Ready", "True") ? "Running" : "NotReady";
    }
    return shown;
  }
}
