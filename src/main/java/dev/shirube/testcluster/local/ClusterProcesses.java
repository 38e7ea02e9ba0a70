package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The processes of a cluster, found by the nonce that each inherits in its environment. A process
 * that was orphaned is found, one that got the number of a dead one is not; and no list has to be
 * kept that a {@code kill -9} could leave half written.
 */
final class ClusterProcesses {

  /** The environment variable that holds the cluster's nonce. */
  static final String NONCE = "SHIRUBE_CLUSTER";

  /** The environment variable that names the host. */
  static final String HOST = "SHIRUBE_HOST";

  /** The environment variable that holds {@link RunFolder#address()}. */
  static final String RUN = "SHIRUBE_RUN";

  /** The environment variable that names the part; {@code init.sh} sets it. */
  private static final String PART = "SHIRUBE_PART";

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final String nonce;

  ClusterProcesses(String nonce) {
    this.nonce = nonce;
  }

  /**
   * A process of the cluster.
   *
   * @param part empty for the processes that hold a host
   */
  record Found(ProcessHandle process, String host, String part) {}

  List<Found> find() {
    List<Found> found = new ArrayList<>();
    forEach(
        (process, variables) -> {
          if (value(variables, NONCE).equals(nonce)) {
            found.add(new Found(process, value(variables, HOST), value(variables, PART)));
          }
        });
    return found;
  }

  /**
   * The nonces of the clusters that were started in a run folder and of which a process is left:
   * the folder itself may have been deleted meanwhile.
   */
  static Set<String> noncesOf(RunFolder run) {
    Set<String> nonces = new TreeSet<>();
    forEach(
        (process, variables) -> {
          String nonce = value(variables, NONCE);
          if (ClusterState.isNonce(nonce) && value(variables, RUN).equals(run.address())) {
            nonces.add(nonce);
          }
        });
    return nonces;
  }

  /** Kills all processes of the cluster and waits until they are gone. */
  void kill() {
    killWhere(found -> true);
  }

  /** Kills all processes of one host and waits until they are gone. */
  void kill(String host) {
    killWhere(found -> found.host().equals(host));
  }

  private void killWhere(java.util.function.Predicate<Found> condition) {
    Pause pause = new Pause(DEADLINE);
    while (true) {
      List<Found> rest = find().stream().filter(condition).toList();
      if (rest.isEmpty()) {
        return;
      }
      rest.forEach(found -> found.process().destroyForcibly());
      if (!pause.next()) {
        throw new ClusterException(
            "these processes do not end: "
                + rest.stream().map(found -> found.process().pid()).toList());
      }
    }
  }

  /** The run folders of all clusters of which a process is left. */
  static SortedSet<Path> runFolders() {
    SortedSet<Path> folders = new TreeSet<>();
    forEach(
        (process, variables) -> {
          String address = value(variables, RUN);
          if (ClusterState.isNonce(value(variables, NONCE)) && address.startsWith("file:")) {
            folders.add(Path.of(URI.create(address)));
          }
        });
    return folders;
  }

  /** Tells of each process that can be looked at, with the variables of its environment. */
  private static void forEach(BiConsumer<ProcessHandle, List<String>> action) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        // The handle first: it knows when its process started, and would not kill a later one.
        ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())))
            .ifPresent(handle -> action.accept(handle, environment(process)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the processes of this machine: " + e, e);
    }
  }

  private static List<String> environment(Path process) {
    try {
      return List.of(
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(); // it ended, or is another user's
    }
  }

  private static String value(List<String> variables, String name) {
    return variables.stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
