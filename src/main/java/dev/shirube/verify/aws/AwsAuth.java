package dev.shirube.verify.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The ConfigMap {@code kube-system/aws-auth}, as <a
 * href="https://github.com/kubernetes-sigs/aws-iam-authenticator">aws-iam-authenticator</a> reads
 * it. Where a part of it cannot be read, that part lets nobody in.
 *
 * @param data of the ConfigMap
 */
record AwsAuth(Map<String, String> data) {

  /** Whom a principal is for Kubernetes. */
  record Mapped(String username, List<String> groups) {
    Mapped {
      groups = List.copyOf(groups);
    }
  }

  AwsAuth {
    data = Map.copyOf(data);
  }

  Optional<Mapped> find(Principal principal) {
    boolean role = principal.identity().kind() == Identity.Kind.ROLE;
    String key = role ? "rolearn" : "userarn";
    // A path in the ARN never matches: who asks is known without it.
    String arn = principal.identity().arnWithoutPath().toLowerCase(Locale.ROOT);
    for (Map<?, ?> each : list(role ? "mapRoles" : "mapUsers")) {
      if (text(each.get(key)).toLowerCase(Locale.ROOT).equals(arn)) {
        List<String> groups =
            each.get("groups") instanceof List<?> names
                ? names.stream()
                    .map(Objects::toString)
                    .map(name -> KubernetesNames.fill(name, principal))
                    .toList()
                : List.of();
        String username = text(each.get("username"));
        return Optional.of(
            new Mapped(
                username.isEmpty()
                    ? principal.identity().arnWithoutPath()
                    : KubernetesNames.fill(username, principal),
                groups));
      }
    }
    return Optional.empty();
  }

  private List<? extends Map<?, ?>> list(String key) {
    try {
      Object value =
          new Load(LoadSettings.builder().build()).loadFromString(data.getOrDefault(key, "[]"));
      return value instanceof List<?> entries
          ? entries.stream().map(each -> each instanceof Map<?, ?> map ? map : Map.of()).toList()
          : List.of();
    } catch (YamlEngineException e) {
      return List.of();
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
