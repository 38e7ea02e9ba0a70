package dev.shirube.diagnose.fingerprint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a fingerprint can be of, with the states that are told of it. Those of a Pod are what
 * kubectl shows as its {@code STATUS}, which has no whole list, as a container's reason may be any.
 */
public enum ObjectKind {
  POD(
      "Pod",
      "Pending",
      "Running",
      "Completed",
      "Error",
      "Failed",
      "Unknown",
      "Terminating",
      "NotReady",
      "SchedulingGated",
      "ContainerCreating",
      "PodInitializing",
      "CrashLoopBackOff",
      "ErrImagePull",
      "ImagePullBackOff",
      "ErrImageNeverPull",
      "InvalidImageName",
      "ImageInspectError",
      "RegistryUnavailable",
      "CreateContainerConfigError",
      "CreateContainerError",
      "PreStartHookError",
      "PostStartHookError",
      "RunContainerError",
      "ContainerCannotRun",
      "StartError",
      "OOMKilled",
      "DeadlineExceeded",
      "Evicted",
      "NodeLost",
      "NodeAffinity",
      "UnexpectedAdmissionError",
      "Init:Error",
      "Init:OOMKilled",
      "Init:CrashLoopBackOff",
      "Init:ErrImagePull",
      "Init:ImagePullBackOff",
      "Init:InvalidImageName",
      "Init:CreateContainerConfigError",
      "Init:CreateContainerError",
      "Init:RunContainerError",
      "Init:StartError"),
  /** {@code Failed}: its condition of that name is true; the condition's reason is a reason. */
  JOB("Job", "Failed", "FailedCreate"),
  /**
   * {@code ReplicaFailure}: Pods cannot be made. {@code ProgressDeadlineExceeded}: a rollout has
   * taken too long. {@code Unavailable}: it has too few Pods though its rollout was done.
   */
  DEPLOYMENT("Deployment", "ReplicaFailure", "ProgressDeadlineExceeded", "Unavailable"),
  /** {@code ReplicaFailure} or {@code FailedCreate}: Pods cannot be made. */
  REPLICA_SET("ReplicaSet", "ReplicaFailure", "FailedCreate"),
  STATEFUL_SET("StatefulSet", "FailedCreate"),
  DAEMON_SET("DaemonSet", "FailedCreate"),
  /** The phase. */
  PERSISTENT_VOLUME_CLAIM("PersistentVolumeClaim", "Pending", "Lost"),
  /**
   * {@code NoPodsSelected}: no Pod has the labels of the selector. {@code NoReadyPods}: none of
   * those that have them is ready. {@code WrongTargetPort}: none of them has a port of that name.
   */
  SERVICE("Service", "NoPodsSelected", "NoReadyPods", "WrongTargetPort"),
  /** {@code NotReady} and the pressures: conditions of these names. */
  NODE("Node", "NotReady", "MemoryPressure", "DiskPressure", "PIDPressure"),
  /** A command: what it printed is all that is known. */
  COMMAND("Command");

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // a list that nobody can change
  private final List<String> states;

  ObjectKind(String id, String... states) {
    this.id = id;
    this.states = List.of(states);
  }

  /** As it is written in a fingerprint and by Kubernetes. */
  public String id() {
    return id;
  }

  /** The states that are told of it. */
  List<String> states() {
    return states;
  }

  /** Whether {@link #states} are all there are. */
  boolean hasNoOtherStates() {
    return this != POD;
  }

  /** The keys that can hold of it. */
  Set<FingerprintKey> keys() {
    return switch (this) {
      case COMMAND -> Set.of(FingerprintKey.OUTPUT);
      case POD ->
          Set.of(
              FingerprintKey.STATE,
              FingerprintKey.REASON,
              FingerprintKey.EXIT,
              FingerprintKey.MESSAGE,
              FingerprintKey.EVENTS,
              FingerprintKey.LOG);
      case JOB,
          DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          PERSISTENT_VOLUME_CLAIM,
          SERVICE,
          NODE ->
          Set.of(
              FingerprintKey.STATE,
              FingerprintKey.REASON,
              FingerprintKey.MESSAGE,
              FingerprintKey.EVENTS);
    };
  }

  /** The kind that Kubernetes calls so. */
  public static Optional<ObjectKind> of(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(ObjectKind::id).toList();
  }
}
