package dev.shirube.verify.schema;

import dev.shirube.model.Location;
import java.util.List;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The lines of a block, and where each stands in the files of the writer. */
final class BlockText {

  private final List<String> lines;
  private final IntFunction<Location> places;

  /**
   * @param places from a 1-based line of the text to where that line was written
   */
  BlockText(String text, IntFunction<Location> places) {
    this.lines = text.lines().toList();
    this.places = places;
  }

  List<String> lines() {
    return lines;
  }

  /**
   * Where a mark of the YAML reader points.
   *
   * @param firstLine how many lines of the text are above the document that was read
   */
  Location at(Mark mark, int firstLine) {
    int line = Math.min(firstLine + mark.getLine(), Math.max(0, lines.size() - 1));
    Location place = places.apply(line + 1);
    if (place.line() == 0 || lines.isEmpty()) {
      return place;
    }
    String written = lines.get(line);
    // Marks count code points, locations UTF-16 units.
    int codePoints = Math.min(mark.getColumn(), written.codePointCount(0, written.length()));
    int column = written.offsetByCodePoints(0, codePoints);
    return new Location(
        place.file(),
        place.line(),
        column(column, written, place.sourceLine()),
        place.sourceLine());
  }

  /** An include may indent or unindent a line: then its column in the file is another. */
  private static int column(
      int column, String line, @org.jspecify.annotations.Nullable String sourceLine) {
    if (sourceLine == null || sourceLine.startsWith(line)) {
      return column + 1;
    }
    int indent = line.length() - line.stripLeading().length();
    int sourceIndent = sourceLine.indexOf(line.strip());
    if (sourceIndent >= 0) {
      return column - indent + sourceIndent + 1;
    }
    return column <= sourceLine.length() ? column + 1 : 0;
  }
}
