package dev.shirube.search.query;

/**
 * Finds a term again in the text that it came from, without the tokenizer: words at their
 * boundaries and at camel-case humps, with or without a plural ending; Japanese anywhere, inflected
 * words by what comes before the ending.
 */
final class TermFinder {
  private final String term;
  private final String needle;
  private final boolean word;
  private final boolean inflected;

  TermFinder(String term) {
    this.term = term;
    this.word = CharKind.of(term.charAt(0)) == CharKind.WORD;
    int last = term.length() - 1;
    // The dictionary form ends in a kana that other forms change: 消える, 消えた; 動く, 動かない.
    this.inflected =
        last > 0
            && CharKind.of(term.charAt(0)) == CharKind.KANJI
            && CharKind.of(term.charAt(last)) == CharKind.HIRAGANA;
    boolean policy = word && last > 2 && term.charAt(last) == 'y';
    this.needle = inflected || policy ? term.substring(0, last) : term;
  }

  String term() {
    return term;
  }

  /**
   * The next place of the term.
   *
   * @param original the text
   * @param folded the text after {@link #fold}
   * @return where it starts, or -1
   */
  int next(String original, String folded, int from) {
    int at = folded.indexOf(needle, from);
    while (at >= 0) {
      if (end(original, folded, at) > at) {
        return at;
      }
      at = folded.indexOf(needle, at + 1);
    }
    return -1;
  }

  /** One past the last character of the term that starts at {@code at}; {@code at} if none does. */
  int end(String original, String folded, int at) {
    int end = at + needle.length();
    if (inflected) {
      return end < folded.length() && CharKind.of(folded.charAt(end)) == CharKind.HIRAGANA
          ? end + 1
          : at;
    }
    if (!word) {
      return end;
    }
    return startsWord(original, at) ? endOfWord(original, folded, end, at) : at;
  }

  private int endOfWord(String original, String folded, int end, int none) {
    int stop = end;
    if (needle.length() < term.length()) {
      if (folded.startsWith("y", end)) {
        stop = end + 1;
      } else if (folded.startsWith("ies", end)) {
        stop = end + 3;
      } else {
        return none;
      }
    } else if (folded.startsWith("s", end) && endsWord(original, end + 1)) {
      return end + 1;
    }
    return endsWord(original, stop) ? stop : none;
  }

  private static boolean startsWord(String text, int at) {
    return at == 0
        || CharKind.of(text.charAt(at - 1)) != CharKind.WORD
        || Words.startsPart(text, at);
  }

  private static boolean endsWord(String text, int end) {
    return end >= text.length()
        || CharKind.of(text.charAt(end)) != CharKind.WORD
        || Words.startsPart(text, end);
  }

  /** Lower case and plain forms, unit by unit, so that places in the text stay what they are. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char plain = c >= 0xFF01 && c <= 0xFF5E ? (char) (c - 0xFEE0) : c;
      if (CharKind.isUpper(plain)) {
        plain = (char) (plain + ('a' - 'A'));
      } else if (plain == '―') {
        plain = CharKind.LONG_VOWEL;
      }
      if (plain != c) {
        folded.setCharAt(i, plain);
      }
    }
    return folded.toString();
  }
}
