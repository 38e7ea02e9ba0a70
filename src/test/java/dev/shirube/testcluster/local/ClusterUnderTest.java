package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Starts real clusters from the commands in the user's cache, and asks them with kubectl. */
public final class ClusterUnderTest {

  public static final Path DEFINITIONS = Path.of("verify/cluster");

  /** Of the minor version that {@code -Dshirube.kubernetes=1.36} asks for, else of the newest. */
  public static final Binaries BINARIES =
      Binaries.of(
          Binaries.defaultCache(),
          DEFINITIONS,
          System.getProperty("shirube.kubernetes", Binaries.newest(DEFINITIONS)));

  private static final List<String> API_SERVER_COMMANDS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl");

  private ClusterUnderTest() {}

  /** Fails where the commands of a tier are not installed: verify/test installs them. */
  public static void requireInstalled(Tier tier) {
    assertTrue(
        BINARIES.missing(tier).isEmpty(),
        () ->
            "run \"shirube cluster install --kubernetes %s\" first; missing: %s"
                .formatted(BINARIES.kubernetes(), BINARIES.missing(tier)));
  }

  /** Fails where a test needs root and has it not. */
  static void requireRoot() {
    assertEquals("root", System.getProperty("user.name"), "this test needs root");
  }

  public static LocalCluster start(RunFolder run, String name, Tier tier, int nodes) {
    return ClusterStart.start(
        run, new ClusterStart.Settings(name, tier, nodes), BINARIES, step -> {});
  }

  /** What kubectl says and how it ends. */
  public static Command.Result kubectl(TestCluster cluster, String input, String... words) {
    return Command.of(kubectlCommand(cluster, words)).withInput(input).result();
  }

  /** kubectl of the cluster's version, which knows of no other cluster. */
  public static List<String> kubectlCommand(TestCluster cluster, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                BINARIES.path("kubectl").toString(),
                "--kubeconfig=" + cluster.kubeconfig(),
                "--context=" + cluster.context(),
                // The usual one may hold what a cluster of another version said at this address.
                "--cache-dir=" + cluster.kubeconfig().resolveSibling("kubectl-cache")));
    command.addAll(List.of(words));
    return command;
  }

  /** What kubectl says, which must succeed. */
  public static String answer(TestCluster cluster, String... words) {
    Command.Result result = kubectl(cluster, "", words);
    assertEquals(0, result.exitCode(), () -> String.join(" ", words) + ": " + result.output());
    return result.output().strip();
  }

  /** The nonce in the marker that a cluster carries. */
  public static String marker(TestCluster cluster) {
    return answer(
        cluster,
        "-n",
        TestCluster.MARKER_NAMESPACE,
        "get",
        "configmap",
        TestCluster.MARKER,
        "-o",
        "jsonpath={.data." + TestCluster.NONCE_KEY + "}");
  }

  /** Ends every cluster whose run folder is below a test's, where the test failed to. */
  static void endAllBelow(Path folder) {
    for (RunFolder run : RunFolder.ofRunningClusters()) {
      if (run.path().startsWith(folder)
          && LocalCluster.find(run) instanceof LocalCluster.Finding.Up up) {
        up.cluster().close();
      }
    }
  }

  /** Waits until a cluster's health tells of a death. */
  static void awaitDeath(LocalCluster cluster, String of) {
    Pause pause = new Pause(Duration.ofSeconds(5));
    while (cluster.health().stream().allMatch(PartHealth::runs)) {
      assertTrue(pause.next(), "the death of \"" + of + "\" was not seen");
    }
  }

  /** A cache with the commands of the tier apiserver, which others may use too. */
  static void copyApiServerCommands(Path cache) throws IOException {
    Path bin = Objects.requireNonNull(BINARIES.path("etcd").getParent());
    Path copy = cache.resolve("kubernetes-" + BINARIES.kubernetes());
    Files.createDirectories(copy.resolve("bin"));
    Files.copy(bin.resolveSibling("installed"), copy.resolve("installed"));
    for (String command : API_SERVER_COMMANDS) {
      Path file = copy.resolve("bin").resolve(command);
      try {
        Files.createLink(file, BINARIES.path(command));
      } catch (FileSystemException e) { // another disk
        Files.copy(BINARIES.path(command), file, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Kills a part, as {@code kill -9} does. */
  public static void kill(LocalCluster cluster, String host, String part) {
    processes(cluster, host, part).forEach(ProcessHandle::destroyForcibly);
  }

  /** Sends a signal such as {@code STOP} to a part. */
  public static void signal(LocalCluster cluster, String host, String part, String signal) {
    processes(cluster, host, part)
        .forEach(process -> Command.of("kill", "-" + signal, "" + process.pid()).run());
  }

  /** Runs a command in the network namespace of a host. */
  static void inNetworkOf(LocalCluster cluster, String host, List<String> words) {
    List<String> command = new ArrayList<>(List.of("nsenter", "--net", "--target"));
    // The host's first process: its part has no name.
    command.add("" + processes(cluster, host, "").getFirst().pid());
    command.addAll(words);
    Command.of(command).run();
  }

  private static List<ProcessHandle> processes(LocalCluster cluster, String host, String part) {
    return new ClusterProcesses(cluster.nonce())
        .find().stream()
            .filter(found -> found.host().equals(host) && found.part().equals(part))
            .map(found -> found.process())
            .toList();
  }
}
