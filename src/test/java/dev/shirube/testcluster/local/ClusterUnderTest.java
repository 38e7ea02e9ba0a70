package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts real clusters from the commands in the user's cache, and asks them with kubectl. */
public final class ClusterUnderTest {

  public static final Path DEFINITIONS = Path.of("verify/cluster");

  public static final Binaries BINARIES =
      Binaries.of(Binaries.defaultCache(), DEFINITIONS, Binaries.newest(DEFINITIONS));

  private ClusterUnderTest() {}

  /** Fails where the commands of a tier are not installed: verify/test installs them. */
  public static void requireInstalled(Tier tier) {
    assertTrue(
        BINARIES.missing(tier).isEmpty(),
        () -> "run \"shirube cluster install\" first; missing: " + BINARIES.missing(tier));
  }

  public static LocalCluster start(RunFolder run, String name, Tier tier, int nodes) {
    return ClusterStart.start(
        run, new ClusterStart.Settings(name, tier, nodes), BINARIES, step -> {});
  }

  public static Command.Result kubectl(TestCluster cluster, String input, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                BINARIES.path("kubectl").toString(),
                "--kubeconfig",
                cluster.kubeconfig().toString()));
    command.addAll(List.of(words));
    return Command.of(command).withInput(input).result();
  }

  /** What kubectl says, which must succeed. */
  public static String answer(TestCluster cluster, String... words) {
    Command.Result result = kubectl(cluster, "", words);
    assertEquals(0, result.exitCode(), result.output());
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

  /** Kills a part, as {@code kill -9} does. */
  static void kill(LocalCluster cluster, String host, String part) {
    new ClusterProcesses(cluster.nonce())
        .find().stream()
            .filter(found -> found.host().equals(host) && found.part().equals(part))
            .forEach(found -> found.process().destroyForcibly());
  }
}
