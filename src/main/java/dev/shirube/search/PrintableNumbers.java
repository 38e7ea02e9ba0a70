package dev.shirube.search;

/**
 * Writes numbers as printable ASCII without what JSON escapes and {@link ShardWriter} separates
 * with.
 *
 * <p>A symbol is worth its place in {@link #SYMBOLS}. The first sixty-four end a number; each of
 * the others, less sixty-four, is a digit to base twenty-six before it, least significant first. So
 * numbers below 64 take one symbol, numbers below 1,664 two. The browser's dictionary.js reads
 * them.
 */
final class PrintableNumbers {
  /** All 90 of them, by code. */
  static final String SYMBOLS = symbols();

  private static final int LAST = 64;
  private static final int BASE = SYMBOLS.length() - LAST;

  private PrintableNumbers() {}

  /**
   * Appends a number.
   *
   * @param number not negative
   */
  static void append(int number, StringBuilder out) {
    int rest = number;
    while (rest >= LAST) {
      out.append(SYMBOLS.charAt(LAST + rest % BASE));
      rest /= BASE;
    }
    out.append(SYMBOLS.charAt(rest));
  }

  private static String symbols() {
    StringBuilder symbols = new StringBuilder();
    for (char c = '!'; c <= '~'; c++) {
      if ("\"\\^|".indexOf(c) < 0) {
        symbols.append(c);
      }
    }
    return symbols.toString();
  }
}
