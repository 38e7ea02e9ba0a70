package dev.shirube.search.query;

import org.jspecify.annotations.Nullable;

/**
 * What a word sounds like: its consonants, folded to what Japanese tells apart, without vowels.
 *
 * <p>デプロイメント, deployment, deplyment and depuroimento share one key, so that one look-up covers
 * misspellings, romaji and loanwords. The idea is Soundex's; the folding follows the transcription
 * of English into katakana (l and r, v and b, th and s, f and h).
 */
public final class SoundKey {
  private static final int SHORTEST_WORD = 3;
  private static final int SHORTEST_KEY = 2;
  private static final String VOWELS = "aiueoyw";
  private static final char NONE = 0;

  private SoundKey() {}

  /** The key of a word in lower case or kana; null where it is too short or written otherwise. */
  public static @Nullable String of(String word) {
    String romaji = Romaji.of(word);
    if (romaji == null || romaji.length() < SHORTEST_WORD) {
      return null;
    }
    boolean kana = word.charAt(0) >= 0x80;
    StringBuilder key = new StringBuilder();
    char last = NONE;
    int at = 0;
    while (at < romaji.length()) {
      char c = romaji.charAt(at);
      char next = at + 1 < romaji.length() ? romaji.charAt(at + 1) : NONE;
      char sound = sound(c, next, kana);
      if (sound != NONE && sound != last) {
        key.append(sound);
      }
      // Glides do not part two equal consonants as vowels do.
      if (sound != NONE || (c != 'y' && c != 'w')) {
        last = sound;
      }
      at += isDigraph(c, next) ? 2 : 1;
    }
    return key.length() < SHORTEST_KEY ? null : key.toString();
  }

  private static char sound(char c, char next, boolean kana) {
    if (VOWELS.indexOf(c) >= 0) {
      return NONE;
    }
    return switch (c) {
      // English r before a consonant or at the end is a long vowel in katakana: server, サーバー.
      case 'r' -> kana || (next != NONE && "aiueoy".indexOf(next) >= 0) ? 'r' : NONE;
      case 'l' -> 'r';
      case 'v' -> 'b';
      case 'q', 'x' -> 'k';
      case 'j', 'z' -> 's';
      case 'f' -> 'h';
      case 'c' -> next == 'h' || next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
      case 'p' -> next == 'h' ? 'h' : 'p';
      case 't' -> next == 'h' ? 's' : 't';
      default -> c;
    };
  }

  private static boolean isDigraph(char c, char next) {
    return (next == 'h' && (c == 'c' || c == 'p' || c == 't' || c == 's'))
        || (next == 's' && c == 't');
  }

  /**
   * How alike two words sound, by the edit distance of their romaji: 1 for the same, 0 for nothing
   * in common or for words that {@link #of} has no key for.
   */
  static float similarity(String a, String b) {
    String x = Romaji.of(a);
    String y = Romaji.of(b);
    if (x == null || y == null || x.isEmpty() || y.isEmpty()) {
      return 0;
    }
    return 1 - distance(x, y) / (float) Math.max(x.length(), y.length());
  }

  /** Levenshtein's distance, with l and r as one letter. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static boolean same(char a, char b) {
    return a == b || (a == 'l' && b == 'r') || (a == 'r' && b == 'l');
  }
}
