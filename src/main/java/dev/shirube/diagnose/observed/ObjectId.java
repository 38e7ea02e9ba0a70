package dev.shirube.diagnose.observed;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import java.util.Comparator;

/**
 * Which object it is.
 *
 * @param namespace empty where it has none, or where it is not known
 * @param name empty where it is not known, as in a pasted log
 */
public record ObjectId(ObjectKind kind, String namespace, String name)
    implements Comparable<ObjectId> {

  private static final Comparator<ObjectId> ORDER =
      Comparator.comparing(ObjectId::namespace)
          .thenComparing(ObjectId::kind)
          .thenComparing(ObjectId::name);

  @Override
  public int compareTo(ObjectId other) {
    return ORDER.compare(this, other);
  }

  /** Whether both may be the same: what is not known of one is not held against it. */
  public boolean mayBe(ObjectId other) {
    return kind == other.kind
        && name.equals(other.name)
        && (namespace.isEmpty() || other.namespace.isEmpty() || namespace.equals(other.namespace));
  }

  /** For people: {@code Pod web/app-0}. */
  @Override
  public String toString() {
    String full = namespace.isEmpty() || name.isEmpty() ? name : namespace + "/" + name;
    return full.isEmpty() ? kind.id() : kind.id() + " " + full;
  }
}
