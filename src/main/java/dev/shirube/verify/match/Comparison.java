package dev.shirube.verify.match;

import java.util.List;
import java.util.stream.Collectors;

/** What came of comparing an output with what was expected. */
public sealed interface Comparison {

  /** Whether the output is as expected. */
  default boolean matches() {
    return this instanceof Match;
  }

  /** The output is as expected. */
  record Match() implements Comparison {}

  /**
   * The output differs.
   *
   * @param what the first difference, in one sentence without a full stop
   * @param expectedLine 1-based line of the expected text where it differs first
   * @param expectedColumn 1-based column of that line, in UTF-16 units; 1 where the whole line
   *     differs
   * @param lines both texts beside each other, as far as they show the difference
   */
  record Mismatch(String what, int expectedLine, int expectedColumn, List<DiffLine> lines)
      implements Comparison {

    public Mismatch {
      if (expectedLine < 1 || expectedColumn < 1) {
        throw new IllegalArgumentException("no place: " + expectedLine + ":" + expectedColumn);
      }
      lines = List.copyOf(lines);
    }

    /** The lines with their marks, each with a line break: a diff without colours. */
    public String diff() {
      return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
  }
}
