package dev.shirube.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command if this process ends without having closed it, however it ends: a shell waits for
 * a word from us, and the pipe that it waits at closes when we die.
 */
public final class Watchdog implements AutoCloseable {

  private static final String SCRIPT =
      "trap '' INT TERM HUP; if read -r word; then exit 0; fi; exec \"$@\" >/dev/null 2>&1";

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Process process;

  private Watchdog(Process process) {
    this.process = process;
  }

  /** Waits from now on, in a session of its own where that can be had. */
  public static Watchdog over(List<String> command) {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // Else a signal to our whole process group ends it too.
      words.add(SETSID.toString());
    }
    words.addAll(List.of("/bin/sh", "-c", SCRIPT, "shirube-watchdog"));
    words.addAll(command);
    try {
      return new Watchdog(
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e, e);
    }
  }

  /** Runs the command now, and waits for its end, but not longer than {@code patience}. */
  public void fire(Duration patience) {
    try {
      process.getOutputStream().close();
      process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // It has been ended from outside.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it goes on by itself
    }
  }

  /** All is well: nothing is run. */
  @Override
  public void close() {
    try (OutputStream in = process.getOutputStream()) {
      in.write("well\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has been ended from outside, and runs nothing either.
    }
  }
}
