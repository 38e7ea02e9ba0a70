package dev.shirube.search.query;

import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into what the index knows: words at their ends, Japanese by greedy longest match
 * over the dictionary. The dictionary holds what the indexer's tokenizer found, so that none is
 * needed here.
 */
public final class QueryParser {
  /** A query is a line, or a few lines of a log. */
  private static final int LONGEST_QUERY = 1_000;

  private static final int MOST_FINGERPRINTS = 64;

  /** Longest first: "horizontal pod autoscaler", "crash loop back off". */
  private static final int LONGEST_PHRASE_WORDS = 4;

  /** A shorter hiragana match is more likely a piece of grammar than a word. */
  private static final int SHORTEST_HIRAGANA_WORD = 3;

  private static final int SHORTEST_KATAKANA_PART = 2;

  private final TermDictionary dictionary;
  private final String query;
  private final String text;
  private final GroupCollector groups;

  private QueryParser(TermDictionary dictionary, String query) {
    this.dictionary = dictionary;
    this.query = query;
    this.text = Words.lowerCase(query);
    this.groups = new GroupCollector(dictionary);
  }

  /**
   * Reads a query.
   *
   * @param query normalised (NFKC, non-ASCII in lower case); ASCII as typed
   */
  public static ParsedQuery parse(TermDictionary dictionary, String query) {
    String line = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
    LogFingerprint log = LogFingerprint.of(line);
    List<String> shingles = log.shingles();
    if (shingles.size() > MOST_FINGERPRINTS) {
      shingles = shingles.subList(0, MOST_FINGERPRINTS);
    }
    String words = log.looksLikeLog() ? log.words() : line;
    return new ParsedQuery(NameKey.of(line), new QueryParser(dictionary, words).groups(), shingles);
  }

  private List<Group> groups() {
    int at = 0;
    while (at < text.length()) {
      CharKind kind = CharKind.of(text.charAt(at));
      if (kind == CharKind.SEPARATOR || text.charAt(at) == CharKind.LONG_VOWEL) {
        at++;
      } else if (kind == CharKind.WORD) {
        at = words(at);
      } else {
        at = kind == CharKind.KATAKANA ? katakana(at) : japanese(at);
      }
    }
    return groups.toList();
  }

  /** Reads words up to the next Japanese character, and the phrases that they make. */
  private int words(int start) {
    int at = start;
    List<String> words = new ArrayList<>();
    while (at < text.length() && !CharKind.of(text.charAt(at)).isJapanese()) {
      if (CharKind.of(text.charAt(at)) == CharKind.SEPARATOR) {
        at++;
        continue;
      }
      int end = CharKind.endOfWord(text, at);
      Entry mixed = dictionary.longestPrefixOf(text.substring(at));
      if (mixed != null && at + mixed.key().length() > end && isMixed(mixed.key())) {
        groups.addKnown(mixed);
        at += mixed.key().length();
        break;
      }
      String word = Words.term(text.substring(at, end));
      if (!StopWords.contains(word)) {
        groups.addWord(word, query.substring(at, end));
        words.add(word);
      }
      at = end;
    }
    phrases(words);
    return at;
  }

  private void phrases(List<String> words) {
    for (int length = LONGEST_PHRASE_WORDS; length > 1; length--) {
      for (int i = 0; i + length <= words.size(); i++) {
        groups.addPhrase(words.subList(i, i + length));
      }
    }
  }

  private int japanese(int at) {
    Entry entry = longest(at);
    if (entry == null) {
      return at + 1;
    }
    int length = entry.key().length();
    if (CharKind.of(text.charAt(at)) == CharKind.HIRAGANA && length < SHORTEST_HIRAGANA_WORD) {
      return at + 1;
    }
    groups.addKnown(entry);
    return at + length;
  }

  private int katakana(int at) {
    int end = at;
    while (end < text.length() && CharKind.of(text.charAt(end)) == CharKind.KATAKANA) {
      end++;
    }
    String run = text.substring(at, end);
    String stem = KatakanaStem.of(run);
    Entry whole = longest(at);
    if (whole != null && whole.key().length() >= stem.length()) {
      groups.addKnown(whole);
      return Math.max(end, at + whole.key().length());
    }
    List<Entry> parts = new ArrayList<>();
    boolean covered = cover(run, parts);
    if (parts.isEmpty() || !covered) {
      if (groups.addUnknown(stem)) {
        return end;
      }
    } else {
      groups.addSound(run);
    }
    for (Entry part : parts) {
      groups.addKnown(part);
    }
    return end;
  }

  /** Finds the known parts of a katakana run; says whether nothing lies between them. */
  private boolean cover(String run, List<Entry> parts) {
    boolean covered = true;
    int at = 0;
    while (at < run.length()) {
      Entry part = dictionary.longestPrefixOf(run.substring(at));
      if (part != null && part.key().length() >= SHORTEST_KATAKANA_PART) {
        parts.add(part);
        at += part.key().length();
      } else {
        covered &= run.charAt(at) == CharKind.LONG_VOWEL;
        at++;
      }
    }
    return covered;
  }

  private @Nullable Entry longest(int at) {
    int end = Math.min(text.length(), at + TermDictionary.MAX_KEY_LENGTH);
    return dictionary.longestPrefixOf(text.substring(at, end));
  }

  private static boolean isMixed(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (CharKind.of(key.charAt(i)).isJapanese()) {
        return true;
      }
    }
    return false;
  }
}
