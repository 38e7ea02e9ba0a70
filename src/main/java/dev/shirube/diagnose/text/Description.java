package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object as {@code kubectl describe} prints it, or a part of that, turned back into the JSON
 * that it was made of, as far as troubles show in it.
 */
final class Description {

  /** A field: its indentation, its name and its value. */
  private static final Pattern FIELD =
      Pattern.compile("( *+)([A-Za-z][A-Za-z0-9 ()/-]{0,59}?):(?:\\s++(.*))?");

  /** The fields that a part of a description may begin with. */
  private static final Set<String> TELLING =
      Set.of(
          "State",
          "Last State",
          "Exit Code",
          "Restart Count",
          "Containers",
          "Init Containers",
          "Controlled By",
          "Conditions",
          "Events",
          "QoS Class",
          "StrategyType");

  private static final Set<String> SECTIONS =
      Set.of("Containers", "Init Containers", "Conditions", "Events", "Volumes");

  private final @Nullable ObjectKind hint;
  private final Map<String, String> fields = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final ObjectNode status = JsonMapper.shared().createObjectNode();
  private final ArrayNode conditions = status.putArray("conditions");
  private final ArrayNode initContainers = status.putArray("initContainerStatuses");
  private final ArrayNode containers = status.putArray("containerStatuses");
  private final List<String> claims = new ArrayList<>();
  private final List<EventLine> events = new ArrayList<>();
  private String section = "";
  private @Nullable ObjectNode container;
  private @Nullable ObjectNode state;

  /**
   * @param hint the kind that the command above it names; null where there is none
   */
  Description(@Nullable ObjectKind hint) {
    this.hint = hint;
  }

  /** Whether a description, or a part of one, may begin with a line. */
  static boolean begins(String line) {
    Matcher field = FIELD.matcher(line);
    return line.length() < 2000
        && field.matches()
        && ((field.group(1).isEmpty()
                && field.group(2).equals("Name")
                && field.group(3) != null
                && field.group(3).strip().matches("[a-z0-9][a-z0-9.-]*"))
            || TELLING.contains(field.group(2)));
  }

  /** Whether it is a new object's first line. */
  static boolean isName(String line) {
    return line.startsWith("Name:");
  }

  /** Takes a line; false where it is none of a description. */
  boolean take(String line) {
    if (line.isBlank()) {
      return true;
    }
    boolean indented = line.startsWith(" ") || line.startsWith("\t");
    if (section.equals("Events") && indented) {
      Optional<EventLine> event = EventLine.parse(line);
      event.ifPresent(events::add);
      return event.isPresent() || line.strip().startsWith("Type") || line.strip().startsWith("--");
    }
    if (line.length() > 20_000) {
      return false;
    }
    Matcher field = FIELD.matcher(line);
    boolean isField = field.matches();
    if (!indented) {
      if (!isField) {
        return false;
      }
      section = field.group(2);
      names.add(section);
      container = null;
      if (field.group(3) != null) {
        fields.putIfAbsent(section, field.group(3).strip());
      }
      return true;
    }
    if (section.equals("Conditions") && !isField) {
      condition(line.strip());
      return true;
    }
    if (isField) {
      String value = field.group(3) == null ? "" : field.group(3).strip();
      inside(field.group(1).length(), field.group(2).strip(), value);
    }
    return true; // an argument, a mount, a label: they say nothing here
  }

  private void inside(int indent, String name, String value) {
    boolean ofContainers = section.equals("Containers") || section.equals("Init Containers");
    if (ofContainers && indent <= 2 && value.isEmpty()) {
      container =
          section.equals("Containers") ? containers.addObject() : initContainers.addObject();
      container.put("name", name);
      return;
    }
    if (name.equals("ClaimName")) {
      claims.add(value.replaceFirst("\\s.*", ""));
      return;
    }
    // A paste may begin inside a container.
    if (container == null
        && (ofContainers || !SECTIONS.contains(section))
        && Set.of("State", "Last State").contains(name)) {
      container = containers.addObject();
      names.add("Containers");
    }
    if (container == null) {
      return;
    }
    switch (name) {
      case "State" -> state = state(container.putObject("state"), value);
      case "Last State" -> state = state(container.putObject("lastState"), value);
      case "Ready" -> container.put("ready", value.equals("True"));
      case "Restart Count" ->
          container.put("restartCount", value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0);
      case "Reason", "Message" -> {
        if (state != null) {
          state.put(name.equals("Reason") ? "reason" : "message", value);
        }
      }
      case "Exit Code" -> {
        if (state != null && value.matches("\\d{1,9}")) {
          state.put("exitCode", Integer.parseInt(value));
        }
      }
      default -> {}
    }
  }

  private static @Nullable ObjectNode state(ObjectNode of, String value) {
    return switch (value) {
      case "Waiting" -> of.putObject("waiting");
      case "Terminated" -> of.putObject("terminated");
      case "Running" -> of.putObject("running");
      default -> null;
    };
  }

  /** Of a Pod: type and status. Of others a reason; of a Node the times, reason and message. */
  private void condition(String row) {
    String[] cells = row.split("\\s{2,}");
    if (cells.length < 2 || !Set.of("True", "False", "Unknown").contains(cells[1])) {
      return;
    }
    ObjectNode condition = conditions.addObject();
    condition.put("type", cells[0]).put("status", cells[1]);
    if (cells.length == 3) {
      condition.put("reason", cells[2]);
    } else if (cells.length >= 5) {
      condition.put("reason", cells[4]);
      condition.put("message", cells.length > 5 ? cells[5] : "");
    }
  }

  // --- as an object ------------------------------------------------------------------------------

  Optional<ObjectKind> kind() {
    if (names.contains("StrategyType") || names.contains("OldReplicaSets")) {
      return Optional.of(ObjectKind.DEPLOYMENT);
    }
    if (names.contains("Pods Statuses") || names.contains("Parallelism")) {
      return Optional.of(ObjectKind.JOB);
    }
    if (names.contains("Access Modes") && !names.contains("Source")) {
      return Optional.of(ObjectKind.PERSISTENT_VOLUME_CLAIM);
    }
    if (names.contains("Endpoints") || names.contains("TargetPort")) {
      return Optional.of(ObjectKind.SERVICE);
    }
    if (names.contains("Desired Number of Nodes Scheduled")) {
      return Optional.of(ObjectKind.DAEMON_SET);
    }
    if (names.contains("Update Strategy")) {
      return Optional.of(ObjectKind.STATEFUL_SET);
    }
    if (names.contains("Pods Status")) {
      return Optional.of(ObjectKind.REPLICA_SET);
    }
    if (names.contains("System Info") || names.contains("Allocatable")) {
      return Optional.of(ObjectKind.NODE);
    }
    if (names.contains("Containers") || names.contains("QoS Class") || names.contains("IPs")) {
      return Optional.of(ObjectKind.POD);
    }
    return Optional.ofNullable(hint);
  }

  String name() {
    return fields.getOrDefault("Name", "");
  }

  String namespace() {
    return fields.getOrDefault("Namespace", "");
  }

  /** What follows a name, as in {@code Endpoints:}; empty where there is no such field. */
  Optional<String> field(String name) {
    return names.contains(name) ? Optional.of(fields.getOrDefault(name, "")) : Optional.empty();
  }

  List<EventLine> events() {
    return List.copyOf(events);
  }

  /** The object and its events. */
  List<JsonNode> objects(ObjectKind kind) {
    List<JsonNode> objects = new ArrayList<>();
    ObjectNode object = JsonMapper.shared().createObjectNode().put("kind", kind.id());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", name()).put("namespace", namespace());
    String[] owner = fields.getOrDefault("Controlled By", "").split("/", 2);
    if (owner.length == 2) {
      metadata.putArray("ownerReferences").addObject().put("kind", owner[0]).put("name", owner[1]);
    }
    String phase = fields.getOrDefault("Status", "").replaceFirst("\\s.*", "");
    if (phase.equals("Terminating")) {
      metadata.put("deletionTimestamp", "");
    }
    status.put("phase", phase);
    status.put("reason", fields.getOrDefault("Reason", ""));
    status.put("message", fields.getOrDefault("Message", ""));
    ObjectNode spec = object.putObject("spec");
    ArrayNode volumes = spec.putArray("volumes");
    for (String claim : claims) {
      volumes.addObject().putObject("persistentVolumeClaim").put("claimName", claim);
    }
    if (kind == ObjectKind.JOB) {
      events.stream()
          .filter(
              event ->
                  Set.of("BackoffLimitExceeded", "DeadlineExceeded", "PodFailurePolicy")
                      .contains(event.reason()))
          .forEach(
              event ->
                  conditions
                      .addObject()
                      .put("type", "Failed")
                      .put("status", "True")
                      .put("reason", event.reason())
                      .put("message", event.message()));
    }
    object.set("status", status);
    objects.add(object);
    for (EventLine each : events) {
      ObjectNode event = JsonMapper.shared().createObjectNode().put("kind", "Event");
      event
          .put("reason", each.reason())
          .put("message", each.message())
          .put("type", each.warning() ? "Warning" : "Normal");
      event
          .putObject("involvedObject")
          .put("kind", kind.id())
          .put("name", name())
          .put("namespace", namespace());
      objects.add(event);
    }
    return objects;
  }
}
