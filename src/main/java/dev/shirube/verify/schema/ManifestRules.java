package dev.shirube.verify.schema;

import dev.shirube.model.Location;
import dev.shirube.model.Suggestion;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What the API server asks of every manifest and OpenAPI does not say: names and labels, that a
 * workload selects its own Pods, and that these have images and the volumes that they mount.
 */
final class ManifestRules {

  private static final Set<String> WORKLOADS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

  /** Kinds whose names are freer than DNS has it. */
  private static final Set<String> FREE_NAMES = Set.of("IPAddress", "ClusterTrustBundle");

  /** Kinds that are questions to the API server, and have no name. */
  private static final String QUESTION = ".*Review|.*List|Binding|Eviction|Scale|Status|.*Options";

  /** Takes what is wrong. */
  interface Errors {
    void add(
        String code, Location location, String what, @Nullable String why, @Nullable String fix);
  }

  private final Completeness completeness;
  private final Errors errors;
  private final Function<Node, Location> places;

  ManifestRules(Completeness completeness, Errors errors, Function<Node, Location> places) {
    this.completeness = completeness;
    this.errors = errors;
    this.places = places;
  }

  void check(Api api, ObjectType type, Mapping manifest, Node root) {
    if (type.fields().containsKey("metadata") && !api.kind().matches(QUESTION)) {
      name(api, manifest, root);
    }
    labels(manifest.mapping("metadata").mapping("labels"));
    Mapping spec = manifest.mapping("spec");
    labels(spec.mapping("template").mapping("metadata").mapping("labels"));
    if (api.group().equals("apps") && WORKLOADS.contains(api.kind())) {
      selector(api, spec);
    }
    if (completeness == Completeness.WHOLE) {
      pod(podSpec(api, spec), spec);
    }
  }

  /** The Pod that a manifest is or makes; empty where it makes none. */
  private static Mapping podSpec(Api api, Mapping spec) {
    return switch (api.apiVersion() + " " + api.kind()) {
      case "v1 Pod" -> spec;
      case "apps/v1 Deployment",
          "apps/v1 StatefulSet",
          "apps/v1 DaemonSet",
          "apps/v1 ReplicaSet",
          "batch/v1 Job",
          "v1 ReplicationController" ->
          spec.mapping("template").mapping("spec");
      case "batch/v1 CronJob" ->
          spec.mapping("jobTemplate").mapping("spec").mapping("template").mapping("spec");
      default -> Mapping.EMPTY;
    };
  }

  private void pod(Mapping pod, Mapping spec) {
    Set<String> volumes = new TreeSet<>();
    pod.items("volumes").forEach(volume -> volumes.add(volume.mapping().text("name")));
    spec.items("volumeClaimTemplates")
        .forEach(claim -> volumes.add(claim.mapping().mapping("metadata").text("name")));
    for (String containers : List.of("initContainers", "containers")) {
      for (Mapping.Item container : pod.items(containers)) {
        if (container.mapping().text("image").isEmpty()
            && !FieldAdvice.isMisspelt("image", container.mapping(), Set.of("image"))) {
          errors.add(
              "missing-field",
              places.apply(container.node()),
              "this container has no \"image\"",
              "a container must have it",
              null);
        }
        for (Mapping.Item mount : container.mapping().items("volumeMounts")) {
          if (mount.mapping().value("name") instanceof ScalarNode name
              && !volumes.contains(name.getValue())) {
            unknownVolume(name, volumes);
          }
        }
      }
    }
  }

  private void unknownVolume(ScalarNode name, Set<String> volumes) {
    errors.add(
        "unknown-volume",
        places.apply(name),
        "there is no volume \"" + name.getValue() + "\"",
        volumes.isEmpty()
            ? "what a container mounts is listed in the volumes of its Pod, which has none"
            : "the volumes of the Pod are " + String.join(", ", volumes),
        Suggestion.nearest(name.getValue(), volumes)
            .map(right -> "did you mean \"" + right + "\"?")
            .orElse(null));
  }

  private void name(Api api, Mapping manifest, Node root) {
    Mapping metadata = manifest.mapping("metadata");
    if (!(metadata.value("name") instanceof ScalarNode name)) {
      if (metadata.value("name") == null
          && metadata.text("generateName").isEmpty()
          && !FieldAdvice.isMisspelt("name", metadata, Set.of("name"))
          && completeness == Completeness.WHOLE) {
        Mapping.Entry entry = manifest.entries().get("metadata");
        errors.add(
            "missing-field",
            places.apply(entry == null ? root : entry.key()),
            "metadata has no \"name\"",
            "every resource has one",
            null);
      }
      return;
    }
    String value = name.getValue();
    if (api.group().equals("rbac.authorization.k8s.io")
        || FREE_NAMES.contains(api.kind())
        || value.isEmpty()) {
      return;
    }
    boolean label =
        api.apiVersion().equals("v1") && Set.of("Namespace", "Service").contains(api.kind());
    if (label ? !Formats.isDnsLabel(value) : !Formats.isSubdomain(value)) {
      String right =
          value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("^-+|-+$", "");
      if (label) {
        right = right.replace('.', '-');
      }
      errors.add(
          "invalid-name",
          places.apply(name),
          "\"" + value + "\" cannot be the name of a " + api.kind(),
          label
              ? "it is at most 63 lower-case letters, digits and \"-\""
              : "it is at most 253 lower-case letters, digits, \"-\" and \".\"",
          Formats.isSubdomain(right) && !right.equals(value) ? "write \"" + right + "\"" : null);
    }
  }

  private void labels(Mapping labels) {
    for (Mapping.Entry label : labels.entries().values()) {
      if (!Formats.isLabelKey(label.name())) {
        errors.add(
            "invalid-label",
            places.apply(label.key()),
            "\"" + label.name() + "\" cannot be the key of a label",
            "it is at most 63 letters, digits, \"-\", \"_\" and \".\", after a domain and \"/\" or"
                + " without",
            null);
      } else if (label.value() instanceof ScalarNode value
          && !Formats.isLabelValue(value.getValue())) {
        errors.add(
            "invalid-label",
            places.apply(value),
            "\"" + value.getValue() + "\" cannot be the value of a label",
            "it is at most 63 letters, digits, \"-\", \"_\" and \".\"; what is longer belongs into"
                + " an annotation",
            null);
      }
    }
  }

  private void selector(Api api, Mapping spec) {
    Mapping labels = spec.mapping("template").mapping("metadata").mapping("labels");
    if (spec.mapping("template").entries().isEmpty()) {
      return;
    }
    for (Mapping.Entry wanted :
        spec.mapping("selector").mapping("matchLabels").entries().values()) {
      if (wanted.value() instanceof ScalarNode value
          && !labels.text(wanted.name()).equals(value.getValue())
          && (completeness == Completeness.WHOLE || labels.entries().containsKey(wanted.name()))) {
        errors.add(
            "selector-mismatch",
            places.apply(wanted.key()),
            "the Pods of this "
                + api.kind()
                + " do not have the label "
                + wanted.name()
                + ": "
                + value.getValue(),
            "spec.selector must select what spec.template makes",
            "write the same in spec.template.metadata.labels");
      }
    }
  }
}
