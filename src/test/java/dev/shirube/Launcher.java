package dev.shirube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts {@code ./shirube} as a user would. */
public final class Launcher {

  /** What a finished command left: its exit code, and what it printed to both streams. */
  public record Finished(int exitCode, String output) {}

  private Launcher() {}

  public static Process start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of("shirube").toAbsolutePath().toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  public static Finished run(String... arguments) throws IOException, InterruptedException {
    Process process = start(Map.of(), arguments);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }
}
