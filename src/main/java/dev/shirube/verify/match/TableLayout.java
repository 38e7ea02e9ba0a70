package dev.shirube.verify.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way of reading the columns out of a header and the cells out of the rows below it.
 *
 * <p>kubectl fills every cell with spaces, so that the longest one of a column still has three
 * behind it, and counts code points, not the width on the screen (k8s.io/cli-runtime, {@code
 * printers.GetNewTabWriter}; Go's text/tabwriter). So in its output a cell is what stands below the
 * name of its column. A table in a page was edited by hand: there the gaps between the cells, or
 * the words where all lines have as many, tell more than the places.
 */
final class TableLayout {

  /**
   * A cell, or the name of a column.
   *
   * @param column 1-based column of its line, in UTF-16 units
   */
  record Cell(String text, int column) {}

  /** What parts two names of columns. */
  private enum Separator {
    /** As in the tables of Helm. */
    TAB("[^\\t]++"),
    GAP("\\S++(?: \\S++)*+"),
    SPACE("\\S++");

    private final Pattern cell;

    Separator(String cell) {
      this.cell = Pattern.compile(cell);
    }
  }

  /** Words with one or two spaces between them: what kubectl may have printed in one cell. */
  private static final Pattern BETWEEN_WIDE_GAPS = Pattern.compile("\\S++(?: {1,2}\\S++)*+");

  private static final Pattern WIDE_GAP = Pattern.compile("  ");

  private final List<Cell> header;
  private final String headerLine;
  private final Separator separator;

  private TableLayout(String headerLine, Separator separator) {
    this.headerLine = headerLine;
    this.separator = separator;
    header = separator == Separator.TAB ? tabbed(headerLine) : cells(headerLine, separator.cell);
  }

  /** The ways in which the columns can be read, the likeliest first. */
  static List<TableLayout> of(String headerLine) {
    if (headerLine.contains("\t")) {
      return List.of(new TableLayout(headerLine, Separator.TAB));
    }
    TableLayout byGaps = new TableLayout(headerLine, Separator.GAP);
    TableLayout byWords = new TableLayout(headerLine, Separator.SPACE);
    if (byGaps.names().equals(byWords.names())) {
      return List.of(byWords);
    }
    // Nothing but single spaces: several names rather than one.
    return byGaps.header.size() == 1 ? List.of(byWords, byGaps) : List.of(byGaps, byWords);
  }

  List<String> names() {
    return header.stream().map(Cell::text).toList();
  }

  List<Cell> header() {
    return header;
  }

  /** The cells of a row that was written by hand; empty where they cannot be told. */
  Optional<List<Cell>> cellsOfEditedRow(String row) {
    if (separator == Separator.TAB) {
      return rightCount(filled(row));
    }
    boolean aligned = WIDE_GAP.matcher(row).find();
    return rightCount(cells(row, Separator.GAP.cell))
        // Words last where there are gaps: a blank cell and one of two words make up for each
        // other.
        .or(() -> aligned ? cellsBelowTheHeader(row) : Optional.empty())
        .or(() -> rightCount(cells(row, separator.cell)))
        .or(() -> cellsBelowTheHeader(row));
  }

  /** The cells of a row that was printed; empty where they cannot be told. */
  Optional<List<Cell>> cellsOfPrintedRow(String row) {
    if (separator == Separator.TAB) {
      return rightCount(filled(row));
    }
    // The gaps first: with --watch, rows that are printed later may be wider than the header.
    return rightCount(cells(row, BETWEEN_WIDE_GAPS))
        .or(() -> cellsBelowTheHeader(row))
        .or(() -> rightCount(cells(row, Separator.GAP.cell)))
        .or(() -> rightCount(cells(row, separator.cell)));
  }

  /** The blank cells at the end of a row went with the white space there. */
  private List<Cell> filled(String row) {
    List<Cell> cells = new ArrayList<>(tabbed(row));
    while (cells.size() < header.size()) {
      cells.add(new Cell("", row.length() + 1));
    }
    return cells;
  }

  private Optional<List<Cell>> rightCount(List<Cell> cells) {
    return cells.size() == header.size() ? Optional.of(cells) : Optional.empty();
  }

  private Optional<List<Cell>> cellsBelowTheHeader(String row) {
    List<Cell> cells = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < header.size(); i++) {
      int end = i + 1 == header.size() ? row.length() : unitsBelow(header.get(i + 1), row);
      if (end < row.length() && row.charAt(end - 1) != ' ') {
        return Optional.empty();
      }
      String text = row.substring(start, end);
      if (i + 1 < header.size() && text.strip().contains("  ")) {
        return Optional.empty();
      }
      int indent = text.isBlank() ? 0 : text.length() - text.stripLeading().length();
      cells.add(new Cell(text.strip(), start + indent + 1));
      start = end;
    }
    return Optional.of(cells);
  }

  /** Where a column starts in a row: as many code points from the left as in the header. */
  private int unitsBelow(Cell name, String row) {
    int codePoints = headerLine.codePointCount(0, name.column() - 1);
    return codePoints >= row.codePointCount(0, row.length())
        ? row.length()
        : row.offsetByCodePoints(0, codePoints);
  }

  private static List<Cell> cells(String line, Pattern cell) {
    List<Cell> cells = new ArrayList<>();
    Matcher matcher = cell.matcher(line);
    while (matcher.find()) {
      cells.add(new Cell(matcher.group(), matcher.start() + 1));
    }
    return cells;
  }

  private static List<Cell> tabbed(String line) {
    List<Cell> cells = new ArrayList<>();
    int start = 0;
    for (String text : line.split("\t", -1)) {
      cells.add(new Cell(text.strip(), start + 1));
      start += text.length() + 1;
    }
    return cells;
  }
}
