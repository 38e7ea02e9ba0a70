package dev.shirube.verify.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an output has to look like. Immutable: one expectation takes any number of outputs.
 *
 * <p>Placeholders such as {@code <age>} stand for what differs from run to run; {@link Token} lists
 * them. {@code \<age>} is the text {@code <age>}, {@code \...} three dots. What kubectl itself puts
 * in angle brackets ({@code <none>}, {@code <pending>}) and other words in them ({@code <html>})
 * are text, unless they are nearly a token, or the whole of a cell or value: then they are a
 * problem.
 */
public sealed interface Expectation permits TextExpectation, TableExpectation, JsonExpectation {

  /** Compares an output with this. Never throws: what cannot be read does not match. */
  Comparison compare(String actual);

  /** An expectation, or what is wrong with it. */
  sealed interface Parsed {}

  /** The text was understood. */
  record Ready(Expectation expectation) implements Parsed {}

  /** The text was not understood; at least one problem, in the order of their places. */
  record Faulty(List<ExpectationProblem> problems) implements Parsed {
    public Faulty {
      problems = List.copyOf(problems);
    }
  }

  /** Reads an expected text for which the page names no mode: see {@link MatchMode#defaultFor}. */
  static Parsed parse(String text) {
    return parse(MatchMode.defaultFor(text), text);
  }

  /** Reads an expected text. Lines and columns of problems count within it. */
  static Parsed parse(MatchMode mode, String text) {
    return parse(mode, text, Set.of());
  }

  /**
   * Reads an expected text.
   *
   * @param vary what is an example of what is printed: in a table the columns of that name, beside
   *     ages in a column {@code AGE}; in a text the words themselves
   */
  static Parsed parse(MatchMode mode, String text, Set<String> vary) {
    return parse(mode, text, vary, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param fill fills values in for placeholders; the columns of a table are told before, as the
   *     page has them
   */
  static Parsed parse(MatchMode mode, String text, Set<String> vary, UnaryOperator<String> fill) {
    List<ExpectationProblem> problems = new ArrayList<>();
    Expectation expectation =
        switch (mode) {
          case EXACT -> TextExpectation.parse(fill.apply(text), false, vary, problems);
          case ELIDE -> TextExpectation.parse(fill.apply(text), true, vary, problems);
          case TABLE -> TableExpectation.parse(text, vary, fill, problems);
          case JSON -> JsonExpectation.parse(fill.apply(text), problems);
        };
    return problems.isEmpty() ? new Ready(expectation) : new Faulty(problems);
  }
}
