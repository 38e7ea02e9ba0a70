package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact;
import dev.shirube.diagnose.observed.ObjectId;
import dev.shirube.diagnose.observed.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects that a text speaks of, however often. */
final class Registry {

  private final Map<ObjectId, Observation> objects = new LinkedHashMap<>();

  /** By kind and name, as most texts name no namespace. */
  private final Map<String, List<ObjectId>> named = new HashMap<>();

  /** The object of that name; a new one where the text has not spoken of it yet. */
  Observation get(ObjectKind kind, String namespace, String name) {
    ObjectId id = new ObjectId(kind, namespace, name);
    return find(id)
        .orElseGet(
            () -> {
              Observation made = new Observation(id, true);
              put(made);
              return made;
            });
  }

  Optional<Observation> find(ObjectId id) {
    return named.getOrDefault(key(id), List.of()).stream()
        .filter(id::mayBe)
        .findFirst()
        .map(objects::get);
  }

  /** Adds what another reader has seen of an object. */
  void take(Observation seen) {
    Optional<Observation> known = find(seen.id());
    if (known.isEmpty()) {
      put(seen);
      return;
    }
    Observation object = known.get();
    for (Fact fact : seen.facts()) {
      if (fact.sort() == Fact.Sort.EVENT) {
        object.addEvent(fact.reason(), fact.text(), fact.where());
      } else {
        object.add(fact.sort(), fact.text(), fact.where());
      }
    }
    seen.causes().forEach(object::mayBeCausedBy);
    seen.trouble().ifPresent(object::isInTrouble);
    if (!seen.owner().isEmpty()) {
      object.isOwnedBy(seen.owner());
    }
  }

  private void put(Observation object) {
    objects.put(object.id(), object);
    named.computeIfAbsent(key(object.id()), any -> new ArrayList<>()).add(object.id());
  }

  private static String key(ObjectId id) {
    return id.kind() + "/" + id.name();
  }

  List<Observation> all() {
    return List.copyOf(objects.values());
  }

  List<Observation> of(ObjectKind kind) {
    return objects.values().stream().filter(each -> each.id().kind() == kind).toList();
  }
}
