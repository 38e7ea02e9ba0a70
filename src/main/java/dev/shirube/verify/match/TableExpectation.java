package dev.shirube.verify.match;

import dev.shirube.model.Suggestion;
import dev.shirube.verify.match.DiffLine.Mark;
import dev.shirube.verify.match.TableLayout.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tables, one after another with blank lines between them, as {@code kubectl get pods,services}
 * prints them.
 *
 * <p>A table may show some of the columns, in any order. Its rows are a set, as kubectl promises no
 * order: each expected row needs an output row of its own, and without a line of dots there may be
 * no others. A blank cell matches a blank cell. A block of dots alone, after the last table, allows
 * for more tables.
 */
final class TableExpectation implements Expectation {
  /** The columns that say which object a row is about. */
  private static final Set<String> KEY_COLUMNS = Set.of("NAMESPACE", "NAME");

  private static final Set<String> AGES = Set.of("AGE", "LAST SEEN");

  private static final String DOTS = "...";

  /** A row as the page has it. */
  private record Row(int line, List<Cell> cells, List<ValuePattern> patterns) {}

  /** One way of reading the columns of a table in a page. */
  private record Reading(List<Cell> header, List<Row> rows) {
    List<String> names() {
      return header.stream().map(Cell::text).toList();
    }

    boolean namesAColumnTwice() {
      return Set.copyOf(names()).size() < header.size();
    }
  }

  /**
   * A table of the page.
   *
   * @param readings at least one, the likeliest first: the names in the output decide
   * @param open whether there may be more rows
   */
  private record Table(int line, List<Reading> readings, boolean open) {}

  /** A table of the output, with the cells of the columns that are asked for. */
  private record Printed(Reading reading, List<List<String>> rows) {}

  private final List<Table> tables;
  private final boolean moreTables;

  private TableExpectation(List<Table> tables, boolean moreTables) {
    this.tables = List.copyOf(tables);
    this.moreTables = moreTables;
  }

  /** Lines without a blank one between them; the number of the first is 1-based. */
  private record Block(int line, List<String> lines) {}

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    List<String> lines = new ArrayList<>(Lines.of(text));
    lines.add("");
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        block.add(lines.get(i));
      } else if (!block.isEmpty()) {
        blocks.add(new Block(i - block.size() + 1, List.copyOf(block)));
        block.clear();
      }
    }
    return blocks;
  }

  /**
   * @param vary names of columns whose cells are examples: others of their kind do as well
   * @param fill fills values in for placeholders of a cell
   */
  static TableExpectation parse(
      String text,
      Set<String> vary,
      UnaryOperator<String> fill,
      List<ExpectationProblem> problems) {
    List<Table> tables = new ArrayList<>();
    List<Block> blocks = blocks(text);
    boolean more = false;
    for (Block block : blocks) {
      if (!Lines.isDots(block.lines().getFirst())) {
        tables.add(parse(block, vary, fill, problems));
      } else if (block.equals(blocks.getLast()) && block.lines().size() == 1 && blocks.size() > 1) {
        more = true;
      } else {
        problems.add(
            new ExpectationProblem(
                block.line(),
                1,
                "dots before a table",
                "the first line of a table names its columns",
                "put the names of the columns first, and the dots below the rows"));
      }
    }
    if (tables.isEmpty() && problems.isEmpty()) {
      problems.add(
          new ExpectationProblem(
              1,
              1,
              "no table to compare with",
              "match=table needs a line that names the columns",
              "write the expected table, or leave out match=table"));
    }
    return new TableExpectation(tables, more);
  }

  private static Table parse(
      Block block,
      Set<String> vary,
      UnaryOperator<String> fill,
      List<ExpectationProblem> problems) {
    List<Reading> readings = new ArrayList<>();
    List<TableLayout> layouts = TableLayout.of(block.lines().getFirst());
    int unreadable = 0;
    for (TableLayout layout : layouts) {
      List<ExpectationProblem> inCells = new ArrayList<>();
      List<Row> rows = new ArrayList<>();
      int failed = 0;
      for (int i = 1; i < block.lines().size() && failed == 0; i++) {
        String line = block.lines().get(i);
        if (Lines.isDots(line)) {
          continue;
        }
        Optional<List<Cell>> cells = layout.cellsOfEditedRow(line);
        if (cells.isPresent()) {
          List<Cell> filled =
              cells.get().stream()
                  .map(cell -> new Cell(fill.apply(cell.text()), cell.column()))
                  .toList();
          rows.add(row(block.line() + i, layout.header(), filled, vary, inCells));
        } else {
          failed = i;
        }
      }
      if (failed == 0) {
        // A token is the same word in each reading: it is complained of once.
        if (readings.isEmpty()) {
          problems.addAll(inCells);
        }
        readings.add(new Reading(layout.header(), rows));
      } else if (unreadable == 0) {
        unreadable = failed;
      }
    }
    if (readings.isEmpty()) {
      problems.add(unreadable(block, unreadable, layouts.getFirst()));
    } else if (readings.getFirst().namesAColumnTwice()) {
      problems.add(
          new ExpectationProblem(
              block.line(),
              1,
              "a column is named twice",
              "cells are found by the name of their column",
              "name each column once"));
    }
    return new Table(block.line(), readings, block.lines().stream().anyMatch(Lines::isDots));
  }

  private static boolean varies(String column, String text, Set<String> vary) {
    return vary.contains(column)
        // vary= names its columns with spaces between them: "LAST SEEN" arrives as two words.
        || vary.containsAll(List.of(column.split(" ")))
        || (AGES.contains(column) && Token.AGE.matches(text));
  }

  private static Row row(
      int line,
      List<Cell> header,
      List<Cell> cells,
      Set<String> vary,
      List<ExpectationProblem> problems) {
    List<ValuePattern> patterns =
        IntStream.range(0, cells.size())
            .mapToObj(
                i -> {
                  String text = cells.get(i).text();
                  return ValuePattern.parse(
                      varies(header.get(i).text(), text, vary) ? Token.ofItsKind(text) : text,
                      line,
                      cells.get(i).column(),
                      problems);
                })
            .toList();
    return new Row(line, cells, patterns);
  }

  private static ExpectationProblem unreadable(Block block, int row, TableLayout layout) {
    return new ExpectationProblem(
        block.line() + row,
        1,
        "cannot tell the columns of this row",
        "the header names "
            + String.join(", ", layout.names())
            + "; the row has neither as many cells, nor do they stand below those names",
        "put two or more spaces between the cells; where one is blank, align the row with the"
            + " header");
  }

  @Override
  public Comparison compare(String actual) {
    List<Block> blocks = blocks(actual);
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      if (i >= blocks.size()) {
        return missing(table, i == 0 ? "there was no output" : "the output ends before it");
      }
      Comparison comparison = compare(table, blocks.get(i));
      if (!comparison.matches()) {
        return comparison;
      }
    }
    if (blocks.size() > tables.size() && !moreTables) {
      List<String> more = blocks.get(tables.size()).lines();
      return new Comparison.Mismatch(
          "the output goes on after the last expected table with " + Lines.quote(more.getFirst()),
          tables.getLast().line(),
          1,
          more.stream().map(line -> new DiffLine(Mark.ACTUAL, line)).toList());
    }
    return new Comparison.Match();
  }

  private static Comparison missing(Table table, String why) {
    Reading reading = table.readings().getFirst();
    List<DiffLine> diff =
        new Rendering(reading.names())
            .add(Mark.EXPECTED, reading.names())
            .addAll(reading.rows().stream().map(TableExpectation::texts).toList())
            .lines();
    return new Comparison.Mismatch(
        "expected a table with the columns " + String.join(", ", reading.names()) + ", " + why,
        table.line(),
        1,
        diff);
  }

  private static Comparison compare(Table table, Block block) {
    List<TableLayout> layouts = TableLayout.of(block.lines().getFirst());
    for (TableLayout layout : layouts) {
      for (Reading reading : table.readings()) {
        if (layout.names().containsAll(reading.names())) {
          return compare(table, reading, layout, block);
        }
      }
    }
    Reading reading = table.readings().getFirst();
    List<String> names = layouts.getFirst().names();
    Cell absent =
        reading.header().stream()
            .filter(name -> !names.contains(name.text()))
            .findFirst()
            .orElse(reading.header().getFirst());
    return new Comparison.Mismatch(
        "no column "
            + absent.text()
            + " in the output, whose first line is "
            + Lines.quote(block.lines().getFirst())
            + Suggestion.nearest(absent.text(), names)
                .map(right -> "; did you mean " + right + "?")
                .orElse(""),
        table.line(),
        absent.column(),
        List.of(
            new DiffLine(Mark.EXPECTED, String.join("   ", reading.names())),
            new DiffLine(Mark.ACTUAL, block.lines().getFirst())));
  }

  private static Comparison compare(Table table, Reading reading, TableLayout layout, Block block) {
    List<String> names = layout.names();
    List<List<String>> rows = new ArrayList<>();
    for (String line : block.lines().subList(1, block.lines().size())) {
      Optional<List<Cell>> cells = layout.cellsOfPrintedRow(line);
      if (cells.isEmpty()) {
        return new Comparison.Mismatch(
            "cannot tell the columns of the output row " + Lines.quote(line),
            table.line(),
            1,
            block.lines().stream().map(text -> new DiffLine(Mark.ACTUAL, text)).toList());
      }
      rows.add(
          reading.names().stream()
              .map(name -> cells.get().get(names.indexOf(name)).text())
              .toList());
    }
    return new RowComparison(table, new Printed(reading, rows)).comparison();
  }

  private static List<String> texts(Row row) {
    return row.cells().stream().map(Cell::text).toList();
  }

  /** The rows of one table of the page beside those of the output. */
  private static final class RowComparison {
    private final Table table;
    private final List<Row> expected;
    private final List<List<String>> printed;
    private final List<String> names;

    RowComparison(Table table, Printed output) {
      this.table = table;
      this.expected = output.reading().rows();
      this.names = output.reading().names();
      this.printed = output.rows();
    }

    Comparison comparison() {
      Matching matching =
          new Matching(
              expected.size(),
              printed.size(),
              (row, output) -> differences(expected.get(row), printed.get(output)) == 0);
      List<Integer> unmet = matching.unmet();
      List<Integer> free = matching.free();
      if (unmet.isEmpty() && (free.isEmpty() || table.open())) {
        return new Comparison.Match();
      }
      Rendering diff = new Rendering(names).add(Mark.BOTH, names);
      Comparison.@Nullable Mismatch first = null;
      for (int row = 0; row < expected.size(); row++) {
        if (!unmet.contains(row)) {
          diff.add(Mark.BOTH, texts(expected.get(row)));
          continue;
        }
        diff.add(Mark.EXPECTED, texts(expected.get(row)));
        @Nullable Integer candidate = candidate(expected.get(row), free);
        if (candidate != null) {
          free.removeIf(candidate::equals);
          diff.add(Mark.ACTUAL, printed.get(candidate));
        }
        if (first == null) {
          first = mismatch(expected.get(row), candidate);
        }
      }
      if (table.open()) {
        diff.dots();
      } else {
        free.forEach(row -> diff.add(Mark.ACTUAL, printed.get(row)));
      }
      if (first == null) {
        String row = label(printed.get(free.getFirst()));
        first =
            new Comparison.Mismatch(
                "row " + row + " is not expected; a last line with dots would allow for it",
                expected.isEmpty() ? table.line() : expected.getLast().line(),
                1,
                List.of());
      }
      return new Comparison.Mismatch(
          first.what(), first.expectedLine(), first.expectedColumn(), diff.lines());
    }

    private static int differences(Row row, List<String> output) {
      int count = 0;
      for (int i = 0; i < output.size(); i++) {
        count += row.patterns().get(i).matches(output.get(i)) ? 0 : 1;
      }
      return count;
    }

    /** The output row about the same object, to say what is different about it. */
    private @Nullable Integer candidate(Row row, List<Integer> free) {
      return free.stream()
          .filter(
              output ->
                  keys()
                      .allMatch(
                          key -> row.patterns().get(key).matches(printed.get(output).get(key))))
          .min(Comparator.comparingInt(output -> differences(row, printed.get(output))))
          .orElse(null);
    }

    private IntStream keys() {
      boolean named = names.contains("NAME");
      return IntStream.range(0, names.size())
          .filter(i -> named ? KEY_COLUMNS.contains(names.get(i)) : i == 0);
    }

    private Comparison.Mismatch mismatch(Row row, @Nullable Integer candidate) {
      if (candidate == null) {
        String there =
            printed.isEmpty()
                ? "the table has no rows"
                : "the rows are "
                    + printed.stream()
                        .map(this::label)
                        .distinct()
                        .collect(Collectors.joining(", "));
        boolean taken =
            printed.stream()
                .anyMatch(
                    output ->
                        keys().allMatch(key -> row.patterns().get(key).matches(output.get(key))));
        return new Comparison.Mismatch(
            (taken ? "no further row " : "no row ") + label(texts(row)) + "; " + there,
            row.line(),
            1,
            List.of());
      }
      List<String> output = printed.get(candidate);
      int cell =
          IntStream.range(0, output.size())
              .filter(i -> !row.patterns().get(i).matches(output.get(i)))
              .findFirst()
              .orElseThrow();
      return new Comparison.Mismatch(
          "column "
              + names.get(cell)
              + " of row "
              + label(output)
              + ": expected "
              + shown(row.cells().get(cell).text())
              + ", was "
              + shown(output.get(cell)),
          row.line(),
          row.cells().get(cell).column(),
          List.of());
    }

    private String label(List<String> cells) {
      return keys().mapToObj(cells::get).collect(Collectors.joining("/"));
    }

    private static String shown(String cell) {
      return cell.isEmpty() ? "a blank cell" : cell;
    }
  }

  /** Rows below each other as kubectl would print them. */
  private static final class Rendering {
    private record Marked(Mark mark, List<String> cells) {}

    private final int columns;
    private final List<Marked> rows = new ArrayList<>();

    Rendering(List<String> names) {
      columns = names.size();
    }

    Rendering add(Mark mark, List<String> cells) {
      rows.add(new Marked(mark, cells));
      return this;
    }

    Rendering addAll(List<List<String>> expected) {
      expected.forEach(cells -> add(Mark.EXPECTED, cells));
      return this;
    }

    void dots() {
      rows.add(new Marked(Mark.BOTH, List.of(DOTS)));
    }

    List<DiffLine> lines() {
      int[] widths = new int[columns];
      for (Marked row : rows) {
        for (int i = 0; i < row.cells().size(); i++) {
          widths[i] = Math.max(widths[i], length(row.cells().get(i)));
        }
      }
      return rows.stream().map(row -> new DiffLine(row.mark(), line(row, widths))).toList();
    }

    private static String line(Marked row, int[] widths) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.cells().size(); i++) {
        String cell = row.cells().get(i);
        line.append(cell).append(" ".repeat(widths[i] - length(cell) + 3));
      }
      return line.toString().stripTrailing();
    }

    private static int length(String cell) {
      return cell.codePointCount(0, cell.length());
    }
  }
}
