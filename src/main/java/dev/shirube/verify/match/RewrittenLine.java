package dev.shirube.verify.match;

/** A line of an expected text that was brought up to date. */
public sealed interface RewrittenLine {

  /**
   * A line that stays as it is written.
   *
   * @param number 1-based, of the expected text
   */
  record Kept(int number) implements RewrittenLine {}

  /** A line of the output, or one of the page with other cells. */
  record Changed(String text) implements RewrittenLine {}
}
