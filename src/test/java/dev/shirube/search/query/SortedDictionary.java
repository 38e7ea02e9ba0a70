package dev.shirube.search.query;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A dictionary for tests that need no index. */
final class SortedDictionary implements TermDictionary {
  private final NavigableMap<String, Entry> entries = new TreeMap<>();

  SortedDictionary terms(String... terms) {
    for (String term : terms) {
      entries.put(term, new Entry(term, 10, List.of()));
    }
    return this;
  }

  SortedDictionary alias(String key, String... aliases) {
    int pages = entries.containsKey(key) ? 10 : 0;
    entries.put(key, new Entry(key, pages, List.of(aliases)));
    return this;
  }

  @Override
  public @Nullable Entry floor(String key) {
    return valueOf(entries.floorEntry(key));
  }

  @Override
  public @Nullable Entry after(String key) {
    return valueOf(entries.higherEntry(key));
  }

  private static @Nullable Entry valueOf(Map.@Nullable Entry<String, Entry> entry) {
    return entry == null ? null : entry.getValue();
  }
}
