package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that stumbles proves nothing: neither that a page is right nor that it is wrong. */
class ClusterTroubleIT {

  private static final int PAGES = 12;

  /** Right in itself; it takes some seconds. */
  private static final String RIGHT =
      """
      = Right

      [source#create,console,verify=run,tier=apiserver]
      ----
      $ kubectl create configmap one --from-literal=a=b
      configmap/one created
      $ sleep 1
      $ kubectl get configmap one -o name
      configmap/one
      ----

      [source#delete,console,verify=run,tier=apiserver]
      ----
      $ sleep 1
      $ kubectl delete configmap one
      ...
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  private LocalCluster cluster;

  @BeforeEach
  void start() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    cluster =
        ClusterUnderTest.start(
            new RunFolder(folder.resolve("cluster")), "trouble", Tier.APISERVER, 1);
    for (int i = 0; i < PAGES; i++) {
      write("right-" + i + ".adoc", RIGHT);
    }
    write("wrong.adoc", RIGHT.replace("configmap/one created", "configmap/two created"));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("content"));
    Files.writeString(folder.resolve("content").resolve(name), text);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private Proving proving() {
    return Proving.of(cluster, folder.resolve("content"));
  }

  /** Runs all pages, and something else a moment after they have begun. */
  private List<SnippetResult> runWith(Trouble trouble) throws Exception {
    Proving proving = proving();
    Plan plan = proving.plan();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> done =
          other.submit(
              () -> {
                Thread.sleep(2_000);
                trouble.make();
                return null;
              });
      List<SnippetResult> results = proving.run(plan, 4).snippets();
      done.get();
      return results;
    }
  }

  private interface Trouble {
    void make() throws Exception;
  }

  /** No right page is called wrong, and no wrong one right. */
  private static void assertNothingFalse(List<SnippetResult> results) {
    assertEquals(
        List.of(),
        results.stream()
            .filter(result -> result.page().startsWith("right"))
            .filter(result -> result.outcome() == Outcome.FAILED)
            .toList());
    assertTrue(
        results.stream()
            .filter(result -> result.page().equals("wrong.adoc") && result.id().equals("create"))
            .allMatch(result -> result.outcome() != Outcome.PASSED));
  }

  private static long undecided(List<SnippetResult> results) {
    return results.stream().filter(result -> result.outcome() == Outcome.UNDECIDED).count();
  }

  @Test
  void withoutTroubleTheRightPagesPassAndTheWrongOneFails() {
    List<SnippetResult> results = proving().run(4).snippets();
    assertEquals(
        "{failed=1, not-run=1, passed=24}",
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.outcome().id(), java.util.TreeMap::new, Collectors.counting()))
            .toString());
  }

  @Test
  void anApiServerThatDiesLeavesTheRestUndecided() throws Exception {
    List<SnippetResult> results =
        runWith(() -> ClusterUnderTest.kill(cluster, "control-plane", "kube-apiserver"));
    assertNothingFalse(results);
    assertTrue(undecided(results) > 0, "nothing was undecided");
    assertTrue(
        results.stream()
            .filter(result -> result.outcome() == Outcome.UNDECIDED)
            .flatMap(result -> result.problems().stream())
            .allMatch(problem -> problem.code().equals("environment")));
  }

  @Test
  void anApiServerThatSleepsMakesNothingWrong() throws Exception {
    List<SnippetResult> results =
        runWith(
            () -> {
              ClusterUnderTest.signal(cluster, "control-plane", "kube-apiserver", "STOP");
              Thread.sleep(6_000);
              ClusterUnderTest.signal(cluster, "control-plane", "kube-apiserver", "CONT");
            });
    assertNothingFalse(results);
  }

  @Test
  void anApiServerThatStuttersMakesNothingWrong() throws Exception {
    List<SnippetResult> results =
        runWith(
            () -> {
              for (int i = 0; i < 12; i++) {
                ClusterUnderTest.signal(cluster, "control-plane", "kube-apiserver", "STOP");
                Thread.sleep(400);
                ClusterUnderTest.signal(cluster, "control-plane", "kube-apiserver", "CONT");
                Thread.sleep(100);
              }
            });
    assertNothingFalse(results);
  }

  @Test
  void aClusterThatLosesItsMarkerIsNotChangedAnyMore() throws Exception {
    List<SnippetResult> results =
        runWith(
            () ->
                ClusterUnderTest.kubectl(
                    cluster,
                    "",
                    "-n",
                    dev.shirube.testcluster.TestCluster.MARKER_NAMESPACE,
                    "delete",
                    "configmap",
                    dev.shirube.testcluster.TestCluster.MARKER));
    assertNothingFalse(results);
    assertTrue(undecided(results) > 0, "nothing was undecided");
  }
}
