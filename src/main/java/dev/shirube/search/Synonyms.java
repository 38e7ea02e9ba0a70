package dev.shirube.search;

import dev.shirube.model.Glossary;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Term;
import dev.shirube.search.query.CharKind;
import dev.shirube.search.query.NameKey;
import dev.shirube.search.query.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Names that mean the same. The names of a term stand for one another; what else readers may type
 * for it ({@code :search-aka:}) leads to the term but not back, for it is often the name of
 * something near: "Docker" should find the container, "container" need not find Docker.
 */
final class Synonyms {
  private static final int SHORTEST_KATAKANA_NAME = 3;

  /** A longer one is a sentence: its page is found by its words. */
  private static final int MOST_WORDS = 4;

  /** Every name, and the names that it stands for. */
  private final SortedMap<String, Set<String>> names = new TreeMap<>();

  Synonyms(List<Page> pages, Glossary glossary) {
    Map<String, List<String>> searchNames =
        pages.stream()
            .filter(page -> page.kind() == PageKind.TERM)
            .collect(Collectors.toMap(Page::path, Page::searchNames, (a, b) -> a));
    for (Term term : glossary.terms()) {
      for (String name : term.names()) {
        names.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(term.names());
      }
      for (String name : searchNames.getOrDefault(term.pagePath(), List.of())) {
        if (isName(name)) {
          names.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(term.names());
        }
      }
    }
  }

  /** Katakana that the tokenizer is not to take apart. */
  SortedSet<String> katakana() {
    SortedSet<String> katakana = new TreeSet<>();
    for (String name : names.keySet()) {
      String normal = TextNormalizer.normalize(name);
      int start = 0;
      for (int i = 0; i <= normal.length(); i++) {
        if (i == normal.length() || CharKind.of(normal.charAt(i)) != CharKind.KATAKANA) {
          if (i - start >= SHORTEST_KATAKANA_NAME) {
            katakana.add(normal.substring(start, i));
          }
          start = i + 1;
        }
      }
    }
    return katakana;
  }

  /** By dictionary key, the term sequences to look for, joined by spaces. */
  SortedMap<String, Set<String>> sequences(TextAnalyzer analyzer) {
    SortedMap<String, Set<String>> sequences = new TreeMap<>();
    names.forEach(
        (name, others) -> {
          String key = NameKey.of(TextNormalizer.normalize(name));
          Set<String> targets = sequences.computeIfAbsent(key, k -> new LinkedHashSet<>());
          for (String other : others) {
            String sequence = String.join(" ", analyzer.sequence(other));
            if (!sequence.isEmpty() && !sequence.equals(key)) {
              targets.add(sequence);
            }
          }
        });
    sequences.keySet().removeIf(key -> key.length() < 2);
    sequences.values().removeIf(Set::isEmpty);
    return sequences;
  }

  /** Neither a sentence nor a phrase with grammar in it. */
  private static boolean isName(String name) {
    boolean hiragana = name.chars().anyMatch(c -> CharKind.of((char) c) == CharKind.HIRAGANA);
    boolean other = name.chars().anyMatch(c -> CharKind.of((char) c) != CharKind.HIRAGANA);
    return !(hiragana && other) && Words.sequence(name).size() <= MOST_WORDS;
  }
}
