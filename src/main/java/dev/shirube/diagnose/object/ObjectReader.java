package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.hasCondition;
import static dev.shirube.diagnose.object.Objects.id;
import static dev.shirube.diagnose.object.Objects.name;
import static dev.shirube.diagnose.object.Objects.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.ObjectId;
import dev.shirube.diagnose.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads objects, and tells which of them are in trouble. */
public final class ObjectReader {

  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final Settings settings;

  /**
   * How it is told.
   *
   * @param now when the objects were read
   * @param grace how long a beginning may take: scheduling, binding a volume, becoming ready
   * @param whole whether nothing of their namespaces is missing
   */
  public record Settings(Instant now, Duration grace, boolean whole) {}

  public ObjectReader(Settings settings) {
    this.settings = settings;
  }

  /** One observation for each object of a kind that has troubles; lists are opened. */
  public List<Observation> read(List<JsonNode> roots, LogReader logs) {
    List<JsonNode> all = new ArrayList<>();
    roots.forEach(root -> open(root, "", all));
    Objects objects = new Objects(all, settings.now(), settings.grace(), settings.whole());
    PodReader pods = new PodReader(objects, logs);
    WorkloadReader workloads = new WorkloadReader(objects);
    ServiceReader services = new ServiceReader(objects);
    Map<ObjectId, Observation> seen = new java.util.LinkedHashMap<>();
    for (JsonNode object : all) {
      Optional<ObjectKind> kind = ObjectKind.of(text(object, "kind"));
      if (kind.isEmpty()) {
        continue;
      }
      Observation observation =
          switch (kind.get()) {
            case POD -> pods.read(object);
            case JOB -> workloads.job(object);
            case DEPLOYMENT -> workloads.deployment(object);
            case REPLICA_SET -> workloads.replicaSet(object);
            case STATEFUL_SET -> workloads.statefulSet(object);
            case DAEMON_SET -> workloads.daemonSet(object);
            case PERSISTENT_VOLUME_CLAIM -> claim(object, objects);
            case SERVICE -> services.read(object);
            case NODE -> node(object, objects);
            case COMMAND -> throw new IllegalStateException("no object is a command");
          };
      for (JsonNode event : objects.events(object)) {
        String message = event.has("message") ? text(event, "message") : text(event, "note");
        observation.addEvent(text(event, "reason"), message, "event");
      }
      seen.put(observation.id(), observation);
    }
    noReadyPods(seen);
    return List.copyOf(seen.values());
  }

  /** Lists, also those that {@code kubectl get -o json} makes of several kinds. */
  private static void open(JsonNode root, String kindOfItems, List<JsonNode> objects) {
    String kind = text(root, "kind").isEmpty() ? kindOfItems : text(root, "kind");
    if (root.path("items").isArray()) {
      String ofItems = kind.endsWith("List") ? kind.substring(0, kind.length() - 4) : "";
      root.path("items").forEach(item -> open(item, ofItems, objects));
    } else if (root instanceof tools.jackson.databind.node.ObjectNode object) {
      // The items of a list of one kind do not repeat it.
      objects.add(text(object, "kind").isEmpty() ? object.deepCopy().put("kind", kind) : object);
    }
  }

  /** That no Pod of a Service is ready is a trouble where one of them is in trouble. */
  private static void noReadyPods(Map<ObjectId, Observation> seen) {
    for (Observation service : seen.values()) {
      boolean noneReady =
          service.facts(Sort.STATE).stream().anyMatch(state -> state.text().equals("NoReadyPods"));
      if (noneReady && service.trouble().isEmpty()) {
        service.causes().stream()
            .map(seen::get)
            .filter(pod -> pod != null && pod.trouble().isPresent())
            .findFirst()
            .ifPresent(pod -> service.isInTrouble("NoReadyPods: none of its Pods is ready"));
      }
    }
  }

  private static Observation claim(JsonNode claim, Objects objects) {
    Observation seen =
        new Observation(id(ObjectKind.PERSISTENT_VOLUME_CLAIM, claim), !objects.whole());
    String phase = text(claim.path("status"), "phase");
    seen.add(Sort.STATE, phase, "");
    Conditions.read(claim, seen);
    if (phase.equals("Lost")) {
      seen.isInTrouble(phase);
    } else if (phase.equals("Pending") && objects.isOld(claim)) {
      boolean failed = objects.hasEvent(claim, "ProvisioningFailed", "FailedBinding");
      if (failed || !waitsForAPod(claim, objects)) {
        seen.isInTrouble(phase);
      }
    }
    return seen;
  }

  /** Whether its volume is made for the first Pod that uses it: then it waits for that Pod. */
  private static boolean waitsForAPod(JsonNode claim, Objects objects) {
    if (objects.hasEvent(claim, "WaitForFirstConsumer", "WaitForPodScheduled")) {
      return true;
    }
    JsonNode named = claim.path("spec").path("storageClassName");
    return objects.of("StorageClass").stream()
        .filter(
            each ->
                named.isString()
                    ? name(each).equals(named.asString(""))
                    : text(each.path("metadata").path("annotations"), DEFAULT_CLASS).equals("true"))
        .anyMatch(each -> text(each, "volumeBindingMode").equals("WaitForFirstConsumer"));
  }

  private static Observation node(JsonNode node, Objects objects) {
    Observation seen = new Observation(id(ObjectKind.NODE, node), !objects.whole());
    Conditions.read(node, seen);
    if (!hasCondition(node, "Ready", "True")) {
      seen.add(Sort.STATE, "NotReady", "");
      seen.isInTrouble("NotReady");
    }
    for (String pressure : Set.of("MemoryPressure", "DiskPressure", "PIDPressure")) {
      if (hasCondition(node, pressure, "True")) {
        seen.add(Sort.STATE, pressure, "");
        seen.isInTrouble(pressure);
      }
    }
    return seen;
  }
}
