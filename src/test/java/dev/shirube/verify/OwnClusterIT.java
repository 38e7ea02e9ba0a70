package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that take nodes away: proven by the command, on clusters that are theirs alone. */
class OwnClusterIT {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** In the environment of each command, so that what it left can be found. */
  private static final String MARK = "SHIRUBE_OWN_CLUSTER_IT";

  private static final String SHARED =
      """
      = A page on the cluster of all

      [source#nodes,console,verify=run]
      ----
      $ kubectl get nodes -o name
      node/node-1
      ----
      """;

  private static final String WAITING =
      """
      = A page that takes its time
      :verify-nodes: 1

      [source#wait,console,verify=run]
      ----
      $ sleep 120
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void requireCommands() {
    ClusterUnderTest.requireInstalled(Tier.NODE);
  }

  private void page(String name, String text) throws IOException {
    Path file = folder.resolve("content").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Process verify(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "verify",
                "--name=own-it",
                "--content=" + folder.resolve("content"),
                "--receipts=" + folder.resolve("receipts"),
                "--reports=" + folder.resolve("reports")));
    arguments.addAll(Arrays.asList(more));
    Process process =
        Launcher.start(
            Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), MARK, folder.toString()),
            arguments.toArray(String[]::new));
    process.getOutputStream().close();
    return process;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void nodesAreTakenAwayAndComeBackBesideAPageThatSeesNothingOfIt() throws Exception {
    page("nodes.adoc", Files.readString(Path.of("src/test/verify/own-cluster/page.adoc")));
    page("shared.adoc", SHARED);
    Process process = verify("--cluster=local");
    String output = output(process);
    assertTrue(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "verify takes too long");
    assertEquals(0, process.exitValue(), output);
    assertTrue(output.contains("8 snippets: 8 passed"), output);
    assertNothingIsLeft("a run");
    assertTrue(Files.readString(folder.resolve("receipts/nodes.json")).contains("\"node\""));
  }

  @Test
  void whereNoNodesAreStartedItIsNotRunWithTheReason() throws Exception {
    page("nodes.adoc", WAITING);
    Process process = verify("--cluster=local", "--tier=apiserver");
    String output = output(process);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("--cluster local --tier node"), output);
    assertTrue(output.contains("0 passed, 1 not run"), output);
    assertNothingIsLeft("a run");
  }

  @Test
  void aKilledVerifyLeavesNoClusterWhetherItWasStartingOrRunning() throws Exception {
    page("nodes.adoc", WAITING);
    for (String file : List.of("hosts/node-1", "kubeconfig")) {
      Process process = verify("--cluster=local");
      await("the page's own cluster has " + file, () -> ownClusterHas(file));
      process.destroyForcibly().waitFor();
      assertNothingIsLeft("a run that was killed when there was " + file);
    }
  }

  private boolean ownClusterHas(String file) {
    return runFolders().stream().anyMatch(run -> Files.exists(run.resolve(file)));
  }

  private List<Path> runFolders() {
    Path clusters = folder.resolve("state/shirube/clusters");
    if (!Files.isDirectory(clusters)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(clusters)) {
      return folders.filter(run -> run.toString().contains("-own-")).toList();
    } catch (IOException e) {
      return List.of(); // one of them has just gone
    }
  }

  private void assertNothingIsLeft(String when) {
    await(
        when + " leaves no process and no run folder of a page's own cluster",
        () -> processes().isEmpty() && runFolders().isEmpty());
  }

  private void await(String what, BooleanSupplier condition) {
    Pause pause = new Pause(Duration.ofSeconds(90));
    while (!condition.getAsBoolean()) {
      assertTrue(pause.next(), () -> what + "; there are " + processes() + runFolders());
    }
  }

  /** Those that were started with the mark in their environment, or by those. */
  private List<String> processes() {
    return new MarkedProcesses(MARK, folder.toString()).now();
  }
}
