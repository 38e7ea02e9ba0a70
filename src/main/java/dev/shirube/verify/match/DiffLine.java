package dev.shirube.verify.match;

/**
 * A line of a diff.
 *
 * @param mark whose line it is
 * @param text the line, without mark and line break
 */
public record DiffLine(Mark mark, String text) {

  /** Whose line it is. */
  public enum Mark {
    /** In both. */
    BOTH("  "),
    /** Expected, and not there. */
    EXPECTED("- "),
    /** There, and not expected. */
    ACTUAL("+ "),
    /** In place of lines that say nothing about the difference. */
    LEFT_OUT("  ");

    private final String prefix;

    Mark(String prefix) {
      this.prefix = prefix;
    }
  }

  @Override
  public String toString() {
    return (mark.prefix + text).stripTrailing();
  }
}
