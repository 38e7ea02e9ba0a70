package dev.shirube.model;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file that a writer can open.
 *
 * @param file the path to print, relative to the working directory where possible, with {@code /}
 * @param line 1-based line, or 0 where only the file is known
 * @param column 1-based column in UTF-16 units, or 0 where only the line is known
 * @param sourceLine the text of that line, without its line break; null where it is not known
 */
public record Location(String file, int line, int column, @Nullable String sourceLine) {

  public Location {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("negative line or column: " + line + ":" + column);
    }
    if (line == 0 && column > 0) {
      throw new IllegalArgumentException("a column needs a line");
    }
  }

  /** A whole file. */
  public static Location of(String file) {
    return new Location(file, 0, 0, null);
  }
}
