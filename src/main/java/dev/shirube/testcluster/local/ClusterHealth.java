package dev.shirube.testcluster.local;

import dev.shirube.testcluster.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the processes of a cluster and at what they left behind. */
final class ClusterHealth {

  private static final int LAST_LINES = 10;
  private static final String INIT = "init";
  private static final Duration TIME_TO_START = Duration.ofSeconds(5);

  private static final Duration TIME_TO_TELL = Duration.ofMillis(500);

  /** Exit codes of the shell above this one tell of a signal. */
  private static final int SIGNALS = 128;

  private ClusterHealth() {}

  /** Every part that was started, on every host that was not stopped on purpose. */
  static List<PartHealth> of(ClusterState state, RunFolder run) {
    List<ClusterProcesses.Found> processes = new ClusterProcesses(state.nonce()).find();
    List<PartHealth> health = new ArrayList<>();
    state
        .hosts()
        .forEach(
            (host, pid) -> {
              if (!state.stopped().contains(host)) {
                health.addAll(of(host, pid, run.host(host), processes));
              }
            });
    return health;
  }

  private static List<PartHealth> of(
      String host, long pid, HostFolder folder, List<ClusterProcesses.Found> all) {
    List<ClusterProcesses.Found> processes =
        all.stream().filter(found -> found.host().equals(host)).toList();
    boolean hostRuns = processes.stream().anyMatch(found -> found.process().pid() == pid);
    Set<String> running =
        processes.stream().map(ClusterProcesses.Found::part).collect(Collectors.toSet());
    List<PartHealth> health = new ArrayList<>();
    health.add(health(host, INIT, hostRuns ? "" : "ended", folder));
    for (String part : folder.started()) {
      Optional<String> exit = folder.exit(part);
      String ended =
          exit.map(ClusterHealth::ending)
              .orElse(
                  running.contains(part)
                      ? ""
                      : hostRuns ? unseen(part, folder) : "ended with its host");
      health.add(health(host, part, ended, folder));
    }
    return health;
  }

  /** A part that has just been asked for has no process yet. */
  private static String unseen(String part, HostFolder folder) {
    if (!folder.startedBefore(part, TIME_TO_START)) {
      return "";
    }
    // How it ended is written down a moment after it has.
    Pause pause = new Pause(TIME_TO_TELL);
    Optional<String> exit = folder.exit(part);
    while (exit.isEmpty() && pause.next()) {
      exit = folder.exit(part);
    }
    return exit.map(ClusterHealth::ending).orElse("is gone");
  }

  private static PartHealth health(String host, String part, String ended, HostFolder folder) {
    List<String> lines = ended.isEmpty() ? List.of() : folder.logTail(part, LAST_LINES);
    return new PartHealth(host, part, ended, folder.log(part), lines);
  }

  private static String ending(String exit) {
    if (!exit.matches("\\d{1,3}")) {
      return "ended"; // the disk was full, perhaps
    }
    int code = Integer.parseInt(exit);
    return code > SIGNALS
        ? "was killed (signal " + (code - SIGNALS) + ")"
        : "ended with exit code " + code;
  }

  /** What died, the cause before its consequences; empty where everything runs. */
  static String whatDied(List<PartHealth> health) {
    List<PartHealth> dead = health.stream().filter(part -> !part.runs()).toList();
    List<PartHealth> causes =
        dead.stream().filter(part -> !part.ended().equals("ended with its host")).toList();
    return (causes.isEmpty() ? dead : causes)
        .stream().map(PartHealth::description).collect(Collectors.joining("\n"));
  }
}
