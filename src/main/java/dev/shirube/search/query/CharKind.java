package dev.shirube.search.query;

/** What a character is to the search; surrogates, lone or not, are separators. */
public enum CharKind {
  SEPARATOR,
  /** Latin and other alphabets, and digits. */
  WORD,
  HIRAGANA,
  KATAKANA,
  KANJI;

  /** The prolonged sound mark, which belongs to the katakana before it. */
  public static final char LONG_VOWEL = 'ー';

  /** The kind of a UTF-16 unit. */
  public static CharKind of(char c) {
    if (c < 0x80) {
      return isAsciiWord(c) ? WORD : SEPARATOR;
    }
    if (c >= 0x3041 && c <= 0x3096) {
      return HIRAGANA;
    }
    if ((c >= 0x30A1 && c <= 0x30FA) || c == LONG_VOWEL) {
      return KATAKANA;
    }
    if ((c >= 0x3400 && c <= 0x9FFF) || c == '々' || (c >= 0xF900 && c <= 0xFAFF)) {
      return KANJI;
    }
    return isOtherAlphabet(c) ? WORD : SEPARATOR;
  }

  /** Whether words are not separated by spaces here. */
  public boolean isJapanese() {
    return this == HIRAGANA || this == KATAKANA || this == KANJI;
  }

  /** Whether {@code c} is an ASCII letter or digit. */
  static boolean isAsciiWord(char c) {
    return isLower(c) || isUpper(c) || isDigit(c);
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Latin with diacritics to Greek Extended, and Hangul. */
  private static boolean isOtherAlphabet(char c) {
    return (c >= 0xC0 && c <= 0x1FFF && c != 0xD7 && c != 0xF7 && (c < 0x300 || c > 0x36F))
        || (c >= 0xAC00 && c <= 0xD7A3);
  }

  /** The end of the run of {@link #WORD} characters that {@code start} lies in. */
  public static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && of(text.charAt(end)) == WORD) {
      end++;
    }
    return end;
  }
}
