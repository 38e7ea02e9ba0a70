package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.object.LogReader;
import dev.shirube.diagnose.object.ObjectReader;
import dev.shirube.diagnose.observed.Fact;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a pasted text: whatever of {@code kubectl get}, {@code describe}, {@code events} and {@code
 * logs}, of errors of kubectl, of JSON and YAML is in it, in any order. What is none of these is a
 * line of a log.
 *
 * <p>Each line is looked at once, and no pattern gives back what it has taken, so that the time
 * grows with the length of the text.
 */
public final class PasteReader {

  private static final Duration GRACE = Duration.ofSeconds(30);

  /** A command after the prompt of a shell, or kubectl as it was typed. */
  private static final Pattern PROMPT =
      Pattern.compile("(?:\\$ |[^\\s|]{0,80}[$#>%] |PS [^>]{0,200}> )?(kubectl\\s.*)|\\$ .*");

  private static final Pattern WAITING =
      Pattern.compile(
          "container \"([^\"]{1,253})\" in pod \"([^\"]{1,253})\" is waiting to start: (.{1,400})");

  private static final Pattern ROLLOUT =
      Pattern.compile("deployment \"([^\"]{1,253})\" exceeded its progress deadline");

  /** How kubectl, curl and aws begin what they say of an error. */
  private static final Pattern COMMAND_ERROR =
      Pattern.compile(
          "(?:Error from server|error: |error when |Unable to connect to the server"
              + "|The connection to the server|[EF]\\d{4} \\d\\d:\\d\\d:\\d\\d"
              + "|An error occurred \\(|aws: \\[?ERROR|curl: \\(\\d"
              + "|command terminated with exit code).*");

  /** A field of an object whose beginning or end was cut off. */
  private static final Pattern FIELD =
      Pattern.compile("\\s*+-?\\s*+\"?(reason|message|exitCode)\"?: \"?(.*?)\"?,?\\s*");

  private static final Pattern SAYS_ERROR =
      Pattern.compile(
          "(?i)\\b(?:error|err|emerg|fatal|panic|exception|traceback|failed|failure|refused|denied"
              + "|cannot|can't|unable|critical|severe|not found)\\b");

  private final Instant now;

  /**
   * @param now which the times in JSON and YAML are held against
   */
  public PasteReader(Instant now) {
    this.now = now;
  }

  /** One observation for each object that the text speaks of. */
  public List<Observation> read(String text) {
    return new Reading().read(PastedLines.of(text));
  }

  /** A line of a log, and whose log it is, as far as that is known. */
  private record LogLine(String target, String text, int line) {}

  private record LooseEvent(EventLine event, int line) {}

  /** One text. */
  private final class Reading {

    private final Registry registry = new Registry();
    private final TableRows rows = new TableRows(registry);
    private final List<LogLine> logs = new ArrayList<>();
    private final List<LooseEvent> loose = new ArrayList<>();
    private final Set<Observation> warned = new HashSet<>();
    private final List<String> commandErrors = new ArrayList<>();
    private @Nullable Description description;
    private @Nullable ObjectKind described;
    private String logTarget = "";

    List<Observation> read(List<String> lines) {
      if (!readWhole(lines)) {
        readLines(lines);
      }
      endDescription();
      looseEvents();
      warnings();
      endpoints();
      attachLogs();
      links();
      command(lines);
      return registry.all();
    }

    // --- JSON and YAML ---------------------------------------------------------------------------

    /** Whether it is all JSON or YAML, but for the command above it. */
    private boolean readWhole(List<String> lines) {
      int first = 0;
      while (first < lines.size()
          && (lines.get(first).isBlank() || PROMPT.matcher(lines.get(first)).matches())) {
        first++;
      }
      if (first < lines.size() && lines.get(first).stripLeading().startsWith("{")) {
        return take(StructuredText.json(String.join("\n", lines.subList(first, lines.size()))));
      }
      boolean yaml =
          lines.stream().anyMatch(line -> line.startsWith("apiVersion:"))
              && lines.stream().anyMatch(line -> line.startsWith("kind:"));
      if (!yaml) {
        return false;
      }
      List<String> documents =
          lines.stream().filter(line -> !PROMPT.matcher(line).matches()).toList();
      return take(StructuredText.yaml(String.join("\n", documents)));
    }

    private boolean take(List<JsonNode> objects) {
      if (objects.isEmpty() || objects.stream().noneMatch(JsonNode::isObject)) {
        return false;
      }
      new ObjectReader(new ObjectReader.Settings(now, GRACE, false))
          .read(objects, LogReader.NONE)
          .forEach(registry::take);
      return true;
    }

    private void readLines(List<String> lines) {
      // Where the object ends that begins here: found from behind, so that none is looked for
      // twice.
      int[] ends = new int[lines.size()];
      int end = -1;
      for (int i = lines.size() - 1; i >= 0; i--) {
        String line = lines.get(i);
        if (line.startsWith("}")) {
          end = i;
        }
        ends[i] = line.startsWith("{") ? end : -1;
      }
      for (int i = 0; i < lines.size(); i++) {
        if (ends[i] > i || (lines.get(i).startsWith("{") && lines.get(i).contains("\"kind\""))) {
          int last = Math.max(i, ends[i]);
          if (take(StructuredText.json(String.join("\n", lines.subList(i, last + 1))))) {
            i = last;
            continue;
          }
        }
        readLine(lines.get(i), i + 1);
      }
    }

    // --- lines -----------------------------------------------------------------------------------

    private void readLine(String line, int number) {
      Matcher prompt = PROMPT.matcher(line);
      if (line.length() < 2000 && prompt.matches()) {
        prompt(prompt.group(1) == null ? "" : prompt.group(1));
        return;
      }
      if (description != null) {
        if (!(Description.isName(line) && Description.begins(line)) && description.take(line)) {
          return;
        }
        endDescription();
      }
      if (line.isBlank()) {
        rows.end();
        return;
      }
      if (line.startsWith("LAST SEEN") || rows.takeHeader(line)) {
        return;
      }
      Optional<EventLine> event = EventLine.parse(line);
      if (event.isPresent()) {
        event(event.get(), number);
        return;
      }
      if (rows.takeRow(line)) {
        return;
      }
      if (Description.begins(line)) {
        description = new Description(described);
        description.take(line);
        return;
      }
      if (!error(line) && !field(line)) {
        logs.add(new LogLine(logTarget, line, number));
      }
    }

    /** What a command says of the lines below it. */
    private void prompt(String command) {
      endDescription();
      rows.end();
      described = null;
      logTarget = "";
      String[] words = command.split("\\s+");
      for (int i = 0; i < words.length; i++) {
        if (words[i].equals("describe") && i + 1 < words.length) {
          described = Kinds.of(words[i + 1].replaceFirst("/.*", "")).orElse(null);
        } else if (words[i].equals("logs") && i + 1 < words.length) {
          logTarget = words[i + 1].startsWith("-") ? "" : words[i + 1].replaceFirst(".*/", "");
        }
      }
    }

    private void event(EventLine line, int number) {
      if (line.kind().isEmpty()) {
        loose.add(new LooseEvent(line, number));
        return;
      }
      add(registry.get(line.kind().get(), "", line.name()), line, number);
    }

    private void add(Observation object, EventLine event, int number) {
      object.addEvent(event.reason(), event.message(), "line " + number);
      if (event.warning()) {
        warned.add(object);
      }
    }

    private void endDescription() {
      Description ended = description;
      description = null;
      if (ended == null) {
        return;
      }
      Optional<ObjectKind> kind = ended.kind();
      if (kind.isEmpty()) {
        ended.events().forEach(event -> loose.add(new LooseEvent(event, 0)));
        return;
      }
      take(ended.objects(kind.get()));
      Observation object = registry.get(kind.get(), ended.namespace(), ended.name());
      if (ended.events().stream().anyMatch(EventLine::warning)) {
        warned.add(object);
      }
      if (kind.get() == ObjectKind.SERVICE
          && ended.field("Endpoints").filter(Set.of("", "<none>")::contains).isPresent()
          && ended
              .field("Selector")
              .filter(each -> !Set.of("", "<none>").contains(each))
              .isPresent()
          && ended.field("IP").filter(each -> !each.equals("None")).isPresent()) {
        TableRows.withoutEndpoints(object);
      }
    }

    /** What kubectl says instead of what was asked for. */
    private boolean error(String line) {
      Matcher waiting = WAITING.matcher(line.length() > 2000 ? line.substring(0, 2000) : line);
      if (line.contains("is waiting to start") && waiting.find()) {
        Observation pod = registry.get(ObjectKind.POD, "", waiting.group(2));
        String why = waiting.group(3).strip();
        String state =
            switch (why) {
              case "trying and failing to pull image" -> "ImagePullBackOff";
              case "image can't be pulled" -> "ErrImagePull";
              default -> why;
            };
        if (state.matches("[A-Z][A-Za-z]+")) {
          pod.add(Sort.STATE, state, "container " + waiting.group(1));
          pod.add(Sort.REASON, state, "container " + waiting.group(1));
          if (!Set.of("ContainerCreating", "PodInitializing").contains(state)) {
            pod.isInTrouble(state);
          }
        }
        return true;
      }
      Matcher rollout = ROLLOUT.matcher(line);
      if (line.contains("exceeded its progress deadline") && rollout.find()) {
        Observation deployment = registry.get(ObjectKind.DEPLOYMENT, "", rollout.group(1));
        deployment.add(Sort.STATE, "ProgressDeadlineExceeded", "");
        deployment.add(Sort.REASON, "ProgressDeadlineExceeded", "");
        deployment.isInTrouble("ProgressDeadlineExceeded");
        return true;
      }
      if (COMMAND_ERROR.matcher(line).lookingAt()) {
        commandErrors.add(line);
        return true;
      }
      return false;
    }

    /** A line of an object that was cut off: it is that of a Pod, until another is known. */
    private boolean field(String line) {
      if (line.length() > 5000
          || !(line.contains("reason") || line.contains("message") || line.contains("exitCode"))) {
        return false;
      }
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        return false;
      }
      String value = field.group(2);
      Observation pod = registry.get(ObjectKind.POD, "", "");
      switch (field.group(1)) {
        case "reason" -> {
          if (!value.matches("[A-Z][A-Za-z]{2,60}")) {
            return false;
          }
          pod.add(Sort.REASON, value, "");
          pod.add(Sort.STATE, value, "");
          pod.isInTrouble(value);
        }
        case "exitCode" -> {
          if (!value.matches("\\d{1,3}")) {
            return false;
          }
          pod.add(Sort.EXIT, value, "");
        }
        default -> pod.add(Sort.MESSAGE, value, "");
      }
      return true;
    }

    // --- what belongs together -------------------------------------------------------------------

    /** Events without an object are those of the Pod that is in trouble. */
    private void looseEvents() {
      if (loose.isEmpty()) {
        return;
      }
      List<Observation> pods = troubledPods();
      if (pods.isEmpty()) {
        pods = registry.of(ObjectKind.POD);
      }
      if (pods.isEmpty()) {
        pods = List.of(registry.get(ObjectKind.POD, "", ""));
      }
      for (LooseEvent each : loose) {
        for (Observation pod : pods) {
          add(pod, each.event(), each.line());
        }
      }
    }

    private List<Observation> troubledPods() {
      return registry.of(ObjectKind.POD).stream().filter(pod -> pod.trouble().isPresent()).toList();
    }

    /** What the events say of objects that the text shows nothing else of. */
    private void warnings() {
      for (Observation object : registry.all()) {
        Set<String> reasons = new HashSet<>();
        object.facts(Sort.EVENT).forEach(event -> reasons.add(event.reason()));
        switch (object.id().kind()) {
          case PERSISTENT_VOLUME_CLAIM -> {
            if (reasons.contains("ProvisioningFailed") || reasons.contains("FailedBinding")) {
              object.add(Sort.STATE, "Pending", "");
              object.isInTrouble("Pending");
            } else if (reasons.contains("WaitForFirstConsumer")) {
              object.isFine();
            }
          }
          case REPLICA_SET, STATEFUL_SET, DAEMON_SET, JOB -> {
            if (reasons.contains("FailedCreate") && object.trouble().isEmpty()) {
              object.add(Sort.STATE, "FailedCreate", "");
              object.isInTrouble("FailedCreate");
            }
            for (String reason : List.of("BackoffLimitExceeded", "DeadlineExceeded")) {
              if (reasons.contains(reason)) {
                object.add(Sort.STATE, "Failed", "");
                object.add(Sort.REASON, reason, "");
                object.isInTrouble("Failed");
              }
            }
          }
          case POD -> {
            boolean fine =
                object.facts(Sort.STATE).stream()
                    .anyMatch(state -> Set.of("Running", "Completed").contains(state.text()));
            if (warned.contains(object) && object.trouble().isEmpty() && !fine) {
              object.isInTrouble(
                  object.facts(Sort.STATE).stream()
                      .findFirst()
                      .map(state -> state.text())
                      .orElseGet(() -> lastReason(object)));
            }
          }
          case DEPLOYMENT, SERVICE, NODE, COMMAND -> {}
        }
      }
    }

    private String lastReason(Observation object) {
      return object.facts(Sort.EVENT).getLast().reason();
    }

    /** A Service without endpoints selects no Pods, or none that is ready: its Pods tell. */
    private void endpoints() {
      List<Observation> pods = registry.of(ObjectKind.POD);
      boolean someFail = !troubledPods().isEmpty();
      for (Observation service : registry.of(ObjectKind.SERVICE)) {
        if (service.trouble().isEmpty() || !service.facts(Sort.STATE).isEmpty()) {
          continue;
        }
        if (!someFail) {
          service.add(Sort.STATE, "NoPodsSelected", "it has no endpoints");
        }
        if (someFail || pods.isEmpty()) {
          service.add(Sort.STATE, "NoReadyPods", "it has no endpoints");
        }
      }
    }

    private void attachLogs() {
      if (logs.isEmpty()) {
        return;
      }
      List<Observation> pods = troubledPods();
      for (LogLine line : logs) {
        List<Observation> own =
            pods.stream()
                .filter(
                    pod ->
                        !line.target().isEmpty()
                            && (pod.id().name().equals(line.target())
                                || pod.id().name().startsWith(line.target() + "-")))
                .toList();
        for (Observation pod : own.isEmpty() ? pods : own) {
          pod.add(Sort.LOG, line.text(), "line " + line.line());
        }
      }
      boolean nothingElse =
          registry.all().stream().allMatch(each -> each.trouble().isEmpty())
              && commandErrors.isEmpty();
      if (nothingElse && logs.stream().anyMatch(line -> SAYS_ERROR.matcher(line.text()).find())) {
        Observation pod = registry.get(ObjectKind.POD, "", "");
        logs.forEach(line -> pod.add(Sort.LOG, line.text(), "line " + line.line()));
        pod.isInTrouble("its log tells of an error");
      }
    }

    /** Names tell what belongs together where nothing else does. */
    private void links() {
      List<Observation> pods = registry.of(ObjectKind.POD);
      List<Observation> replicaSets = registry.of(ObjectKind.REPLICA_SET);
      for (Observation object : registry.all()) {
        switch (object.id().kind()) {
          case DEPLOYMENT -> {
            List<Observation> own = madeBy(object, replicaSets);
            own.forEach(replicaSet -> replicaFailure(object, replicaSet));
            causedBy(object, own);
            causedBy(object, madeBy(object, pods));
          }
          case REPLICA_SET, STATEFUL_SET, DAEMON_SET, JOB -> causedBy(object, madeBy(object, pods));
          case SERVICE -> causedBy(object, pods);
          case POD -> {
            boolean waits =
                object.facts(Sort.EVENT).stream()
                    .anyMatch(event -> event.text().contains("PersistentVolumeClaim"));
            if (waits) {
              causedBy(object, registry.of(ObjectKind.PERSISTENT_VOLUME_CLAIM));
            }
          }
          case PERSISTENT_VOLUME_CLAIM, NODE, COMMAND -> {}
        }
      }
    }

    /** What its ReplicaSet cannot make, a condition of the Deployment says in the same words. */
    private static void replicaFailure(Observation deployment, Observation replicaSet) {
      for (Fact event : replicaSet.facts(Sort.EVENT)) {
        if (event.reason().equals("FailedCreate")) {
          deployment.add(Sort.STATE, "ReplicaFailure", replicaSet.id().toString());
          deployment.add(Sort.MESSAGE, event.text(), replicaSet.id().toString());
          deployment.isInTrouble("ReplicaFailure");
        }
      }
    }

    private static void causedBy(Observation object, List<Observation> causes) {
      causes.forEach(cause -> object.mayBeCausedBy(cause.id()));
    }

    private static List<Observation> madeBy(Observation maker, List<Observation> made) {
      return made.stream()
          .filter(each -> each.id().name().startsWith(maker.id().name() + "-"))
          .toList();
    }

    /** What a command that failed printed; the objects that it is about are the cause. */
    private void command(List<String> lines) {
      if (commandErrors.isEmpty()) {
        return;
      }
      List<Observation> others = registry.all();
      Observation command = registry.get(ObjectKind.COMMAND, "", "");
      command.isInTrouble(commandErrors.getLast());
      lines.forEach(line -> command.add(Sort.OUTPUT, line, ""));
      causedBy(command, others);
    }
  }
}
