package dev.shirube.search;

import dev.shirube.search.TextAnalyzer.Token;
import dev.shirube.search.query.CharKind;
import dev.shirube.search.query.KatakanaStem;
import dev.shirube.search.query.SoundKey;
import dev.shirube.search.query.TermDictionary;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what the query core may look up. */
final class DictionaryBuilder {
  private static final int SHORTEST_SURFACE = 2;
  private static final int SHORTEST_SOUNDING = 3;

  /** In Latin letters; longer words are made of several, which are keys of their own. */
  private static final int LONGEST_SOUNDING = 16;

  /** A sound stands for its most frequent words; the rest are accidents. */
  private static final int MOST_WORDS_OF_A_SOUND = 4;

  /**
   * In a small wiki most words are on one page only, and are worth their bytes; in a large one they
   * are the bulk of the dictionary and hardly ever asked for.
   */
  private static final int LARGE_WIKI_PAGES = 200;

  private final SortedMap<String, Integer> pages = new TreeMap<>();
  private final Set<String> titles = new HashSet<>();
  private final Set<String> simple = new HashSet<>();
  private int pageCount;
  private final SortedMap<String, SortedSet<String>> bases = new TreeMap<>();
  private final Map<String, ? extends Collection<String>> synonyms;

  /**
   * Begins with the names of the glossary.
   *
   * @param synonyms by key, the term sequences to look for
   */
  DictionaryBuilder(Map<String, Set<String>> synonyms) {
    this.synonyms = synonyms;
  }

  /** Notes how a term was written. */
  void addToken(Token token) {
    String surface = token.surface();
    String base = token.term();
    if (!token.compound()) {
      simple.add(base);
    }
    if (surface.length() >= SHORTEST_SURFACE
        && surface.length() <= TermDictionary.MAX_KEY_LENGTH
        && !KatakanaStem.of(surface).equals(base)) {
      bases.computeIfAbsent(surface, key -> new TreeSet<>()).add(base);
    }
  }

  /**
   * Notes the terms of one page.
   *
   * @param title those of its title, which are also among {@code terms}
   */
  void addPage(Set<String> title, Set<String> terms) {
    pageCount++;
    titles.addAll(title);
    for (String term : terms) {
      pages.merge(term, 1, Integer::sum);
    }
  }

  /** All entries, sorted by key. */
  List<Entry> entries() {
    SortedMap<String, List<String>> aliases = new TreeMap<>();
    bases.forEach(
        (surface, terms) -> {
          if (!pages.containsKey(surface)) {
            aliases.computeIfAbsent(surface, key -> new ArrayList<>()).addAll(terms);
          }
        });
    synonyms.forEach(
        (key, sequences) -> aliases.computeIfAbsent(key, k -> new ArrayList<>()).addAll(sequences));
    SortedSet<String> keys = new TreeSet<>(pages.keySet());
    keys.removeIf(key -> isRare(key) && !simple.contains(key));
    keys.addAll(aliases.keySet());
    List<Entry> entries = new ArrayList<>();
    for (String key : keys) {
      entries.add(new Entry(key, pages.getOrDefault(key, 0), aliases.getOrDefault(key, List.of())));
    }
    entries.addAll(sounds(entries));
    entries.sort(Comparator.comparing(Entry::key));
    return entries;
  }

  /** Whether a term matters so little that its parts, or its right spelling, must do to find it. */
  private boolean isRare(String term) {
    return pageCount >= LARGE_WIKI_PAGES
        && pages.getOrDefault(term, 0) == 1
        && !titles.contains(term);
  }

  private List<Entry> sounds(List<Entry> words) {
    SortedMap<String, List<Entry>> sounds = new TreeMap<>();
    for (Entry word : words) {
      boolean known = !isRare(word.key()) || !word.aliases().isEmpty();
      String key = known && isSounding(word.key()) ? SoundKey.of(word.key()) : null;
      if (key != null) {
        sounds.computeIfAbsent(key, k -> new ArrayList<>()).add(word);
      }
    }
    List<Entry> entries = new ArrayList<>();
    sounds.forEach(
        (key, alike) ->
            entries.add(
                new Entry(
                    TermDictionary.SOUND + key,
                    0,
                    alike.stream()
                        .sorted(Comparator.comparingInt(Entry::pages).reversed())
                        .limit(MOST_WORDS_OF_A_SOUND)
                        .map(Entry::key)
                        .toList())));
    return entries;
  }

  /** One word in ASCII letters or in katakana. */
  private static boolean isSounding(String key) {
    boolean letters = key.chars().allMatch(c -> c >= 'a' && c <= 'z');
    boolean katakana = key.chars().allMatch(c -> CharKind.of((char) c) == CharKind.KATAKANA);
    return key.length() >= SHORTEST_SOUNDING
        && ((letters && key.length() <= LONGEST_SOUNDING) || katakana);
  }
}
