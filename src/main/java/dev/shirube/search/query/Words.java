package dev.shirube.search.query;

import java.util.ArrayList;
import java.util.List;

/**
 * How words written without Japanese become terms; the same for a page and for a query.
 *
 * <p>An identifier is a term as a whole and in its parts: {@code ImagePullBackOff} gives {@code
 * imagepullbackoff}, {@code image}, {@code pull}, {@code back} and {@code off}; {@code
 * kube-apiserver} gives {@code kube}, {@code apiserver} and {@code kubeapiserver}.
 */
public final class Words {
  /** Hashes and encoded data begin here: nobody searches for them, and they fill the index. */
  private static final int LONGEST_WORD = 40;

  private static final int LONGEST_WORD_WITH_DIGITS = 15;

  /** As in {@code v1beta2}; a hash changes more often. */
  private static final int MOST_CHANGES_TO_DIGITS = 3;

  /** The digits of a port; what is longer counts bytes or time. */
  private static final int LONGEST_NUMBER = 5;

  private static final int MOST_JOINED_WORDS = 3;

  private Words() {}

  /** All terms of the words in {@code text}, as often as they occur; Japanese is passed over. */
  public static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = CharKind.endOfWord(text, at);
      if (end > at) {
        addWord(text.substring(at, end), terms);
      }
      at = end + 1;
    }
    return terms;
  }

  /** Words with hyphens or underscores between them, each as one term. */
  public static List<String> compounds(String text) {
    List<String> compounds = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      at = Math.max(addCompound(text, at, compounds), at + 1);
    }
    return compounds;
  }

  /** The words of {@code text}, each as one term, in order. */
  public static List<String> sequence(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = CharKind.endOfWord(text, at);
      if (end > at) {
        words.add(term(text.substring(at, end)));
      }
      at = end + 1;
    }
    return words;
  }

  /** The term of one word: lower case, without a plural ending. */
  public static String term(String word) {
    return EnglishStem.of(lowerCase(word));
  }

  /** Lower case for ASCII; everything else is expected to have been folded before. */
  public static String lowerCase(String text) {
    int at = 0;
    while (at < text.length() && !CharKind.isUpper(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder lower = new StringBuilder(text);
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (CharKind.isUpper(c)) {
        lower.setCharAt(at, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  /** The parts of a camel-case word; a plain word is its own only part. */
  static List<String> camelCaseParts(String word) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < word.length(); i++) {
      if (startsPart(word, i)) {
        parts.add(word.substring(start, i));
        start = i;
      }
    }
    parts.add(word.substring(start));
    return parts;
  }

  /**
   * {@code a|B}, {@code AB|Cde}, {@code 2|Cde}; not within the plural of an abbreviation ({@code
   * CRDs}) or {@code IPv4}.
   */
  static boolean startsPart(String word, int at) {
    if (!CharKind.isUpper(word.charAt(at))) {
      return false;
    }
    char before = word.charAt(at - 1);
    return CharKind.isLower(before)
        || (CharKind.isAsciiWord(before)
            && at + 2 < word.length()
            && CharKind.isLower(word.charAt(at + 1))
            && CharKind.isLower(word.charAt(at + 2)));
  }

  private static int addCompound(String text, int start, List<String> compounds) {
    StringBuilder joined = new StringBuilder();
    int words = 0;
    int at = start;
    while (true) {
      int end = CharKind.endOfWord(text, at);
      joined.append(lowerCase(text.substring(at, end)));
      words += end > at ? 1 : 0;
      boolean joins =
          words > 0
              && end + 1 < text.length()
              && (text.charAt(end) == '-' || text.charAt(end) == '_')
              && CharKind.of(text.charAt(end + 1)) == CharKind.WORD;
      if (!joins) {
        if (words > 1 && words <= MOST_JOINED_WORDS && !CharKind.isDigit(joined.charAt(0))) {
          addTerm(EnglishStem.of(joined.toString()), compounds);
        }
        return end;
      }
      at = end + 1;
    }
  }

  private static void addWord(String word, List<String> terms) {
    addTerm(term(word), terms);
    List<String> parts = camelCaseParts(word);
    if (parts.size() > 1) {
      for (String part : parts) {
        addTerm(term(part), terms);
      }
    }
  }

  private static void addTerm(String term, List<String> terms) {
    if (isWorthFinding(term) && !StopWords.contains(term)) {
      terms.add(term);
    }
  }

  private static boolean isWorthFinding(String term) {
    if (term.length() < 2 || term.length() > LONGEST_WORD) {
      return false;
    }
    int digits = 0;
    int changes = 0;
    for (int i = 0; i < term.length(); i++) {
      boolean digit = CharKind.isDigit(term.charAt(i));
      digits += digit ? 1 : 0;
      changes += i > 0 && digit != CharKind.isDigit(term.charAt(i - 1)) ? 1 : 0;
    }
    return digits == term.length()
        ? digits <= LONGEST_NUMBER
        : digits == 0
            || (term.length() <= LONGEST_WORD_WITH_DIGITS && changes <= MOST_CHANGES_TO_DIGITS);
  }
}
