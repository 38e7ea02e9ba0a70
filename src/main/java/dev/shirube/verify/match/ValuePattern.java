package dev.shirube.verify.match;

import dev.shirube.verify.match.TextPattern.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell of a table, or a string in JSON: one or more alternatives, {@code A|B}.
 *
 * <p>A bar divides alternatives only between two characters that are neither white space nor bars,
 * so that a command such as {@code a || b | c} is one value; and the whole text with its bars is an
 * alternative, too.
 */
final class ValuePattern {
  private final String source;
  private final List<TextPattern> alternatives;

  private ValuePattern(String source, List<TextPattern> alternatives) {
    this.source = source;
    this.alternatives = List.copyOf(alternatives);
  }

  /**
   * Reads a value.
   *
   * @param line 1-based line of the expected text
   * @param column 1-based column of the first character
   */
  static ValuePattern parse(
      String source, int line, int column, List<ExpectationProblem> problems) {
    List<TextPattern> alternatives = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= source.length(); i++) {
      if (i == source.length() || divides(source, i)) {
        alternatives.add(
            TextPattern.parse(
                source.substring(start, i), Place.VALUE, line, column + start, problems));
        start = i + 1;
      }
    }
    if (source.isEmpty()) {
      alternatives.add(TextPattern.parse("", Place.VALUE, line, column, problems));
    }
    return new ValuePattern(source, alternatives);
  }

  private static boolean divides(String source, int at) {
    return source.charAt(at) == '|'
        && at + 1 < source.length()
        && source.charAt(at - 1) != '\\'
        && standsBesideABar(source.charAt(at - 1))
        && standsBesideABar(source.charAt(at + 1));
  }

  private static boolean standsBesideABar(char c) {
    return c != '|' && !Character.isWhitespace(c);
  }

  /** The value as it stands in the page. */
  String source() {
    return source;
  }

  /** Whether it is a single token, which stands for numbers as well as for strings. */
  boolean isToken() {
    return alternatives.stream().allMatch(alternative -> alternative.onlyToken() != null);
  }

  boolean matches(String value) {
    return (alternatives.size() > 1 && value.equals(source))
        || alternatives.stream().anyMatch(alternative -> alternative.matches(value));
  }
}
