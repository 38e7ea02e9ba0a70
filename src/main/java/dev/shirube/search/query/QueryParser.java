package dev.shirube.search.query;

import dev.shirube.search.query.ParsedQuery.Alternative;
import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.ParsedQuery.Name;
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
  /** Where more was pasted, what went wrong stands at the end: the events of a description. */
  private static final int LONGEST_LOG = 4_000;

  private static final int LONGEST_QUERY = 1_000;
  private static final int MOST_FINGERPRINTS = 128;

  /** Longest first: "horizontal pod autoscaler", "crash loop back off". */
  private static final int LONGEST_PHRASE_WORDS = 4;

  /** A shorter hiragana match is more likely a piece of grammar than a word. */
  private static final int SHORTEST_HIRAGANA_WORD = 3;

  private static final int SHORTEST_KATAKANA_PART = 2;

  /** A shorter one beside something unknown is more likely a piece of it. */
  private static final int SHORTEST_SURE_PART = 3;

  private static final int MOST_NAMES = 8;

  /** What only sounds a little like the query is not its name. */
  private static final float LEAST_NAME_WEIGHT = .6f;

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
    LogFingerprint log = LogFingerprint.of(end(query, LONGEST_LOG));
    List<String> shingles = log.shingles();
    shingles = shingles.subList(Math.max(0, shingles.size() - MOST_FINGERPRINTS), shingles.size());
    String line = end(query, LONGEST_QUERY);
    String words = log.looksLikeLog() ? LogFingerprint.of(line).words() : line;
    List<Group> groups = new QueryParser(dictionary, words).groups();
    return new ParsedQuery(names(NameKey.of(line), groups), groups, shingles);
  }

  private static String end(String text, int length) {
    return text.length() > length ? text.substring(text.length() - length) : text;
  }

  /** A word may be the name of a page by what else it may mean, several by the best of each. */
  private static List<Name> names(String typed, List<Group> groups) {
    List<Name> names = new ArrayList<>();
    if (!typed.isEmpty()) {
      names.add(new Name(typed, 1));
    }
    for (Name name : groups.size() == 1 ? alternativeNames(groups.get(0)) : bestName(groups)) {
      if (name.weight() >= LEAST_NAME_WEIGHT
          && names.size() < MOST_NAMES
          && !name.key().equals(typed)) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<Name> alternativeNames(Group group) {
    List<Name> names = new ArrayList<>();
    for (Alternative alternative : group.alternatives()) {
      String key = NameKey.of(GroupCollector.join(alternative.terms(), " "));
      names.add(new Name(key, alternative.weightOfAll()));
    }
    return names;
  }

  private static List<Name> bestName(List<Group> groups) {
    List<String> terms = new ArrayList<>();
    float weight = 1;
    for (Group group : groups) {
      Alternative best = group.alternatives().get(0);
      for (Alternative alternative : group.alternatives()) {
        best = alternative.weightOfAll() > best.weightOfAll() ? alternative : best;
      }
      terms.addAll(best.terms());
      weight = Math.min(weight, best.weightOfAll());
    }
    return List.of(new Name(NameKey.of(GroupCollector.join(terms, " ")), weight));
  }

  private List<Group> groups() {
    int at = 0;
    while (at < text.length() && !groups.isFull()) {
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
    List<String> takenFor = new ArrayList<>();
    while (at < text.length() && !groups.isFull() && !CharKind.of(text.charAt(at)).isJapanese()) {
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
        words.add(word);
        takenFor.add(groups.addWord(word, query.substring(at, end)));
      }
      at = end;
    }
    phrases(words);
    phrases(takenFor);
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
    Cover cover = cover(run, SHORTEST_KATAKANA_PART);
    if (!cover.parts().isEmpty() && cover.gaps().isEmpty()) {
      groups.addSound(run);
    } else if (groups.addUnknown(stem)) {
      return end;
    } else {
      cover = cover(run, SHORTEST_SURE_PART);
      for (String gap : cover.gaps()) {
        groups.addUnknown(KatakanaStem.of(gap));
      }
    }
    for (Entry part : cover.parts()) {
      groups.addKnown(part);
    }
    return end;
  }

  /** Finds the known parts of a katakana run that are long enough, and what lies between them. */
  private Cover cover(String run, int shortest) {
    Cover cover = new Cover(new ArrayList<>(), new ArrayList<>());
    int known = 0;
    int at = 0;
    while (at < run.length()) {
      Entry part = dictionary.longestPrefixOf(run.substring(at));
      if (part != null && part.key().length() >= shortest) {
        cover.addGap(run.substring(known, at));
        cover.parts().add(part);
        at += part.key().length();
        known = at;
      } else {
        at++;
      }
    }
    cover.addGap(run.substring(known));
    return cover;
  }

  private @Nullable Entry longest(int at) {
    int end = Math.min(text.length(), at + TermDictionary.MAX_KEY_LENGTH);
    return dictionary.longestPrefixOf(text.substring(at, end));
  }

  private record Cover(List<Entry> parts, List<String> gaps) {

    void addGap(String gap) {
      for (int i = 0; i < gap.length(); i++) {
        if (gap.charAt(i) != CharKind.LONG_VOWEL) {
          gaps.add(gap);
          return;
        }
      }
    }
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
