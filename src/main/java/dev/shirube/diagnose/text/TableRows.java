package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rows of the tables that {@code kubectl get} prints. */
final class TableRows {

  /** Who pastes a row has looked at it for some time: less than what a cluster is given. */
  private static final Duration SCHEDULING = Duration.ofSeconds(5);

  private static final Duration BINDING = Duration.ofSeconds(30);
  private static final Duration STARTING = Duration.ofSeconds(20);
  private static final Duration SLOW_PULL = Duration.ofMinutes(5);
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** Rows of Pods are known by their looks, for a paste may lack the line above them. */
  private static final Pattern POD =
      Pattern.compile(
          "(?:([a-z0-9][a-z0-9-]{0,62}+)\\s++)?(?:pods?/)?([a-z0-9][a-z0-9.-]{0,252}+)\\s++"
              + "(\\d{1,3})/(\\d{1,3})\\s++([A-Z][A-Za-z0-9:/]{2,60}+)\\s++(\\d{1,9})"
              + "(?:\\s\\(("
              + Ages.PATTERN
              + ") ago\\))?\\s++("
              + Ages.PATTERN
              + ")(?:\\s.*)?");

  private static final Pattern HEADER = Pattern.compile("[A-Z][A-Z0-9 :_()-]{3,300}+");

  /** What a beginning shows, which takes its time. */
  private static final Set<String> BEGINNING = Set.of("ContainerCreating", "PodInitializing");

  private static final Set<String> FINE =
      Set.of("Completed", "Succeeded", "Terminating", "NotReady", "SchedulingGated");

  private final Registry registry;
  private List<String> columns = List.of();

  TableRows(Registry registry) {
    this.registry = registry;
  }

  /** Whether a line names columns; they are those of the rows to come. */
  boolean takeHeader(String line) {
    String header = line.strip();
    if (line.startsWith(" ") || !HEADER.matcher(header).matches()) {
      return false;
    }
    List<String> names = List.of(header.split("\\s{2,}|\\t"));
    // Copied into a chat, columns may have lost their distance.
    List<String> found = names.size() > 1 ? names : List.of(header.split("\\s+"));
    if (found.size() < 2 || !(found.contains("NAME") || found.contains("ADDRESS"))) {
      return false;
    }
    columns = found;
    return true;
  }

  /** Rows end where something else begins. */
  void end() {
    columns = List.of();
  }

  /** Takes a row; false where it is none. */
  boolean takeRow(String line) {
    if (line.length() > 5000 || line.isBlank()) {
      return false;
    }
    Matcher pod = POD.matcher(line.strip());
    if (pod.matches()) {
      pod(pod);
      return true;
    }
    if (columns.isEmpty() || line.startsWith(" ")) {
      return false;
    }
    List<String> cells = new ArrayList<>(List.of(line.strip().split("\\s{2,}|\\t")));
    if (cells.size() < 2) {
      cells = new ArrayList<>(List.of(line.strip().split("\\s+")));
    }
    String namespace = "";
    if (columns.getFirst().equals("NAMESPACE")) {
      namespace = cells.removeFirst();
    }
    if (cells.size() < 2) {
      return false;
    }
    String name = cells.getFirst().replaceFirst("^[a-z.0-9]{1,60}/", "");
    if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
      return false;
    }
    if (columns.contains("STORAGECLASS") && columns.contains("VOLUME")) {
      claim(namespace, name, cells);
    } else if (columns.contains("UP-TO-DATE")) {
      deployment(namespace, name, cells);
    } else if (columns.contains("COMPLETIONS")) {
      job(namespace, name, cells);
    } else if (columns.contains("ROLES")) {
      node(name, cells);
    } else if (columns.contains("ENDPOINTS")) {
      endpoints(namespace, name, cells);
    } else if (columns.size() == cells.size()) {
      ofOwnColumns(namespace, name, cells);
    }
    return true;
  }

  private void pod(Matcher row) {
    String namespace = row.group(1) == null ? "" : row.group(1);
    Observation pod = registry.get(ObjectKind.POD, namespace, row.group(2));
    String status = row.group(5);
    pod.add(Sort.STATE, status, "");
    String reason = status.replaceFirst("^Init:", "");
    if (!Set.of("Running", "Pending", "Completed").contains(reason)
        && reason.matches("[A-Z][A-Za-z]+")) {
      pod.add(Sort.REASON, reason, "");
    }
    boolean ready = row.group(3).equals(row.group(4));
    int restarts = Integer.parseInt(row.group(6));
    boolean restartedLately =
        restarts > 1 && row.group(7) != null && !Ages.isAtLeast(row.group(7), DEADLINE);
    String age = row.group(8);
    if (FINE.contains(status)) {
      return;
    }
    if (status.equals("Running")) {
      if (restartedLately) {
        pod.isInTrouble("it was restarted, " + restarts + " times in all");
      } else if (!ready && Ages.isAtLeast(age, STARTING)) {
        pod.isInTrouble("Running, but not ready");
      }
    } else if (status.equals("Pending")) {
      if (Ages.isAtLeast(age, SCHEDULING)) {
        pod.isInTrouble(status);
      }
    } else if (BEGINNING.contains(status) || status.matches("Init:\\d+/\\d+")) {
      if (restarts > 0 || Ages.isAtLeast(age, SLOW_PULL)) {
        pod.isInTrouble(status);
      }
    } else {
      pod.isInTrouble(status);
    }
  }

  private void claim(String namespace, String name, List<String> cells) {
    Observation claim = registry.get(ObjectKind.PERSISTENT_VOLUME_CLAIM, namespace, name);
    String status = cells.get(1);
    claim.add(Sort.STATE, status, "");
    if (status.equals("Lost")
        || (status.equals("Pending") && Ages.isAtLeast(cells.getLast(), BINDING))) {
      claim.isInTrouble(status);
    }
  }

  private void deployment(String namespace, String name, List<String> cells) {
    Observation deployment = registry.get(ObjectKind.DEPLOYMENT, namespace, name);
    String[] ready = cells.get(1).split("/", 2);
    if (ready.length == 2
        && !ready[0].equals(ready[1])
        && Ages.isAtLeast(cells.getLast(), DEADLINE)) {
      deployment.isInTrouble(cells.get(1) + " of its Pods are ready");
    }
  }

  private void job(String namespace, String name, List<String> cells) {
    Observation job = registry.get(ObjectKind.JOB, namespace, name);
    if (cells.get(1).equals("Failed")) {
      job.add(Sort.STATE, "Failed", "");
      job.isInTrouble("Failed");
    }
  }

  private void node(String name, List<String> cells) {
    Observation node = registry.get(ObjectKind.NODE, "", name);
    if (cells.get(1).startsWith("NotReady")) {
      node.add(Sort.STATE, "NotReady", "");
      node.isInTrouble("NotReady");
    }
  }

  /** Of Endpoints, or of an EndpointSlice, whose name begins with that of its Service. */
  private void endpoints(String namespace, String name, List<String> cells) {
    boolean slice = columns.contains("ADDRESSTYPE");
    int column = columns.indexOf("ENDPOINTS") - (columns.getFirst().equals("NAMESPACE") ? 1 : 0);
    String addresses = column < cells.size() ? cells.get(column) : "";
    if (addresses.equals("<none>") || addresses.equals("<unset>")) {
      String service = slice ? name.replaceFirst("-[a-z0-9]{5}$", "") : name;
      withoutEndpoints(registry.get(ObjectKind.SERVICE, namespace, service));
    }
  }

  /** Which of the two states it is, the Pods of the text will tell. */
  static void withoutEndpoints(Observation service) {
    service.isInTrouble("it has no endpoints");
  }

  /** Columns that somebody chose, of Pods. */
  private void ofOwnColumns(String namespace, String name, List<String> cells) {
    int skipped = columns.getFirst().equals("NAMESPACE") ? 1 : 0;
    List<String> reasons = new ArrayList<>();
    List<String> exits = new ArrayList<>();
    for (int i = 1; i + skipped < columns.size() && i < cells.size(); i++) {
      String column = columns.get(i + skipped);
      String cell = cells.get(i);
      if (column.contains("REASON") && cell.matches("[A-Z][A-Za-z]+")) {
        reasons.add(cell);
      } else if (column.startsWith("EXIT") && cell.matches("\\d{1,3}")) {
        exits.add(cell);
      }
    }
    if (reasons.isEmpty() && exits.isEmpty()) {
      return;
    }
    Observation pod = registry.get(ObjectKind.POD, namespace, name);
    reasons.forEach(reason -> pod.add(Sort.REASON, reason, ""));
    exits.forEach(exit -> pod.add(Sort.EXIT, exit, ""));
    if (reasons.stream().anyMatch(reason -> !reason.equals("Completed"))
        || exits.stream().anyMatch(exit -> !exit.equals("0"))) {
      pod.isInTrouble(String.join(", ", reasons.isEmpty() ? exits : reasons));
    }
  }
}
