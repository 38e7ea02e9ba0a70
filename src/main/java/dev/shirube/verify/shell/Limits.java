package dev.shirube.verify.shell;

import java.time.Duration;

/**
 * What a scenario may use.
 *
 * @param processes processes and threads of all commands together; kubectl alone has about 15
 * @param memoryBytes data of one process
 * @param diskBytes scratch folder, home and {@code /tmp}, each; in memory where namespaces are in
 *     force
 * @param fileBytes one file
 * @param outputBytes what is kept of a command's output
 * @param timeout of one command line
 * @param grace between SIGTERM and SIGKILL
 */
public record Limits(
    int processes,
    long memoryBytes,
    long diskBytes,
    long fileBytes,
    int outputBytes,
    Duration timeout,
    Duration grace) {

  private static final long MIB = 1024L * 1024;

  /** Enough for every page that does not misbehave. */
  public static final Limits USUAL =
      new Limits(
          512,
          1024 * MIB,
          256 * MIB,
          256 * MIB,
          (int) MIB,
          Duration.ofSeconds(60),
          Duration.ofSeconds(1));

  /** The same with another number of processes. */
  public Limits withProcesses(int processes) {
    return new Limits(processes, memoryBytes, diskBytes, fileBytes, outputBytes, timeout, grace);
  }

  /** The same with another time for each command line. */
  public Limits withTimeout(Duration timeout) {
    return new Limits(processes, memoryBytes, diskBytes, fileBytes, outputBytes, timeout, grace);
  }
}
