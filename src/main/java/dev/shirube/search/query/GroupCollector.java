package dev.shirube.search.query;

import dev.shirube.search.query.ParsedQuery.Alternative;
import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up what a piece of a query may mean, and weighs it. */
final class GroupCollector {
  private static final float EXACT = 1;
  private static final float SYNONYM = .9f;
  private static final float PREFIX = .7f;
  private static final float CLOSE_SOUND = .7f;
  private static final float SOUND = .5f;

  /** Below, two words with one key have little else in common: "secret" and セキュリティ. */
  private static final float LEAST_SIMILARITY = .45f;

  private static final float CLOSE_SIMILARITY = .75f;

  /** A katakana word on so few pages may be a rare spelling of a common one. */
  private static final int RARE_PAGES = 8;

  private static final int SHORTEST_PREFIX = 2;
  private static final int MOST_COMPLETIONS = 20;

  /** Times three fields, this stays below the 1024 clauses that Lucene allows. */
  private static final int MOST_TERMS = 256;

  private final TermDictionary dictionary;
  private final List<Group> groups = new ArrayList<>();

  /** What was looked up: saying a thing twice does not make it twice as important. */
  private final List<String> seen = new ArrayList<>();

  private int terms;

  GroupCollector(TermDictionary dictionary) {
    this.dictionary = dictionary;
  }

  List<Group> toList() {
    return groups;
  }

  /** A Japanese key. */
  void addKnown(Entry entry) {
    String key = entry.key();
    if (StopWords.contains(key) || !isNew(key)) {
      return;
    }
    List<Alternative> alternatives = new ArrayList<>();
    addEntry(entry, EXACT, alternatives);
    if (CharKind.of(key.charAt(0)) == CharKind.KATAKANA
        && key.length() > 2
        && entry.pages() <= RARE_PAGES
        && entry.aliases().isEmpty()) {
      addSounds(key, alternatives);
    }
    add(alternatives);
  }

  /** A katakana word that no key covers; says whether it made sense of it. */
  boolean addUnknown(String word) {
    if (!isNew(word)) {
      return true;
    }
    List<Alternative> alternatives = new ArrayList<>();
    addCompletions(word, alternatives);
    if (alternatives.isEmpty()) {
      addSounds(word, alternatives);
    }
    return add(alternatives);
  }

  /** What a katakana word that is made of known parts sounds like as a whole. */
  void addSound(String word) {
    if (!isNew(TermDictionary.SOUND + word)) {
      return;
    }
    List<Alternative> alternatives = new ArrayList<>();
    addSounds(word, alternatives);
    add(alternatives);
  }

  /**
   * A word.
   *
   * @param term as a term
   * @param typed as typed, with its capitals
   */
  void addWord(String term, String typed) {
    if (!isNew(term)) {
      return;
    }
    List<Alternative> alternatives = new ArrayList<>();
    Entry entry = dictionary.get(term);
    if (entry != null) {
      addEntry(entry, EXACT, alternatives);
    } else {
      addParts(typed, alternatives);
      if (term.length() >= SHORTEST_PREFIX) {
        addCompletions(term, alternatives);
      }
      if (alternatives.isEmpty()) {
        addSounds(term, alternatives);
      }
    }
    add(alternatives);
  }

  /** Words in a row that are a name, or that a page writes as one: "crash loop back off". */
  void addPhrase(List<String> words) {
    String phrase = join(words, " ");
    if (!isNew(phrase)) {
      return;
    }
    List<Alternative> alternatives = new ArrayList<>();
    Entry name = dictionary.get(phrase);
    if (name != null) {
      addEntry(name, EXACT, alternatives);
    }
    Entry joined = dictionary.get(join(words, ""));
    if (joined != null) {
      addEntry(joined, SYNONYM, alternatives);
    }
    add(alternatives);
  }

  private void addEntry(Entry entry, float weight, List<Alternative> alternatives) {
    if (entry.pages() > 0) {
      addAlternative(entry.key(), weight, alternatives);
    }
    for (String alias : entry.aliases()) {
      addAlternative(alias, weight * SYNONYM, alternatives);
    }
  }

  private void addParts(String typed, List<Alternative> alternatives) {
    List<String> parts = Words.camelCaseParts(typed);
    StringBuilder known = new StringBuilder();
    for (String part : parts) {
      String term = Words.term(part);
      if (parts.size() > 1 && isTerm(dictionary.get(term))) {
        known.append(known.length() == 0 ? "" : " ").append(term);
      }
    }
    if (known.length() > 0) {
      addAlternative(known.toString(), SYNONYM, alternatives);
    }
  }

  private void addCompletions(String prefix, List<Alternative> alternatives) {
    Entry entry = dictionary.after(prefix);
    for (int i = 0; i < MOST_COMPLETIONS; i++) {
      if (entry == null || !entry.key().startsWith(prefix)) {
        return;
      }
      addEntry(entry, PREFIX, alternatives);
      entry = dictionary.after(entry.key());
    }
  }

  private void addSounds(String word, List<Alternative> alternatives) {
    String key = SoundKey.of(word);
    Entry sound = key == null ? null : dictionary.get(TermDictionary.SOUND + key);
    if (sound == null) {
      return;
    }
    for (String alike : sound.aliases()) {
      float similarity = alike.equals(word) ? 0 : SoundKey.similarity(word, alike);
      Entry entry = similarity >= LEAST_SIMILARITY ? dictionary.get(alike) : null;
      if (entry != null) {
        addEntry(entry, similarity >= CLOSE_SIMILARITY ? CLOSE_SOUND : SOUND, alternatives);
      }
    }
  }

  /** Adds one alternative of one or more terms; of two with the same terms the first stays. */
  private void addAlternative(String spaced, float weight, List<Alternative> alternatives) {
    List<String> sequence = split(spaced);
    float each = weight / (float) Math.sqrt(sequence.size());
    for (Alternative alternative : alternatives) {
      if (alternative.terms().equals(sequence)) {
        return;
      }
    }
    if (terms + sequence.size() <= MOST_TERMS) {
      terms += sequence.size();
      alternatives.add(new Alternative(each, sequence));
    }
  }

  private boolean add(List<Alternative> alternatives) {
    if (alternatives.isEmpty()) {
      return false;
    }
    groups.add(new Group(alternatives));
    return true;
  }

  private boolean isNew(String lookedUp) {
    if (seen.contains(lookedUp)) {
      return false;
    }
    seen.add(lookedUp);
    return true;
  }

  private static boolean isTerm(@Nullable Entry entry) {
    return entry != null && entry.pages() > 0;
  }

  private static String join(List<String> words, String separator) {
    StringBuilder joined = new StringBuilder();
    for (String word : words) {
      joined.append(joined.length() == 0 ? "" : separator).append(word);
    }
    return joined.toString();
  }

  private static List<String> split(String spaced) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= spaced.length(); i++) {
      if (i == spaced.length() || spaced.charAt(i) == ' ') {
        parts.add(spaced.substring(start, i));
        start = i + 1;
      }
    }
    return parts;
  }
}
