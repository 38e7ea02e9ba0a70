package dev.shirube.verify.schema;

import dev.shirube.model.KubernetesMinor;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API of one minor version of Kubernetes knows: its kinds and the types of their fields.
 */
public final class Snapshot {

  /** Where the documents were that a snapshot was made from. */
  public enum Origin {
    /** Kubernetes' sources: they know every version of every kind. */
    SOURCES,
    /** An API server: it knows what it serves. */
    SERVER
  }

  private final String kubernetes;
  private final Origin origin;
  private final SortedMap<Api, String> kinds;
  private final SortedMap<String, ObjectType> types;

  /**
   * @param kubernetes the version that it was made from, such as {@code 1.37.2}
   * @param kinds to the names of their types
   * @param types by their names
   */
  Snapshot(
      String kubernetes, Origin origin, Map<Api, String> kinds, Map<String, ObjectType> types) {
    this.kubernetes = kubernetes;
    this.origin = origin;
    this.kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    this.types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** The version that it was made from, such as {@code 1.37.2}. */
  public String kubernetes() {
    return kubernetes;
  }

  public Origin origin() {
    return origin;
  }

  public KubernetesMinor minor() {
    return KubernetesMinor.parse(kubernetes).orElseThrow();
  }

  SortedMap<Api, String> kinds() {
    return kinds;
  }

  SortedMap<String, ObjectType> types() {
    return types;
  }

  Optional<ObjectType> typeOf(Api api) {
    return Optional.ofNullable(kinds.get(api)).map(this::type);
  }

  /** A type that a {@link Shape.Ref} of this snapshot names. */
  ObjectType type(String name) {
    return Objects.requireNonNull(types.get(name), name);
  }

  @Nullable ObjectType typeOrNull(String name) {
    return types.get(name);
  }
}
