package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --watch} as a writer uses it, on a cluster that it starts and ends itself. */
class VerifyWatchIT {

  /** In the environment of each command, so that what it left can be found. */
  private static final String MARK = "SHIRUBE_VERIFY_WATCH_IT";

  /** What a shell says of a command that Ctrl+C ended: 128 and the signal. */
  private static final int INTERRUPTED = 130;

  private static final String PAGE =
      """
      = Page

      [source#commands,console,verify=run,tier=apiserver]
      ----
      $ kubectl create configmap one
      configmap/one created
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  private final StringWriter output = new StringWriter();
  private Process watch;

  @BeforeEach
  void start() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    save("page.adoc", PAGE);
    save("other.adoc", PAGE);
    watch =
        Launcher.start(
            Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), MARK, folder.toString()),
            "verify",
            "--watch",
            "--cluster=local",
            "--tier=apiserver",
            "--name=watch-it",
            "--content=" + folder.resolve("content"),
            "--fixtures=" + folder.resolve("fixtures"),
            "--receipts=" + folder.resolve("receipts"),
            "--reports=" + folder.resolve("reports"));
    watch.getOutputStream().close();
    BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                lines.lines().forEach(line -> output.write(line + "\n"));
              } catch (UncheckedIOException e) {
                // The watch has ended.
              }
            });
  }

  @AfterEach
  void end() throws InterruptedException {
    watch.destroyForcibly().waitFor();
  }

  /** By way of another file, as many editors do. */
  private void save(String name, String text) throws IOException {
    Path file = folder.resolve("content").resolve(name);
    Files.createDirectories(file.getParent());
    Path written = Files.writeString(file.resolveSibling("." + name + ".tmp"), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void await(String text) {
    await("\"" + text + "\" is said", () -> output.toString().contains(text));
  }

  private void await(String what, BooleanSupplier condition) {
    Pause pause = new Pause(Duration.ofMinutes(2));
    while (!condition.getAsBoolean()) {
      assertTrue(pause.next(), () -> "not seen: " + what + "; there are " + left() + "\n" + output);
    }
  }

  /** What was said since the last time, up to the end of a round. */
  private String round() {
    await(" s after the save");
    String round = output.toString();
    output.getBuffer().delete(0, round.length());
    return round;
  }

  private void interrupt() throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-INT", "" + watch.pid()).start().waitFor());
    assertTrue(watch.waitFor(60, TimeUnit.SECONDS), "the watch does not end");
    assertEquals(INTERRUPTED, watch.exitValue(), output::toString);
  }

  /** Processes that were started with the mark in their environment, or by those. */
  private List<String> left() {
    return new MarkedProcesses(MARK, folder.toString()).now();
  }

  @Test
  void whatIsSavedIsProvenAndCtrlCLeavesNothing() throws Exception {
    await("watching, on Kubernetes");
    assertTrue(output.toString().contains("2 snippets: 2 passed"), output::toString);
    output.getBuffer().setLength(0);

    save("page.adoc", PAGE.replace("one created", "two created"));
    String broken = round();
    assertTrue(broken.contains("content/page.adoc:6: error [other-output]"), broken);
    assertTrue(broken.contains("1 snippet: 0 passed, 1 failed"), broken);
    assertTrue(broken.contains("; wrong: page.adoc"), broken);

    save("page.adoc", PAGE);
    String right = round();
    assertTrue(right.contains("1 snippet: 1 passed"), right);
    assertTrue(!right.contains("wrong:"), right);
    assertTrue(Files.exists(folder.resolve("receipts/page.json")));

    interrupt();
    // The command has waited for it: nothing has to be waited for here.
    assertEquals(List.of(), left());
  }

  @Test
  void ctrlCInTheMiddleOfAProofLeavesNothingEither() throws Exception {
    await("watching, on Kubernetes");
    String seconds = "31" + watch.pid(); // told from the sleep of any other process
    save("page.adoc", PAGE.replace("kubectl create configmap one", "sleep " + seconds));
    await("the page's command runs", () -> runs("sleep " + seconds));
    interrupt();
    await("nothing is left", () -> left().isEmpty() && !runs("sleep " + seconds));
  }

  private static boolean runs(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(command));
  }
}
