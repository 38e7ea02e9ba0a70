package dev.shirube.diagnose.object;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.ObjectId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The objects that were read, by what is asked of them.
 *
 * @param whole whether nothing of their namespaces is missing
 */
record Objects(List<JsonNode> all, Instant now, Duration grace, boolean whole) {

  Objects {
    all = List.copyOf(all);
  }

  List<JsonNode> of(String kind) {
    return all.stream().filter(object -> text(object, "kind").equals(kind)).toList();
  }

  List<JsonNode> of(String kind, String namespace) {
    return of(kind).stream().filter(object -> namespace(object).equals(namespace)).toList();
  }

  Optional<JsonNode> named(String kind, String namespace, String name) {
    return of(kind, namespace).stream().filter(object -> name(object).equals(name)).findFirst();
  }

  /** The events about an object. */
  List<JsonNode> events(JsonNode object) {
    String uid = text(object.path("metadata"), "uid");
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode event : of("Event")) {
      JsonNode about =
          event.has("involvedObject") ? event.path("involvedObject") : event.path("regarding");
      String aboutUid = text(about, "uid");
      if (text(about, "kind").equals(text(object, "kind"))
          && text(about, "name").equals(name(object))
          && text(about, "namespace").equals(namespace(object))
          // One of the same name that was there before is another.
          && (uid.isEmpty() || aboutUid.isEmpty() || uid.equals(aboutUid))) {
        events.add(event);
      }
    }
    return events;
  }

  boolean hasEvent(JsonNode object, String... reasons) {
    return events(object).stream()
        .anyMatch(event -> List.of(reasons).contains(text(event, "reason")));
  }

  /** Those that an object controls. */
  List<JsonNode> ownedBy(String kind, JsonNode owner) {
    return of(kind, namespace(owner)).stream()
        .filter(
            object ->
                text(controller(object), "kind").equals(text(owner, "kind"))
                    && text(controller(object), "name").equals(name(owner)))
        .toList();
  }

  /** The reference to the controller; missing where there is none. */
  static JsonNode controller(JsonNode object) {
    JsonNode owners = object.path("metadata").path("ownerReferences");
    for (JsonNode owner : owners) {
      if (owner.path("controller").asBoolean(false)) {
        return owner;
      }
    }
    return owners.path(0);
  }

  /** Whether it is older than the time that its beginning may take; one without a date is. */
  boolean isOld(JsonNode object) {
    return isLongAgo(text(object.path("metadata"), "creationTimestamp"));
  }

  boolean isLongAgo(String time) {
    return age(time).map(age -> age.compareTo(grace) >= 0).orElse(true);
  }

  /** How long ago; empty where it is no time. */
  Optional<Duration> age(String time) {
    if (time.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  static String name(JsonNode object) {
    return text(object.path("metadata"), "name");
  }

  static String namespace(JsonNode object) {
    return text(object.path("metadata"), "namespace");
  }

  static ObjectId id(ObjectKind kind, JsonNode object) {
    return new ObjectId(kind, namespace(object), name(object));
  }

  static Optional<JsonNode> condition(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (text(condition, "type").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  static boolean hasCondition(JsonNode object, String type, String status) {
    return condition(object, type).filter(each -> text(each, "status").equals(status)).isPresent();
  }

  /** Whether labels are what a selector of equalities asks for. */
  static boolean selects(JsonNode selector, JsonNode labels) {
    return !selector.isEmpty()
        && selector
            .propertyStream()
            .allMatch(each -> text(labels, each.getKey()).equals(each.getValue().asString("")));
  }
}
