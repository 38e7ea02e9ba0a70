package dev.shirube.verify.shell;

import java.time.Duration;
import java.util.List;

/**
 * What came of a command line.
 *
 * @param exitCode of its last pipeline; 128 + n where signal n ended it
 * @param terminal what a terminal would show: standard output and errors. With {@link
 *     Streams#AS_A_TERMINAL} in the very order in which each program wrote them, with {@link
 *     Streams#SEPARATE} in the order of arrival
 * @param standardOutput empty with {@link Streams#AS_A_TERMINAL}
 * @param errors with {@link Streams#AS_A_TERMINAL} those of all but the last program of a pipeline
 * @param timedOut whether it was ended because its time was up
 * @param truncated whether output was dropped because there was too much
 * @param background what it started with {@code &}
 */
public record CommandResult(
    int exitCode,
    String terminal,
    String standardOutput,
    String errors,
    Duration duration,
    boolean timedOut,
    boolean truncated,
    List<BackgroundCommand> background) {

  public CommandResult {
    background = List.copyOf(background);
  }
}
