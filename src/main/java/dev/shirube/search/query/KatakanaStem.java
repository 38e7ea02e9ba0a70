package dev.shirube.search.query;

/** サーバー and サーバ are one term: the rule of Lucene's JapaneseKatakanaStemFilter. */
public final class KatakanaStem {
  private static final int SHORTEST_STEMMED = 4;

  private KatakanaStem() {}

  /** The word without a final prolonged sound mark, unless it is short, as コピー is. */
  public static String of(String word) {
    int last = word.length() - 1;
    return word.length() >= SHORTEST_STEMMED && word.charAt(last) == CharKind.LONG_VOWEL
        ? word.substring(0, last)
        : word;
  }
}
