package dev.shirube.verify.schema;

import dev.shirube.model.Suggestion;
import dev.shirube.verify.schema.Shape.ListOf;
import dev.shirube.verify.schema.Shape.MapOf;
import dev.shirube.verify.schema.Shape.Ref;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a field belongs, or what it is called, that stands where it has no business. */
final class FieldAdvice {

  private static final int FEW = 8;
  private static final int DEEPEST = 3;

  /**
   * An object of a manifest, with those around it.
   *
   * @param path such as {@code spec.containers[0]}; empty for the manifest itself
   */
  record Place(ObjectType type, String path, @Nullable Place parent) {}

  private final Snapshot snapshot;

  FieldAdvice(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** What to do about a field that the type of {@code place} does not have. */
  Optional<String> fix(String field, Place place) {
    Set<String> known = place.type().fields().keySet();
    String plain = plain(field);
    for (String name : known) {
      if (plain(name).equals(plain)) {
        return Optional.of("write \"" + name + "\"");
      }
    }
    Optional<String> nearest = Suggestion.nearest(field, known);
    if (nearest.isPresent() && Math.abs(nearest.get().length() - field.length()) <= 1) {
      return nearest.map(FieldAdvice::meant);
    }
    Optional<String> elsewhere = elsewhere(field, place);
    if (elsewhere.isPresent()) {
      return elsewhere.map(path -> "\"" + field + "\" belongs below " + path);
    }
    if (nearest.isPresent()) {
      return nearest.map(FieldAdvice::meant);
    }
    return known.size() <= FEW && !known.isEmpty()
        ? Optional.of("its fields are " + String.join(", ", known))
        : Optional.empty();
  }

  /**
   * Whether a field that a mapping lacks is there under a name that is nearly right: one mistake,
   * to be told once.
   *
   * @param known the right names
   */
  static boolean isMisspelt(String field, Mapping mapping, Set<String> known) {
    return mapping.entries().keySet().stream()
        .filter(name -> !known.contains(name))
        .anyMatch(
            name ->
                plain(name).equals(plain(field))
                    || Suggestion.nearest(name, Set.of(field)).isPresent());
  }

  /** A path without the numbers of items. */
  private static String general(String path) {
    return path.replaceAll("\\[\\d+]", "[]");
  }

  private static String meant(String name) {
    return "did you mean \"" + name + "\"?";
  }

  /** A name without what people get wrong in its spelling. */
  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The nearest object that has the field: below first, then around. */
  private Optional<String> elsewhere(String field, Place place) {
    for (Place at = place; at != null; at = at.parent()) {
      if (at.type().fields().containsKey(field)) {
        return Optional.of(at.path().isEmpty() ? "the manifest itself" : general(at.path()));
      }
      Optional<String> below = below(field, at);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  private record Step(ObjectType type, String path, int depth) {}

  private Optional<String> below(String field, Place place) {
    Queue<Step> open = new ArrayDeque<>(List.of(new Step(place.type(), general(place.path()), 0)));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (!seen.add(step.type().name())) {
        continue;
      }
      if (step.depth() > 0 && step.type().fields().containsKey(field)) {
        return Optional.of(step.path());
      }
      if (step.depth() == DEEPEST) {
        continue;
      }
      for (Map.Entry<String, ObjectType.Field> entry : inOrder(step)) {
        String path = (step.path().isEmpty() ? "" : step.path() + ".") + entry.getKey();
        ref(entry.getValue().shape(), path)
            .ifPresent(
                found ->
                    open.add(
                        new Step(snapshot.type(found.type()), found.path(), step.depth() + 1)));
      }
    }
    return Optional.empty();
  }

  /** Required fields first: {@code containers} rather than {@code ephemeralContainers}. */
  private static List<Map.Entry<String, ObjectType.Field>> inOrder(Step step) {
    return step.type().fields().entrySet().stream()
        .filter(entry -> step.depth() > 0 || !entry.getKey().equals("status"))
        .sorted(
            java.util.Comparator.comparing(
                (Map.Entry<String, ObjectType.Field> entry) -> !entry.getValue().required()))
        .toList();
  }

  private record Found(String type, String path) {}

  private static Optional<Found> ref(Shape shape, String path) {
    return switch (shape) {
      case Ref ref -> Optional.of(new Found(ref.type(), path));
      case ListOf list -> ref(list.item(), path + "[]");
      case MapOf map -> ref(map.value(), path + ".*");
      case Shape.Scalar scalar -> Optional.empty();
      case Shape.OneOf oneOf -> Optional.empty();
    };
  }
}
