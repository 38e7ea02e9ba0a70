package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.hasCondition;
import static dev.shirube.diagnose.object.Objects.id;
import static dev.shirube.diagnose.object.Objects.namespace;
import static dev.shirube.diagnose.object.Objects.selects;
import static dev.shirube.diagnose.object.Objects.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads Services, by the Pods that they select. */
final class ServiceReader {

  private static final Map<String, ObjectKind> MAKERS =
      Map.of(
          "Deployment", ObjectKind.DEPLOYMENT,
          "ReplicaSet", ObjectKind.REPLICA_SET,
          "StatefulSet", ObjectKind.STATEFUL_SET,
          "DaemonSet", ObjectKind.DAEMON_SET,
          "Job", ObjectKind.JOB);

  private final Objects objects;

  ServiceReader(Objects objects) {
    this.objects = objects;
  }

  Observation read(JsonNode service) {
    Observation seen = new Observation(id(ObjectKind.SERVICE, service), !objects.whole());
    JsonNode spec = service.path("spec");
    JsonNode selector = spec.path("selector");
    boolean asksForPods =
        !selector.isEmpty()
            && !text(spec, "type").equals("ExternalName")
            && !text(spec, "clusterIP").equals("None");
    // In an excerpt without Pods nobody can tell whether there are any.
    boolean podsAreKnown = objects.whole() || !objects.of("Pod").isEmpty();
    if (!asksForPods || !podsAreKnown) {
      return seen;
    }
    List<JsonNode> pods =
        objects.of("Pod", namespace(service)).stream()
            .filter(pod -> selects(selector, pod.path("metadata").path("labels")))
            .filter(pod -> !isGone(pod))
            .toList();
    pods.forEach(pod -> seen.mayBeCausedBy(id(ObjectKind.POD, pod)));
    if (pods.isEmpty()) {
      if (objects.isOld(service) && !isMeantToHaveNone(service, selector)) {
        state(seen, "NoPodsSelected", "no Pod has the labels that it selects");
      }
      for (Map.Entry<String, ObjectKind> maker : MAKERS.entrySet()) {
        makers(maker.getKey(), service, selector)
            .forEach(made -> seen.mayBeCausedBy(id(maker.getValue(), made)));
      }
    } else {
      wrongPort(spec, pods)
          .ifPresent(
              port -> state(seen, "WrongTargetPort", "no Pod has a port of the name " + port));
      if (pods.stream().noneMatch(pod -> hasCondition(pod, "Ready", "True"))) {
        seen.add(Sort.STATE, "NoReadyPods", "");
      }
    }
    return seen;
  }

  private static void state(Observation seen, String state, String what) {
    seen.add(Sort.STATE, state, "");
    seen.isInTrouble(state + ": " + what);
  }

  private static boolean isGone(JsonNode pod) {
    return pod.path("metadata").has("deletionTimestamp")
        || Set.of("Succeeded", "Failed").contains(text(pod.path("status"), "phase"));
  }

  private List<JsonNode> makers(String kind, JsonNode service, JsonNode selector) {
    return objects.of(kind, namespace(service)).stream()
        .filter(
            maker ->
                selects(
                    selector, maker.path("spec").path("template").path("metadata").path("labels")))
        .toList();
  }

  /** Whether what would make its Pods is there, and was told to make none, or has done its work. */
  private boolean isMeantToHaveNone(JsonNode service, JsonNode selector) {
    return MAKERS.keySet().stream()
        .flatMap(kind -> makers(kind, service, selector).stream())
        .anyMatch(
            maker ->
                maker.path("spec").path("replicas").asInt(1) == 0
                    || text(maker, "kind").equals("Job")
                    || text(maker, "kind").equals("DaemonSet"));
  }

  private static Optional<String> wrongPort(JsonNode spec, List<JsonNode> pods) {
    for (JsonNode port : spec.path("ports")) {
      JsonNode target = port.path("targetPort");
      if (target.isString() && pods.stream().noneMatch(pod -> hasPort(pod, target.asString("")))) {
        return Optional.of(target.asString(""));
      }
    }
    return Optional.empty();
  }

  private static boolean hasPort(JsonNode pod, String name) {
    for (String containers : List.of("containers", "initContainers")) {
      for (JsonNode container : pod.path("spec").path(containers)) {
        for (JsonNode port : container.path("ports")) {
          if (text(port, "name").equals(name)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
