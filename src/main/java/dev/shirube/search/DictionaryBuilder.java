package dev.shirube.search;

import dev.shirube.search.query.CharKind;
import dev.shirube.search.query.KatakanaStem;
import dev.shirube.search.query.SoundKey;
import dev.shirube.search.query.TermDictionary;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

  /** A sound stands for its most frequent words; the rest are accidents. */
  private static final int MOST_WORDS_OF_A_SOUND = 4;

  private final SortedMap<String, Integer> pages = new TreeMap<>();
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
  void addSurface(String surface, String base) {
    if (surface.length() >= SHORTEST_SURFACE
        && surface.length() <= TermDictionary.MAX_KEY_LENGTH
        && !KatakanaStem.of(surface).equals(base)) {
      bases.computeIfAbsent(surface, key -> new TreeSet<>()).add(base);
    }
  }

  /** Notes the terms of one page. */
  void addPage(Set<String> terms) {
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
    keys.addAll(aliases.keySet());
    List<Entry> entries = new ArrayList<>();
    for (String key : keys) {
      entries.add(new Entry(key, pages.getOrDefault(key, 0), aliases.getOrDefault(key, List.of())));
    }
    entries.addAll(sounds(entries));
    entries.sort(Comparator.comparing(Entry::key));
    return entries;
  }

  private static List<Entry> sounds(List<Entry> words) {
    SortedMap<String, List<Entry>> sounds = new TreeMap<>();
    for (Entry word : words) {
      String key = isSounding(word.key()) ? SoundKey.of(word.key()) : null;
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
    return key.length() >= SHORTEST_SOUNDING && (letters || katakana);
  }
}
