package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is killed; whatever the moment, nothing of it is left and the next one is fine. */
class KilledVerifyIT {

  private static final long SEED = 137;

  /** {@code -Dshirube.kills=30} takes more. */
  private static final int KILLS = Integer.getInteger("shirube.kills", 6);

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** In the environment of each command, so that what it left can be found. */
  private static final String MARK = "SHIRUBE_KILLED_VERIFY_IT";

  private static final String PAGE =
      """
      = Page

      [source#yaml,yaml,verify=apply]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: one
      ----

      [source#run%background,console,verify=run,tier=apiserver]
      ----
      $ kubectl get configmaps --watch
      ----

      [source#commands,console,verify=run,tier=apiserver]
      ----
      $ kubectl get configmap one -o name
      configmap/one
      $ sleep 0.5
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  private LocalCluster cluster;

  @BeforeEach
  void start() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    Files.createDirectories(folder.resolve("content"));
    for (int i = 0; i < 8; i++) {
      Files.writeString(folder.resolve("content").resolve("page-" + i + ".adoc"), PAGE);
    }
    // The run folder that "verify --name killed" looks into.
    cluster =
        ClusterUnderTest.start(
            new RunFolder(folder.resolve("state/shirube/clusters/killed")),
            "killed",
            Tier.APISERVER,
            1);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private Process verify() throws IOException {
    Process process =
        Launcher.start(
            Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), MARK, folder.toString()),
            "verify",
            "--name=killed",
            "--tier=apiserver",
            "--content=" + folder.resolve("content"),
            "--receipts=" + folder.resolve("receipts"),
            "--reports=" + folder.resolve("reports"));
    process.getOutputStream().close();
    return process;
  }

  private static void discard(Process process) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It was killed.
              }
            });
  }

  @Test
  void whateverTheMomentNothingIsLeft() throws Exception {
    long begin = System.nanoTime();
    Process first = verify();
    String output =
        new String(first.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(first.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "verify takes too long");
    assertEquals(0, first.exitValue(), output);
    Duration whole = Duration.ofNanos(System.nanoTime() - begin);
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Files.deleteIfExists(folder.resolve("receipts/page-0.json"));
      Process process = verify();
      discard(process);
      Thread.sleep((long) (whole.toMillis() * random.nextDouble()));
      process.destroyForcibly().waitFor();
      assertNothingIsLeft("kill " + i);
      assertEquals(
          List.of(), new ReceiptFolder(folder.resolve("receipts")).read().problems(), "kill " + i);
    }
    Process last = verify();
    discard(last);
    assertTrue(last.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "verify takes too long");
    assertEquals(0, last.exitValue());
    assertEquals(List.of(), halfWritten());
  }

  private List<Path> halfWritten() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("receipts"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".json"))
          .toList();
    }
  }

  private void assertNothingIsLeft(String when) {
    Pause pause = new Pause(Duration.ofSeconds(30));
    while (!(processes().isEmpty() && namespaces().isEmpty())) {
      assertTrue(
          pause.next(),
          () -> when + " left processes " + processes() + " and namespaces " + namespaces());
    }
  }

  /** Those that were started with the mark in their environment, or by those. */
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> isMarked(process.pid()))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .toList();
  }

  private boolean isMarked(long pid) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(pid), "environ"),
              java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(MARK + "=" + folder);
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> namespaces() {
    return ClusterUnderTest.kubectl(
            cluster, "", "get", "namespaces", "-o", "name", "--selector=shirube.dev/run")
        .lines()
        .stream()
        .filter(line -> line.startsWith("namespace/"))
        .toList();
  }
}
