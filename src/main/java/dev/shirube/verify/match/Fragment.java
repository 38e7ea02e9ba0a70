package dev.shirube.verify.match;

import dev.shirube.verify.match.TextPattern.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a line or message, with tokens for what varies in it, as in expected output; dots stand
 * for any characters. Immutable.
 */
public final class Fragment {

  private final TextPattern pattern;
  private final List<String> literals;

  private Fragment(TextPattern pattern) {
    this.pattern = pattern;
    literals = pattern.literals();
  }

  /**
   * Reads a fragment.
   *
   * @param problems gets what is wrong with it; lines and columns count within the text
   */
  public static Fragment parse(String text, List<ExpectationProblem> problems) {
    List<ExpectationProblem> found = new ArrayList<>();
    TextPattern pattern = TextPattern.parse(text, Place.ELIDED_LINE, 1, 1, found);
    problems.addAll(found);
    return new Fragment(pattern);
  }

  /** The fragment as it is written in the page. */
  public String source() {
    return pattern.source();
  }

  /** Whether it says anything, rather than standing for any text. */
  public boolean saysSomething() {
    return literals.stream().anyMatch(literal -> !literal.isBlank());
  }

  /** Whether a text has it. The time grows with the text's length. */
  public boolean isIn(String text) {
    // Nearly all lines of a log are other lines: what they lack is found out first, and fast.
    return literals.stream().allMatch(text::contains) && pattern.isIn(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fragment fragment && fragment.source().equals(source());
  }

  @Override
  public int hashCode() {
    return source().hashCode();
  }

  @Override
  public String toString() {
    return source();
  }
}
