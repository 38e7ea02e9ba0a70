package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.condition;
import static dev.shirube.diagnose.object.Objects.hasCondition;
import static dev.shirube.diagnose.object.Objects.name;
import static dev.shirube.diagnose.object.Objects.namespace;
import static dev.shirube.diagnose.object.Objects.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.ObjectId;
import dev.shirube.diagnose.observed.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads Pods. */
final class PodReader {

  /** What a container waits for that has not begun. */
  private static final Set<String> BEGINNING = Set.of("ContainerCreating", "PodInitializing", "");

  /** How long an image may be pulled where nothing was said of it. */
  private static final Duration SLOW_PULL = Duration.ofMinutes(5);

  /** After this time without another a restart is forgotten. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final Objects objects;
  private final LogReader logs;

  PodReader(Objects objects, LogReader logs) {
    this.objects = objects;
    this.logs = logs;
  }

  Observation read(JsonNode pod) {
    Observation seen = new Observation(Objects.id(ObjectKind.POD, pod), !objects.whole());
    String status = PodStatus.of(pod);
    seen.add(Sort.STATE, status, "");
    JsonNode own = pod.path("status");
    seen.add(Sort.REASON, text(own, "reason"), "");
    seen.add(Sort.MESSAGE, text(own, "message"), "");
    containers(pod).forEach(container -> read(container, seen));
    Conditions.read(pod, seen);
    trouble(pod, status).ifPresent(seen::isInTrouble);
    if (seen.trouble().isPresent()) {
      betweenTwoFailures(pod, seen);
    }
    JsonNode controller = Objects.controller(pod);
    if (!text(controller, "name").isEmpty()) {
      seen.isOwnedBy(text(controller, "kind") + " " + text(controller, "name"));
    }
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      String claim = text(volume.path("persistentVolumeClaim"), "claimName");
      if (!claim.isEmpty()) {
        seen.mayBeCausedBy(new ObjectId(ObjectKind.PERSISTENT_VOLUME_CLAIM, namespace(pod), claim));
      }
    }
    String node = text(pod.path("spec"), "nodeName");
    if (!node.isEmpty()) {
      seen.mayBeCausedBy(new ObjectId(ObjectKind.NODE, "", node));
    }
    if (seen.trouble().isPresent()) {
      readLogs(pod, seen);
    }
    return seen;
  }

  private static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> containers = new ArrayList<>();
    pod.path("status").path("initContainerStatuses").forEach(containers::add);
    pod.path("status").path("containerStatuses").forEach(containers::add);
    return containers;
  }

  private static void read(JsonNode container, Observation seen) {
    String where = "container " + text(container, "name");
    JsonNode waiting = container.path("state").path("waiting");
    seen.add(Sort.REASON, text(waiting, "reason"), where);
    seen.add(Sort.MESSAGE, text(waiting, "message"), where);
    for (String state : List.of("state", "lastState")) {
      JsonNode terminated = container.path(state).path("terminated");
      // An init container that is done says nothing of a trouble.
      if (terminated.isObject() && !isDone(container, terminated)) {
        seen.add(Sort.REASON, text(terminated, "reason"), where);
        seen.add(Sort.MESSAGE, text(terminated, "message"), where);
        if (terminated.has("exitCode")) {
          seen.add(Sort.EXIT, String.valueOf(terminated.path("exitCode").asInt(0)), where);
        }
      }
    }
  }

  /** A container that was started again a moment ago hides what its Pod showed until then. */
  private static void betweenTwoFailures(JsonNode pod, Observation seen) {
    for (boolean init : new boolean[] {true, false}) {
      for (JsonNode container :
          pod.path("status").path(init ? "initContainerStatuses" : "containerStatuses")) {
        JsonNode last = container.path("lastState").path("terminated");
        if (container.path("state").has("running") && last.path("exitCode").asInt(0) != 0) {
          String reason = text(last, "reason");
          seen.add(
              Sort.STATE,
              reason.isEmpty() ? "" : (init ? "Init:" : "") + reason,
              "container " + text(container, "name") + ", previous");
        }
      }
    }
  }

  private static boolean isDone(JsonNode container, JsonNode terminated) {
    return container.path("restartCount").asInt(0) == 0
        && terminated.path("exitCode").asInt(0) == 0;
  }

  // --- trouble -----------------------------------------------------------------------------------

  private Optional<String> trouble(JsonNode pod, String status) {
    String phase = text(pod.path("status"), "phase");
    if (pod.path("metadata").has("deletionTimestamp")) {
      // The time is when it is to be gone.
      return objects.isLongAgo(text(pod.path("metadata"), "deletionTimestamp"))
              && objects.whole()
              && !objects.grace().isZero()
          ? Optional.of(status)
          : Optional.empty();
    }
    return switch (phase) {
      case "Succeeded" -> Optional.empty();
      case "Failed" -> isReplaced(pod) ? Optional.empty() : Optional.of(status);
      case "Pending" -> pending(pod, status);
      default -> running(pod, status);
    };
  }

  /** Whether its owner has what it wants all the same. */
  private boolean isReplaced(JsonNode pod) {
    JsonNode owner = Objects.controller(pod);
    return objects
        .named(text(owner, "kind"), namespace(pod), text(owner, "name"))
        .filter(
            found ->
                hasCondition(found, "Complete", "True")
                    || (!text(found, "kind").equals("Job")
                        && found.path("spec").path("replicas").asInt(1)
                            == found.path("status").path("readyReplicas").asInt(0)))
        .isPresent();
  }

  private Optional<String> pending(JsonNode pod, String status) {
    if (status.equals("SchedulingGated")) {
      return Optional.empty(); // somebody holds it back
    }
    if (hasCondition(pod, "PodScheduled", "False")) {
      return objects.isOld(pod) ? Optional.of(status) : Optional.empty();
    }
    boolean fails =
        containers(pod).stream()
            .map(container -> container.path("state"))
            .anyMatch(
                state ->
                    !BEGINNING.contains(text(state.path("waiting"), "reason"))
                        || state.path("terminated").path("exitCode").asInt(0) != 0);
    if (fails) {
      return Optional.of(status);
    }
    boolean warned =
        objects.events(pod).stream().anyMatch(event -> text(event, "type").equals("Warning"));
    boolean restarts =
        containers(pod).stream().anyMatch(each -> each.path("restartCount").asInt(0) > 0);
    if (restarts || (warned && objects.isOld(pod))) {
      return Optional.of(status);
    }
    return objects
        .age(text(pod.path("metadata"), "creationTimestamp"))
        .filter(age -> age.compareTo(SLOW_PULL) > 0)
        .filter(age -> initContainersAreDone(pod))
        .map(age -> status);
  }

  /** An init container that runs, and one that may run long, is none of our business. */
  private static boolean initContainersAreDone(JsonNode pod) {
    for (JsonNode container : pod.path("status").path("initContainerStatuses")) {
      if (container.path("state").has("running")) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> running(JsonNode pod, String status) {
    boolean restartsAlways = !List.of("Never", "OnFailure").contains(restartPolicy(pod));
    for (JsonNode container : containers(pod)) {
      JsonNode state = container.path("state");
      if (!BEGINNING.contains(text(state.path("waiting"), "reason"))
          || state.path("terminated").path("exitCode").asInt(0) != 0) {
        return Optional.of(status);
      }
    }
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      if (restartsAlways && container.path("state").path("terminated").isObject()) {
        return Optional.of(status);
      }
    }
    if (status.equals("NotReady") && !restartsAlways) {
      return Optional.empty(); // a container has done its work, another goes on
    }
    int restarts = restarts(pod);
    boolean warned =
        objects.events(pod).stream()
            .filter(event -> text(event, "type").equals("Warning"))
            .anyMatch(event -> isRecent(lastSeen(event)));
    if (restarts > 1 || (restarts == 1 && warned)) {
      return Optional.of("it was restarted, " + restartCount(pod) + " times in all");
    }
    if (hasCondition(pod, "Ready", "False")
        && objects.isLongAgo(
            condition(pod, "Ready").map(each -> text(each, "lastTransitionTime")).orElse(""))) {
      return Optional.of(status + ", but not ready");
    }
    return Optional.empty();
  }

  private static String restartPolicy(JsonNode pod) {
    return text(pod.path("spec"), "restartPolicy");
  }

  /** How often its containers were restarted, the last time not long ago. */
  private int restarts(JsonNode pod) {
    int most = 0;
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      JsonNode last = container.path("lastState").path("terminated");
      if (last.isObject() && isRecent(text(last, "finishedAt"))) {
        most = Math.max(most, container.path("restartCount").asInt(0));
      }
    }
    return most;
  }

  private static int restartCount(JsonNode pod) {
    int all = 0;
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      all += container.path("restartCount").asInt(0);
    }
    return all;
  }

  private boolean isRecent(String time) {
    // Of a text that was saved some time ago, now is another time.
    return !objects.whole()
        || objects.age(time).map(age -> age.compareTo(RECENT) <= 0).orElse(true);
  }

  private static String lastSeen(JsonNode event) {
    return Stream.of(
            text(event.path("series"), "lastObservedTime"),
            text(event, "lastTimestamp"),
            text(event, "eventTime"),
            text(event.path("metadata"), "creationTimestamp"))
        .filter(time -> !time.isEmpty())
        .findFirst()
        .orElse("");
  }

  // --- logs --------------------------------------------------------------------------------------

  private void readLogs(JsonNode pod, Observation seen) {
    for (JsonNode container : containers(pod)) {
      String name = text(container, "name");
      JsonNode state = container.path("state");
      boolean ran =
          container.path("lastState").path("terminated").isObject()
              || container.path("restartCount").asInt(0) > 0;
      boolean fails =
          state.path("terminated").path("exitCode").asInt(0) != 0
              || (state.has("running") && !container.path("ready").asBoolean(false))
              || ran;
      if (!fails) {
        continue;
      }
      if (ran) {
        logs.read(namespace(pod), name(pod), name, true)
            .forEach(line -> seen.add(Sort.LOG, line, "container " + name + ", previous"));
      }
      logs.read(namespace(pod), name(pod), name, false)
          .forEach(line -> seen.add(Sort.LOG, line, "container " + name));
    }
  }
}
