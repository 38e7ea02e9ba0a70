package dev.shirube.diagnose.object;

import static dev.shirube.diagnose.object.Objects.text;

import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the conditions of an object that are not as they should be. */
final class Conditions {

  /** Those that are good when they are false. */
  private static final Set<String> BAD =
      Set.of(
          "DiskPressure",
          "DisruptionTarget",
          "Failed",
          "FailureTarget",
          "FileSystemResizePending",
          "MemoryPressure",
          "NetworkUnavailable",
          "PIDPressure",
          "ReplicaFailure",
          "Suspended");

  private Conditions() {}

  static void read(JsonNode object, Observation seen) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      String type = text(condition, "type");
      boolean isTrue = text(condition, "status").equals("True");
      if (BAD.contains(type) == isTrue) {
        seen.add(Sort.REASON, text(condition, "reason"), "condition " + type);
        seen.add(Sort.MESSAGE, text(condition, "message"), "condition " + type);
      }
    }
  }
}
