package dev.shirube.search.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an index, sorted by UTF-16 units: its terms, other names for terms, inflected forms,
 * and, behind {@link #SOUND}, what terms sound like.
 *
 * <p>A dictionary that is loaded in parts may answer null for a part that it lacks, note the part,
 * and be asked the whole query again when the part has come.
 */
public interface TermDictionary {

  /** Starts the key of a sound: {@link SoundKey}. No term contains it. */
  char SOUND = '~';

  /** No key is longer, in UTF-16 units. */
  int MAX_KEY_LENGTH = 64;

  /** The entry with the greatest key that is not greater than {@code key}. */
  @Nullable Entry floor(String key);

  /** The entry that follows {@code key}, whether or not {@code key} is in the dictionary. */
  @Nullable Entry after(String key);

  /** The entry with exactly that key. */
  default @Nullable Entry get(String key) {
    Entry entry = floor(key);
    return entry != null && entry.key().equals(key) ? entry : null;
  }

  /** The entry with the longest key that {@code text} starts with. */
  default @Nullable Entry longestPrefixOf(String text) {
    String rest = text.length() > MAX_KEY_LENGTH ? text.substring(0, MAX_KEY_LENGTH) : text;
    while (!rest.isEmpty()) {
      Entry entry = floor(rest);
      if (entry == null) {
        return null;
      }
      // Every key between this one and `rest` is smaller than it, so a prefix of `rest` that is
      // also a key can be no longer than what the two share.
      int shared = commonPrefix(entry.key(), rest);
      if (shared == entry.key().length()) {
        return entry;
      }
      rest = rest.substring(0, shared);
    }
    return null;
  }

  /**
   * The entries whose keys are longer than {@code prefix} and begin with it, the most frequent
   * first.
   *
   * @param most so many are looked at, in the order of their keys
   */
  default List<Entry> completions(String prefix, int most) {
    List<Entry> entries = new ArrayList<>();
    Entry entry = after(prefix);
    while (entry != null && entries.size() < most && entry.key().startsWith(prefix)) {
      entries.add(entry);
      entry = after(entry.key());
    }
    entries.sort(Comparator.comparingInt(Entry::pages).reversed());
    return entries;
  }

  private static int commonPrefix(String a, String b) {
    int max = Math.min(a.length(), b.length());
    int i = 0;
    while (i < max && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /**
   * A key and what it stands for.
   *
   * @param key lower case, normalised
   * @param pages the number of pages that contain the key as a term; 0 where it is only another
   *     name
   * @param aliases what else to look for, most important first: for a name, term sequences joined
   *     by spaces; for a sound, keys
   */
  record Entry(String key, int pages, List<String> aliases) {

    public Entry {
      aliases = List.copyOf(aliases);
    }
  }
}
