package dev.shirube.verify.schema;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Suggestion;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When versions of the API came and went. What happened between the oldest and the newest snapshot
 * is read from these; what is older is a table.
 */
final class ApiHistory {

  /**
   * Removed before the oldest snapshot: apiVersion, kinds, the version without it, what to write
   * instead.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/deprecation-guide/">Deprecated API
   *     Migration Guide</a>
   */
  private static final String REMOVED =
      """
      extensions/v1beta1 Deployment,DaemonSet,ReplicaSet 1.16 apps/v1
      extensions/v1beta1 NetworkPolicy 1.16 networking.k8s.io/v1
      extensions/v1beta1 PodSecurityPolicy 1.16 -
      apps/v1beta1 Deployment,StatefulSet,ControllerRevision 1.16 apps/v1
      apps/v1beta2 Deployment,DaemonSet,ReplicaSet,StatefulSet,ControllerRevision 1.16 apps/v1
      extensions/v1beta1 Ingress 1.22 networking.k8s.io/v1
      networking.k8s.io/v1beta1 Ingress,IngressClass 1.22 networking.k8s.io/v1
      admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration 1.22 admissionregistration.k8s.io/v1
      admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration 1.22 admissionregistration.k8s.io/v1
      apiextensions.k8s.io/v1beta1 CustomResourceDefinition 1.22 apiextensions.k8s.io/v1
      apiregistration.k8s.io/v1beta1 APIService 1.22 apiregistration.k8s.io/v1
      authentication.k8s.io/v1beta1 TokenReview 1.22 authentication.k8s.io/v1
      authorization.k8s.io/v1beta1 LocalSubjectAccessReview 1.22 authorization.k8s.io/v1
      authorization.k8s.io/v1beta1 SelfSubjectAccessReview,SubjectAccessReview 1.22 authorization.k8s.io/v1
      certificates.k8s.io/v1beta1 CertificateSigningRequest 1.22 certificates.k8s.io/v1
      coordination.k8s.io/v1beta1 Lease 1.22 coordination.k8s.io/v1
      rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding 1.22 rbac.authorization.k8s.io/v1
      rbac.authorization.k8s.io/v1beta1 Role,RoleBinding 1.22 rbac.authorization.k8s.io/v1
      scheduling.k8s.io/v1beta1 PriorityClass 1.22 scheduling.k8s.io/v1
      storage.k8s.io/v1beta1 CSIDriver,CSINode,StorageClass,VolumeAttachment 1.22 storage.k8s.io/v1
      batch/v1beta1 CronJob 1.25 batch/v1
      discovery.k8s.io/v1beta1 EndpointSlice 1.25 discovery.k8s.io/v1
      events.k8s.io/v1beta1 Event 1.25 events.k8s.io/v1
      autoscaling/v2beta1 HorizontalPodAutoscaler 1.25 autoscaling/v2
      policy/v1beta1 PodDisruptionBudget 1.25 policy/v1
      policy/v1beta1 PodSecurityPolicy 1.25 -
      node.k8s.io/v1beta1 RuntimeClass 1.25 node.k8s.io/v1
      flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema,PriorityLevelConfiguration 1.26 flowcontrol.apiserver.k8s.io/v1
      autoscaling/v2beta2 HorizontalPodAutoscaler 1.26 autoscaling/v2
      storage.k8s.io/v1beta1 CSIStorageCapacity 1.27 storage.k8s.io/v1
      flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema,PriorityLevelConfiguration 1.29 flowcontrol.apiserver.k8s.io/v1
      """;

  /** Deprecated and still served although it is no alpha or beta: since when, what instead. */
  private static final Map<Api, Deprecation> DEPRECATED =
      Map.of(
          new Api("v1", "Endpoints"),
          new Deprecation(new KubernetesMinor(1, 33), "discovery.k8s.io/v1 EndpointSlice"),
          new Api("v1", "ComponentStatus"),
          new Deprecation(new KubernetesMinor(1, 19), null));

  private static final Map<Api, Gone> GONE = gone();

  private static final Comparator<Api> STABLEST =
      Comparator.comparing(Api::isPrerelease)
          .thenComparing(api -> api.version().contains("alpha"))
          .thenComparing(Comparator.comparing(Api::version).reversed())
          .thenComparing(Api::apiVersion);

  /** An API that is there no more. */
  record Gone(KubernetesMinor since, @Nullable String replacement) {}

  /** An API that will go. */
  record Deprecation(KubernetesMinor since, @Nullable String replacement) {}

  private ApiHistory() {}

  /** When an API went that this minor version has no more; empty where it never had it. */
  static Optional<Gone> removal(Api api, Snapshot snapshot) {
    Gone old = GONE.get(api);
    if (old != null) {
      return Optional.of(old);
    }
    return Snapshots.minors().stream()
        .filter(minor -> minor.compareTo(snapshot.minor()) < 0 && knows(minor, api))
        .max(Comparator.naturalOrder())
        .map(last -> new Gone(last.next(), replacement(api, snapshot)));
  }

  /** The minor version that an API will come with; empty where no newer one has it. */
  static Optional<KubernetesMinor> arrival(Api api, KubernetesMinor now) {
    return Snapshots.minors().stream()
        .filter(minor -> minor.compareTo(now) > 0 && knows(minor, api))
        .min(Comparator.naturalOrder());
  }

  /** Whether an API that a snapshot has is on its way out, though an API server still serves it. */
  static Optional<Deprecation> deprecation(Api api, Snapshot snapshot) {
    Deprecation known = DEPRECATED.get(api);
    if (known != null) {
      return known.since().compareTo(snapshot.minor()) <= 0 ? Optional.of(known) : Optional.empty();
    }
    return Optional.ofNullable(stable(api, snapshot))
        .map(stable -> new Deprecation(snapshot.minor(), stable.apiVersion()));
  }

  /** The stable version of an alpha or a beta; null where there is none. */
  static @Nullable Api stable(Api api, Snapshot snapshot) {
    return api.isPrerelease()
        ? snapshot.kinds().keySet().stream()
            .filter(other -> other.kind().equals(api.kind()) && other.group().equals(api.group()))
            .filter(other -> !other.isPrerelease())
            .min(STABLEST)
            .orElse(null)
        : null;
  }

  /**
   * Whether an API server serves an API without being told to: alphas never, betas no more since
   * 1.24. The one beta that is older than that and younger than 1.29's end is named.
   *
   * @see <a href="https://github.com/kubernetes/enhancements/issues/3136">KEP-3136: Beta APIs Are
   *     Off by Default</a>
   */
  static boolean isOnByDefault(Api api) {
    return !api.isPrerelease() || api.apiVersion().equals("flowcontrol.apiserver.k8s.io/v1beta3");
  }

  /** The apiVersion of the same kind elsewhere, the same group and stable ones first. */
  static @Nullable String replacement(Api api, Snapshot snapshot) {
    return snapshot.kinds().keySet().stream()
        .filter(other -> other.kind().equals(api.kind()))
        .min(
            Comparator.comparing((Api other) -> !other.group().equals(api.group()))
                .thenComparing(STABLEST))
        .map(Api::apiVersion)
        .orElse(null);
  }

  /** The nearest of the kinds of an apiVersion, else of all. */
  static @Nullable Api nearest(Api wrong, Snapshot snapshot) {
    Collection<Api> all = snapshot.kinds().keySet();
    Optional<String> kind =
        Suggestion.nearest(
            wrong.kind(),
            all.stream()
                .filter(api -> api.apiVersion().equals(wrong.apiVersion()))
                .map(Api::kind)
                .toList());
    if (kind.isPresent()) {
      return new Api(wrong.apiVersion(), kind.get());
    }
    kind = Suggestion.nearest(wrong.kind(), new TreeSet<>(all.stream().map(Api::kind).toList()));
    if (kind.isEmpty()) {
      return null;
    }
    String found = kind.get();
    return all.stream().filter(api -> api.kind().equals(found)).min(STABLEST).orElse(null);
  }

  /** The minor versions whose type of that name has such a field. */
  static List<KubernetesMinor> minorsWith(String type, String field) {
    return Snapshots.minors().stream()
        .filter(
            minor -> {
              ObjectType there = Snapshots.of(minor).orElseThrow().typeOrNull(type);
              return there != null && there.fields().containsKey(field);
            })
        .toList();
  }

  private static boolean knows(KubernetesMinor minor, Api api) {
    return Snapshots.of(minor).orElseThrow().kinds().containsKey(api);
  }

  private static Map<Api, Gone> gone() {
    Map<Api, Gone> gone = new HashMap<>();
    for (String line : REMOVED.split("\n")) {
      String[] words = line.split(" ");
      Gone entry =
          new Gone(
              KubernetesMinor.parse(words[2]).orElseThrow(),
              words[3].equals("-") ? null : words[3]);
      for (String kind : words[1].split(",")) {
        gone.put(new Api(words[0], kind), entry);
      }
    }
    return gone;
  }
}
