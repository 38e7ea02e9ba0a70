package dev.shirube.search.query;

import java.util.ArrayList;
import java.util.List;

/**
 * What stays the same when an error is logged again, elsewhere: the words of the line, with all
 * that names or counts something masked.
 *
 * <p>A token is masked when it is a quoted name or has a digit, a slash, an inner dot, colon or at
 * sign: that covers times, durations, counts, addresses, hashes, UUIDs, images, files and most Pod
 * names; the rest of the Pod names end in five letters of the alphabet that Kubernetes makes its
 * suffixes from. Neighbouring masks become one.
 *
 * <p>Lines are compared by their shingles, three tokens in a row (Broder, "On the resemblance and
 * containment of documents", 1997), so that a part of a line, or a line inside a longer one, is
 * found too.
 */
public final class LogFingerprint {
  private static final String MASK = "*";
  private static final int SHINGLE_TOKENS = 3;
  private static final int LONGEST_QUOTED_NAME = 80;

  /** rand.SafeEncodeString in k8s.io/apimachinery: no vowels, and no digits that look like them. */
  private static final String POD_SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int POD_SUFFIX_LENGTH = 5;
  private static final int LOG_MASKS = 2;
  private static final int LOG_TOKENS = 5;

  private final List<String> tokens = new ArrayList<>();

  /** Of each token, how many words it says: CrashLoopBackOff is as telling as a phrase. */
  private final List<Integer> words = new ArrayList<>();

  private int read;
  private int masked;
  private boolean japanese;

  private LogFingerprint() {}

  /** Reads one line of a log, or a query. */
  public static LogFingerprint of(String line) {
    LogFingerprint fingerprint = new LogFingerprint();
    fingerprint.read(line);
    return fingerprint;
  }

  /** Each shingle once, in order; none where the line has too few words to be told from others. */
  public List<String> shingles() {
    List<String> shingles = new ArrayList<>();
    if (tokens.size() == 2) {
      addShingle(0, 2, shingles);
    }
    for (int i = 0; i + SHINGLE_TOKENS <= tokens.size(); i++) {
      addShingle(i, i + SHINGLE_TOKENS, shingles);
    }
    return shingles;
  }

  /** Whether this was copied from a terminal rather than written as a question. */
  public boolean looksLikeLog() {
    return !japanese && masked >= LOG_MASKS && read >= LOG_TOKENS;
  }

  /** The words that are not masked, separated by spaces. */
  public String words() {
    StringBuilder spaced = new StringBuilder();
    for (String token : tokens) {
      if (!token.equals(MASK)) {
        spaced.append(token).append(' ');
      }
    }
    return spaced.toString();
  }

  private void addShingle(int from, int to, List<String> shingles) {
    StringBuilder shingle = new StringBuilder();
    int said = 0;
    for (int i = from; i < to; i++) {
      said += words.get(i);
      if (i > from) {
        shingle.append(' ');
      }
      shingle.append(tokens.get(i));
    }
    if (said > 1 && !shingles.contains(shingle.toString())) {
      shingles.add(shingle.toString());
    }
  }

  private void read(String line) {
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      int quoteEnd = isQuote(c) ? endOfQuotedName(line, at) : at;
      if (quoteEnd > at) {
        addMask();
        at = quoteEnd;
      } else if (isDelimiter(c)) {
        japanese |= CharKind.of(c).isJapanese();
        at++;
      } else {
        int end = at;
        while (end < line.length() && !isDelimiter(line.charAt(end))) {
          end++;
        }
        addToken(trim(line, at, end));
        at = end;
      }
    }
  }

  /** One past the closing quote, or {@code start} where a sentence is quoted and not a name. */
  private static int endOfQuotedName(String line, int start) {
    char quote = line.charAt(start);
    int max = Math.min(line.length(), start + LONGEST_QUOTED_NAME);
    for (int i = start + 1; i < max; i++) {
      char c = line.charAt(i);
      if (c == quote) {
        return i > start + 1 ? i + 1 : start;
      }
      if (c <= ' ' || c == '\\') {
        return start;
      }
    }
    return start;
  }

  private void addToken(String token) {
    if (token.isEmpty()) {
      return;
    }
    if (isName(token)) {
      addMask();
      return;
    }
    read++;
    int at = 0;
    while (at < token.length()) {
      int end = CharKind.endOfWord(token, at);
      if (end > at) {
        String word = token.substring(at, end);
        tokens.add(Words.lowerCase(word));
        words.add(Words.camelCaseParts(word).size());
      }
      at = end + 1;
    }
  }

  private void addMask() {
    read++;
    masked++;
    if (tokens.isEmpty() || !tokens.get(tokens.size() - 1).equals(MASK)) {
      tokens.add(MASK);
      words.add(0);
    }
  }

  private static boolean isName(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (CharKind.isDigit(c) || c == '/' || c == '.' || c == ':' || c == '@') {
        return true;
      }
    }
    return endsInPodSuffix(token);
  }

  private static boolean endsInPodSuffix(String token) {
    int hyphen = token.lastIndexOf('-');
    if (hyphen <= 0 || token.length() - hyphen - 1 != POD_SUFFIX_LENGTH) {
      return false;
    }
    for (int i = hyphen + 1; i < token.length(); i++) {
      if (POD_SUFFIX_ALPHABET.indexOf(token.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String trim(String line, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && !CharKind.isAsciiWord(line.charAt(from)) && line.charAt(from) != '/') {
      from++;
    }
    while (to > from && !CharKind.isAsciiWord(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static boolean isDelimiter(char c) {
    return c <= ' ' || c >= 0x7F || isQuote(c) || "()[]{}<>,;=|\\".indexOf(c) >= 0;
  }
}
