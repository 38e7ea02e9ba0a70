package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.condition;
import static dev.shirube.diagnose.object.Objects.hasCondition;
import static dev.shirube.diagnose.object.Objects.id;
import static dev.shirube.diagnose.object.Objects.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what makes Pods. */
final class WorkloadReader {

  private final Objects objects;

  WorkloadReader(Objects objects) {
    this.objects = objects;
  }

  Observation deployment(JsonNode deployment) {
    Observation seen = seen(ObjectKind.DEPLOYMENT, deployment);
    boolean paused = deployment.path("spec").path("paused").asBoolean(false);
    Optional<JsonNode> progressing = condition(deployment, "Progressing");
    if (hasCondition(deployment, "ReplicaFailure", "True")) {
      state(seen, "ReplicaFailure");
    }
    if (progressing
        .filter(each -> text(each, "reason").equals("ProgressDeadlineExceeded"))
        .isPresent()) {
      state(seen, "ProgressDeadlineExceeded");
    } else if (!paused
        && progressing
            .filter(each -> text(each, "reason").equals("NewReplicaSetAvailable"))
            .isPresent()
        && condition(deployment, "Available")
            .filter(each -> text(each, "status").equals("False"))
            .filter(each -> objects.isLongAgo(text(each, "lastTransitionTime")))
            .isPresent()) {
      state(seen, "Unavailable");
    }
    for (JsonNode replicaSet : objects.ownedBy("ReplicaSet", deployment)) {
      seen.mayBeCausedBy(id(ObjectKind.REPLICA_SET, replicaSet));
      pods(replicaSet).forEach(pod -> seen.mayBeCausedBy(id(ObjectKind.POD, pod)));
    }
    return seen;
  }

  Observation replicaSet(JsonNode replicaSet) {
    Observation seen = seen(ObjectKind.REPLICA_SET, replicaSet);
    if (hasCondition(replicaSet, "ReplicaFailure", "True")) {
      seen.add(Sort.STATE, "FailedCreate", "");
      state(seen, "ReplicaFailure");
    }
    pods(replicaSet).forEach(pod -> seen.mayBeCausedBy(id(ObjectKind.POD, pod)));
    return seen;
  }

  Observation statefulSet(JsonNode statefulSet) {
    return withFailedCreate(
        ObjectKind.STATEFUL_SET,
        statefulSet,
        statefulSet.path("spec").path("replicas").asInt(1),
        statefulSet.path("status").path("replicas").asInt(0));
  }

  Observation daemonSet(JsonNode daemonSet) {
    return withFailedCreate(
        ObjectKind.DAEMON_SET,
        daemonSet,
        daemonSet.path("status").path("desiredNumberScheduled").asInt(0),
        daemonSet.path("status").path("currentNumberScheduled").asInt(0));
  }

  /** Nothing but its events says that no Pods can be made for it. */
  private Observation withFailedCreate(ObjectKind kind, JsonNode object, int wanted, int made) {
    Observation seen = seen(kind, object);
    if (made < wanted && objects.hasEvent(object, "FailedCreate")) {
      state(seen, "FailedCreate");
    }
    pods(object).forEach(pod -> seen.mayBeCausedBy(id(ObjectKind.POD, pod)));
    return seen;
  }

  Observation job(JsonNode job) {
    Observation seen = seen(ObjectKind.JOB, job);
    boolean made =
        Stream.of("active", "succeeded", "failed")
            .anyMatch(count -> job.path("status").path(count).asInt(0) > 0);
    if (hasCondition(job, "Failed", "True") && !isSuperseded(job)) {
      state(seen, "Failed");
    } else if (!made
        && !job.path("spec").path("suspend").asBoolean(false)
        && objects.hasEvent(job, "FailedCreate")) {
      state(seen, "FailedCreate");
    }
    pods(job).forEach(pod -> seen.mayBeCausedBy(id(ObjectKind.POD, pod)));
    return seen;
  }

  /** Whether a later Job of the same CronJob went well. */
  private boolean isSuperseded(JsonNode job) {
    JsonNode owner = Objects.controller(job);
    String started = text(job.path("status"), "startTime");
    return text(owner, "kind").equals("CronJob")
        && objects.of("Job", Objects.namespace(job)).stream()
            .filter(other -> text(Objects.controller(other), "name").equals(text(owner, "name")))
            .filter(other -> hasCondition(other, "Complete", "True"))
            // RFC 3339 in UTC, as the server writes it, sorts by time.
            .anyMatch(other -> text(other.path("status"), "startTime").compareTo(started) > 0);
  }

  private Observation seen(ObjectKind kind, JsonNode object) {
    Observation seen = new Observation(id(kind, object), !objects.whole());
    Conditions.read(object, seen);
    return seen;
  }

  private static void state(Observation seen, String state) {
    seen.add(Sort.STATE, state, "");
    seen.isInTrouble(state);
  }

  private List<JsonNode> pods(JsonNode owner) {
    return objects.ownedBy("Pod", owner);
  }
}
