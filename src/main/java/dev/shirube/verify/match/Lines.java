package dev.shirube.verify.match;

import java.util.ArrayList;
import java.util.List;

/** Texts as lines, and lines in sentences. */
final class Lines {
  private static final int LONGEST_QUOTE = 120;

  private Lines() {}

  /**
   * The lines of a text without the white space at their ends, and without blank ones at its end.
   */
  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.add(line.stripTrailing());
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  static boolean isDots(String line) {
    String text = line.strip();
    return text.equals("...") || text.equals("…");
  }

  /** The text in quotes, and cut where it is too long for a sentence. */
  static String quote(String text) {
    if (text.isEmpty()) {
      return "a blank line";
    }
    return "\"" + cut(text) + "\"";
  }

  /** The text, cut where it is too long for a sentence. */
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_QUOTE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }
}
