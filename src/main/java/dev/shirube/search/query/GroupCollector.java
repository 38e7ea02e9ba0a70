package dev.shirube.search.query;

import dev.shirube.search.query.ParsedQuery.Alternative;
import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Of the completions that are looked at, the most frequent are taken. */
  private static final int MOST_COMPLETIONS = 60;

  private static final int MOST_TAKEN_COMPLETIONS = 20;

  /** Consonants that a slip leaves alone; sounds that begin so are compared one by one. */
  private static final int SAME_CONSONANTS = 2;

  private static final int MOST_NEAR_SOUNDS = 120;

  /** More words do not find the page better, but each costs a look into the dictionary. */
  private static final int MOST_GROUPS = 32;

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

  /** Whether the rest of a query can be left out. */
  boolean isFull() {
    return groups.size() >= MOST_GROUPS;
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
   * @return what it was taken for: {@code term}, unless that is misspelt
   */
  String addWord(String term, String typed) {
    Entry entry = dictionary.get(term);
    if (!isNew(term)) {
      return term;
    }
    List<Alternative> alternatives = new ArrayList<>();
    String takenFor = term;
    if (entry != null) {
      addEntry(entry, EXACT, alternatives);
    } else {
      addParts(typed, alternatives);
      if (term.length() >= SHORTEST_PREFIX) {
        addCompletions(term, alternatives);
      }
      if (alternatives.isEmpty()) {
        addSounds(term, alternatives);
        takenFor = alternatives.isEmpty() ? term : alternatives.get(0).terms().get(0);
      }
    }
    add(alternatives);
    return takenFor;
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
    List<Entry> completions = dictionary.completions(prefix, MOST_COMPLETIONS);
    int taken = Math.min(completions.size(), MOST_TAKEN_COMPLETIONS);
    for (Entry entry : completions.subList(0, taken)) {
      addEntry(entry, PREFIX, alternatives);
    }
  }

  private void addSounds(String word, List<Alternative> alternatives) {
    String key = SoundKey.of(word);
    if (key == null) {
      return;
    }
    Entry sound = dictionary.get(TermDictionary.SOUND + key);
    if (sound != null) {
      addAlike(sound, word, LEAST_SIMILARITY, alternatives);
    }
    if (alternatives.isEmpty()) {
      String beginning = TermDictionary.SOUND + key.substring(0, SAME_CONSONANTS);
      for (Entry near : dictionary.completions(beginning, MOST_NEAR_SOUNDS)) {
        addAlike(near, word, CLOSE_SIMILARITY, alternatives);
      }
    }
  }

  private void addAlike(Entry sound, String word, float least, List<Alternative> alternatives) {
    List<String> words = new ArrayList<>(sound.aliases());
    // Of two ways to one term the first counts, which should be the closer one.
    words.sort(Comparator.comparingDouble(alike -> -SoundKey.similarity(word, alike)));
    for (String alike : words) {
      float similarity = alike.equals(word) ? 0 : SoundKey.similarity(word, alike);
      Entry entry = similarity >= least ? dictionary.get(alike) : null;
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

  static String join(List<String> words, String separator) {
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
