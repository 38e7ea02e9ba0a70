package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names under which kubectl takes and prints kinds. */
final class Kinds {

  private static final Map<String, ObjectKind> SHORT =
      Map.of(
          "po", ObjectKind.POD,
          "deploy", ObjectKind.DEPLOYMENT,
          "rs", ObjectKind.REPLICA_SET,
          "sts", ObjectKind.STATEFUL_SET,
          "ds", ObjectKind.DAEMON_SET,
          "pvc", ObjectKind.PERSISTENT_VOLUME_CLAIM,
          "svc", ObjectKind.SERVICE,
          "no", ObjectKind.NODE);

  private Kinds() {}

  /** Of {@code Pod}, {@code pods}, {@code po}, {@code deployment.apps}. */
  static Optional<ObjectKind> of(String word) {
    String name = word.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
    ObjectKind shortened = SHORT.get(name);
    if (shortened != null) {
      return Optional.of(shortened);
    }
    for (ObjectKind kind : ObjectKind.values()) {
      String id = kind.id().toLowerCase(Locale.ROOT);
      if (kind != ObjectKind.COMMAND && (name.equals(id) || name.equals(id + "s"))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
