package dev.shirube.verify.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * What the reader types, without prompts; knows for each character where it stands in the block.
 */
final class TypedText {
  private record Row(int start, int line, int column) {}

  private final StringBuilder text = new StringBuilder();
  private final List<Row> rows = new ArrayList<>();

  /**
   * Adds a line.
   *
   * @param line 1-based line of the block
   * @param column 1-based column at which {@code typed} begins
   */
  void add(String typed, int line, int column) {
    if (!rows.isEmpty()) {
      text.append('\n');
    }
    rows.add(new Row(text.length(), line, column));
    text.append(typed);
  }

  Position position(int index) {
    Row row = rows.getFirst();
    for (Row next : rows) {
      if (next.start() > index) {
        break;
      }
      row = next;
    }
    return new Position(row.line(), row.column() + index - row.start());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
