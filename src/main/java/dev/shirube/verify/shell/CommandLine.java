package dev.shirube.verify.shell;

import java.util.List;

/**
 * One logical line of a block, ready to be run.
 *
 * @param position where its command begins
 * @param text as the reader types it, with the lines that continue it
 * @param expectedOutput the lines that follow it in a {@code console} block; empty elsewhere
 */
public record CommandLine(
    Position position, String text, List<Job> jobs, List<OutputLine> expectedOutput) {

  /**
   * A line that the reader should see.
   *
   * @param line 1-based line of the block
   */
  public record OutputLine(int line, String text) {}

  /** A chain that is waited for, or with {@code &} is not. */
  public record Job(List<Link> chain, boolean background) {

    public Job {
      chain = List.copyOf(chain);
    }
  }

  /** When a pipeline of a chain runs. */
  public enum Condition {
    ALWAYS,
    /** After {@code &&}: only when what ran before it succeeded. */
    SUCCESS,
    /** After {@code ||}: only when what ran before it failed. */
    FAILURE
  }

  /** One pipeline of a chain. */
  public record Link(Condition condition, List<SimpleCommand> pipeline) {

    public Link {
      pipeline = List.copyOf(pipeline);
    }
  }

  /** A program with its arguments; without words, the assignments are for the page's variables. */
  public record SimpleCommand(
      Position position,
      List<Assignment> assignments,
      List<Word> words,
      List<Redirection> redirections) {

    public SimpleCommand {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirections = List.copyOf(redirections);
    }
  }

  /** {@code NAME=value}. */
  public record Assignment(String name, Word value) {}

  /** What a redirection does. */
  public enum Direction {
    INPUT("<"),
    OUTPUT(">"),
    APPEND(">>"),
    ERRORS("2>"),
    APPEND_ERRORS("2>>"),
    BOTH("&>"),
    ERRORS_TO_OUTPUT("2>&1"),
    OUTPUT_TO_ERRORS(">&2"),
    HERE_DOCUMENT("<<");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }

    /** As it is typed. */
    public String sign() {
      return sign;
    }

    boolean namesFile() {
      return switch (this) {
        case INPUT, OUTPUT, APPEND, ERRORS, APPEND_ERRORS, BOTH -> true;
        case ERRORS_TO_OUTPUT, OUTPUT_TO_ERRORS, HERE_DOCUMENT -> false;
      };
    }
  }

  /**
   * A redirection.
   *
   * @param word the file, or the text of a here-document; without parts where there is neither
   */
  public record Redirection(Direction direction, Word word) {}

  public CommandLine {
    jobs = List.copyOf(jobs);
    expectedOutput = List.copyOf(expectedOutput);
  }
}
