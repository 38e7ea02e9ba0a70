package dev.shirube.testcluster.provider;

import static dev.shirube.testcluster.local.ClusterUnderTest.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's cluster, as users name it: it is touched only once it is marked. */
class ForeignClusterIT {

  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir static Path folder = Path.of("unset");
  private static Optional<LocalCluster> somebodys = Optional.empty();

  private Path kubeconfig = Path.of("unset");
  private Path trace = Path.of("unset");
  private Path run = Path.of("unset");
  private String before = "";

  @BeforeAll
  static void start() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    somebodys =
        Optional.of(
            ClusterUnderTest.start(
                new RunFolder(folder.resolve("somebody's")), "somebodys", Tier.APISERVER, 1));
  }

  @AfterAll
  static void stop() {
    somebodys.ifPresent(LocalCluster::close);
  }

  private static LocalCluster cluster() {
    return somebodys.orElseThrow();
  }

  @BeforeEach
  void writeKubeconfig() throws IOException {
    Path own = Files.createTempDirectory(folder, "own");
    trace = own.resolve("the plugin was run");
    kubeconfig = own.resolve("config");
    run = own.resolve("run");
    before = Kubeconfigs.of(cluster(), Kubeconfigs.canary(own, trace));
    Files.writeString(kubeconfig, before);
    answer(
        cluster(),
        "-n",
        "kube-system",
        "delete",
        "configmap",
        TestCluster.MARKER,
        "--ignore-not-found");
  }

  @AfterEach
  void theUsersKubeconfigIsAsItWas() {
    assertEquals(before, Kubeconfigs.read(kubeconfig));
  }

  private Launcher.Finished shirube(String... words) throws Exception {
    return typing("", words);
  }

  private Launcher.Finished typing(String input, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("cluster"));
    command.addAll(List.of(words));
    Process process =
        Launcher.start(
            Map.of("KUBECONFIG", kubeconfig.toString(), "SHIRUBE_NO_START_UP_CACHE", "1"),
            command.toArray(String[]::new));
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Launcher.Finished(process.waitFor(), output);
  }

  private Launcher.Finished up(String context) throws Exception {
    return shirube("up", "--provider=context:" + context, "--run=" + run);
  }

  private static void assertFinished(int exitCode, String output, Launcher.Finished finished) {
    assertEquals(output, finished.output());
    assertEquals(exitCode, finished.exitCode());
  }

  private static String markers() {
    return answer(
        cluster(),
        "-n",
        "kube-system",
        "get",
        "configmap",
        TestCluster.MARKER,
        "-o",
        "name",
        "--ignore-not-found");
  }

  private static String server() {
    return Kubeconfigs.field(Kubeconfigs.read(cluster().kubeconfig()), "server");
  }

  @Test
  void aClusterThatIsNotMarkedIsRefusedWithWhatAllowsIt() throws Exception {
    String message =
        "error: the cluster of the context \"tests\" ("
            + server()
            + ") is not marked as a test cluster\n"
            + "  why: Shirube changes only clusters that carry the ConfigMap shirube-test-cluster"
            + " in kube-system\n"
            + "  fix: if nobody depends on anything in it: shirube cluster mark --context tests\n";
    assertFinished(3, message, up("tests"));
    assertFinished(3, message, shirube("status", "--provider=context:tests"));
    assertFalse(Files.exists(run), "nothing is written of a cluster that is refused");
    assertEquals("", markers());
  }

  @Test
  void aMarkedClusterIsUsedUntilTheMarkIsTakenBack() throws Exception {
    assertFinished(
        0,
        "tests is marked; take it back with: shirube cluster unmark --context tests\n",
        shirube("mark", "--context=tests", "--yes"));
    String nonce = ClusterUnderTest.marker(cluster());
    assertTrue(nonce.matches("[0-9a-f]{32}"), nonce);
    assertFinished(0, "tests is marked already\n", shirube("mark", "--context=tests", "--yes"));
    assertEquals(nonce, ClusterUnderTest.marker(cluster()));

    String description = "Kubernetes " + cluster().kubernetesVersion() + ", tier apiserver";
    Path own = run.resolve("kubeconfig");
    assertFinished(0, description + "\nkubeconfig: " + own + "   (context tests)\n", up("tests"));
    assertFinished(
        0,
        "default is up: "
            + description
            + "\n  provider       context:tests\n  run folder     "
            + run
            + "\n",
        shirube("status", "--run=" + run));
    assertFinished(
        0,
        "{\"up\":true,\"provider\":\"context:tests\",\"kubernetes\":\""
            + cluster().kubernetesVersion()
            + "\",\"tier\":\"apiserver\",\"nodes\":[],\"context\":\"tests\"}\n",
        shirube("status", "--provider=context:tests", "--json"));
    assertFinished(0, own + "\n", shirube("kubeconfig", "--run=" + run));

    assertFinished(0, "tests is not marked any more\n", shirube("unmark", "--context=tests"));
    assertEquals("", markers());
    assertEquals(3, shirube("status", "--run=" + run).exitCode());
    assertFinished(
        0,
        "default has let go of context:tests; the cluster is as it was\n",
        shirube("down", "--run=" + run));
    assertFalse(Files.exists(own));
    assertFinished(0, "tests was not marked\n", shirube("unmark", "--context=tests"));
  }

  @Test
  void aContextMustBeTypedAgainToBeMarked() throws Exception {
    Launcher.Finished refused = typing("production\n", "mark", "--context=tests");
    assertFinished(
        2,
        "tests is "
            + server()
            + ", Kubernetes "
            + cluster().kubernetesVersion()
            + ", with the namespaces default, kube-node-lease, kube-public, kube-system\n"
            + "Snippets may change and delete whatever is in it. Type its context to go on:\n"
            + "error: not marked: \"tests\" was not typed\n",
        refused);
    assertEquals(2, shirube("mark", "--context=tests").exitCode());
    assertEquals("", markers());
    assertEquals(0, typing("tests\n", "mark", "--context=tests").exitCode());
    assertNotEquals("", markers());
  }

  @Test
  void aPluginForCredentialsIsNeverRun() throws Exception {
    for (String[] words :
        List.of(
            new String[] {"up", "--provider=context:plugin", "--run=" + run},
            new String[] {"status", "--provider=context:plugin"},
            new String[] {"mark", "--context=plugin", "--yes"},
            new String[] {"unmark", "--context=plugin"})) {
      assertFinished(
          3,
          "error: the user \"plugin\" of the context \"plugin\" runs the program \"sh\" for its"
              + " credentials\n"
              + "  why: Shirube runs no program that a kubeconfig names\n"
              + "  fix: make a kubeconfig whose user has a token or a client certificate (kubectl"
              + " create token makes one), and name it with --kubeconfig FILE\n",
          shirube(words));
    }
    // Another context of the same file is not harmed by it.
    assertEquals(0, shirube("mark", "--context=tests", "--yes").exitCode());
    assertEquals(0, up("tests").exitCode());
    assertFalse(Files.exists(trace), "the plugin was run");
    // The trap works: kubectl does run it.
    Command.of(
            ClusterUnderTest.BINARIES.path("kubectl").toString(),
            "--kubeconfig=" + kubeconfig,
            "--context=plugin",
            "get",
            "namespaces")
        .result();
    assertTrue(Files.exists(trace), "the trap does not work");
  }

  @Test
  void anUnknownContextSuggestsTheNearest() throws Exception {
    assertFinished(
        3,
        "error: no context is called \"test\" in "
            + kubeconfig
            + "\n  fix: did you mean \"tests\"? there are plugin, production, tests\n",
        up("test"));
  }

  @Test
  void aServerThatCannotBeReachedIsSaidSoon() throws Exception {
    long begin = System.nanoTime();
    assertFinished(
        3,
        "error: the server of the context \"production\" (https://127.0.0.1:1) cannot be reached:"
            + " nobody answers there\n",
        up("production"));
    assertTrue(System.nanoTime() - begin < SOON.toNanos());
  }

  @Test
  void aRunFolderIsOneClusters() throws Exception {
    assertEquals(0, shirube("mark", "--context=tests", "--yes").exitCode());
    assertEquals(0, up("tests").exitCode());
    String taken =
        "another cluster is up in "
            + run
            + ": context:tests\n"
            + "  fix: end it with \"shirube cluster down\", or give this one a --name\n";
    assertFinished(3, "error: " + taken, shirube("up", "--run=" + run));
    // Nor is a context ever taken by auto.
    assertFinished(
        3,
        "local was passed over: "
            + taken
            + "k3s was passed over: "
            + taken
            + "took none: no cluster is up, the schema tier is all there is\n",
        shirube("up", "--provider=auto", "--run=" + run));
    Launcher.Finished other =
        shirube("up", "--provider=context:tests", "--run=" + folder.resolve("somebody's"));
    assertFinished(
        3,
        "error: another cluster is up in "
            + folder.resolve("somebody's")
            + ": local, "
            + cluster().description()
            + "\n  fix: end it with \"shirube cluster down\", or give this one a --name\n",
        other);
  }

  @Test
  void aClusterThatHasLessThanWasAskedForIsRefused() throws Exception {
    assertEquals(0, shirube("mark", "--context=tests", "--yes").exitCode());
    assertFinished(
        3,
        "error: the cluster of the context \"tests\" has "
            + cluster().description()
            + ", and the tier node was asked for\n",
        shirube("up", "--provider=context:tests", "--tier=node", "--run=" + run));
  }
}
