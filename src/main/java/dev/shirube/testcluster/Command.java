package dev.shirube.testcluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of the machine that is run to its end, such as {@code ip}. */
record Command(List<String> words, String input) {

  Command {
    words = List.copyOf(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words), "");
  }

  Command withInput(String text) {
    return new Command(words, text);
  }

  /** Runs it; throws what it printed where it fails. */
  void run() {
    Result result = result();
    if (result.exit() != 0) {
      throw new ClusterException(
          "\"" + String.join(" ", words) + "\" failed: " + result.output().strip());
    }
  }

  Result result() {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words.get(0) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while " + words.get(0) + " ran", e);
    }
  }

  /** What a program printed, and its exit code. */
  record Result(int exit, String output) {}
}
