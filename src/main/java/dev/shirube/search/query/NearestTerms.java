package dev.shirube.search.query;

import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.List;

/** Words of the index that begin like a word of a query that found nothing. */
public final class NearestTerms {
  private static final int MOST_TERMS = 5;

  /** Of the words that begin alike, so many are looked at for the most frequent. */
  private static final int MOST_COMPLETIONS = 40;

  private static final int MOST_WORDS = 4;
  private static final int SHORTEST_BEGINNING = 2;

  private NearestTerms() {}

  /**
   * The terms, the longest beginnings first, then the most frequent.
   *
   * @param query normalised
   */
  public static List<String> of(TermDictionary dictionary, String query) {
    String text = Words.lowerCase(query);
    List<String> terms = new ArrayList<>();
    int words = 0;
    int at = 0;
    while (at < text.length() && words < MOST_WORDS) {
      CharKind kind = CharKind.of(text.charAt(at));
      int end = at + 1;
      while (end < text.length() && CharKind.of(text.charAt(end)) == kind) {
        end++;
      }
      if (kind != CharKind.SEPARATOR && kind != CharKind.HIRAGANA) {
        words++;
        add(
            dictionary,
            text.substring(at, Math.min(end, at + TermDictionary.MAX_KEY_LENGTH)),
            terms);
      }
      at = end;
    }
    return terms.subList(0, Math.min(terms.size(), MOST_TERMS));
  }

  private static void add(TermDictionary dictionary, String word, List<String> terms) {
    int shortest = CharKind.of(word.charAt(0)) == CharKind.KANJI ? 1 : SHORTEST_BEGINNING;
    for (int length = word.length(); length >= shortest; length--) {
      boolean found = false;
      for (Entry entry : dictionary.completions(word.substring(0, length), MOST_COMPLETIONS)) {
        if (entry.pages() > 0) {
          found = true;
          if (!terms.contains(entry.key())) {
            terms.add(entry.key());
          }
        }
      }
      if (found) {
        return;
      }
    }
  }
}
