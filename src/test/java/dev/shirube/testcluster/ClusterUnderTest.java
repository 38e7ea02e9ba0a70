package dev.shirube.testcluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts real clusters from the commands in the user's cache, and asks them with kubectl. */
final class ClusterUnderTest {

  static final Path DEFINITIONS = Path.of("verify/cluster");

  static final Binaries BINARIES =
      Binaries.of(Binaries.defaultCache(), DEFINITIONS, Binaries.newest(DEFINITIONS));

  private ClusterUnderTest() {}

  /** Skips the test where the commands of a tier are not installed. */
  static void assumeInstalled(Tier tier) {
    assumeTrue(
        BINARIES.missing(tier).isEmpty(),
        () -> "run \"shirube cluster install\" first; missing: " + BINARIES.missing(tier));
  }

  static LocalCluster start(RunFolder run, String name, Tier tier, int nodes) {
    return ClusterStart.start(
        run, new ClusterStart.Settings(name, tier, nodes), BINARIES, step -> {});
  }

  static Command.Result kubectl(TestCluster cluster, String input, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                BINARIES.path("kubectl").toString(),
                "--kubeconfig",
                cluster.kubeconfig().toString()));
    command.addAll(List.of(words));
    return new Command(command, input).result();
  }

  /** What kubectl says, which must succeed. */
  static String answer(TestCluster cluster, String... words) {
    Command.Result result = kubectl(cluster, "", words);
    assertEquals(0, result.exit(), result.output());
    return result.output().strip();
  }

  /** Kills a part, as {@code kill -9} does. */
  static void kill(LocalCluster cluster, String host, String part) {
    new ClusterProcesses(cluster.nonce())
        .find().stream()
            .filter(found -> found.host().equals(host) && found.part().equals(part))
            .forEach(found -> found.process().destroyForcibly());
  }
}
