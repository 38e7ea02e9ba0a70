package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: the one that is watched is a JVM of its own, which is killed. */
class WatchdogTest {

  @TempDir Path folder = Path.of("unset");

  /** What is watched: says that it is, then waits, or closes the watchdog and ends. */
  public static final class Watched {
    private Watched() {}

    public static void main(String[] arguments) throws Exception {
      Watchdog watchdog = Watchdog.over(List.of("/bin/sh", "-c", "echo ran >\"$0\"", arguments[0]));
      Files.writeString(Path.of(arguments[1]), "ready");
      if (arguments.length > 2) {
        watchdog.close();
        return;
      }
      Thread.sleep(60_000);
    }
  }

  private Process watched(String... more) throws IOException {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Watched.class.getName(),
                folder.resolve("ran").toString(),
                folder.resolve("ready").toString()));
    words.addAll(List.of(more));
    return new ProcessBuilder(words).inheritIO().start();
  }

  private static boolean appears(Path file, int seconds) throws InterruptedException {
    for (int i = 0; i < seconds * 10; i++) {
      if (Files.exists(file)) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  @Test
  void itsCommandRunsWhenTheProcessIsKilled() throws Exception {
    Process process = watched();
    assertTrue(appears(folder.resolve("ready"), 30));
    assertFalse(Files.exists(folder.resolve("ran")), "not before");
    process.destroyForcibly();
    assertTrue(appears(folder.resolve("ran"), 10));
  }

  @Test
  void nothingRunsWhenItWasClosed() throws Exception {
    Process process = watched("close");
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertFalse(appears(folder.resolve("ran"), 1));
  }

  @Test
  void aSignalToTheWholeGroupDoesNotEndItToo() throws Exception {
    // setsid makes a group of its own, which is then killed as a terminal or a CI job would be.
    Process process =
        new ProcessBuilder(
                "/usr/bin/setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Watched.class.getName(),
                folder.resolve("ran").toString(),
                folder.resolve("ready").toString())
            .inheritIO()
            .start();
    assertTrue(appears(folder.resolve("ready"), 30));
    new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + process.pid())
        .inheritIO()
        .start()
        .waitFor();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertTrue(appears(folder.resolve("ran"), 10));
  }
}
