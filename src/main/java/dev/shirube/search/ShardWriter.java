package dev.shirube.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the dictionary of the browser into shards that are loaded one by one.
 *
 * <p>An entry is the length of what its key shares with the key before, as one of {@link
 * PrintableNumbers#SYMBOLS}, the rest of the key, {@code |}, its value and {@code ^}: separators
 * that need no escape in JSON. The first entry of a shard shares nothing.
 *
 * <p>A boundary is the shortest start of a shard's first key that is greater than the last key
 * before; a key is to be looked for in the last shard whose boundary is not greater.
 */
final class ShardWriter {
  /** In UTF-8; found by experiment: larger ones cost bytes a query, smaller ones compress badly. */
  private static final int BYTES = 1_600;

  private final List<String> shards = new ArrayList<>();
  private final List<String> boundaries = new ArrayList<>();
  private final StringBuilder shard = new StringBuilder();
  private int bytes;
  private String before = "";

  /**
   * Adds an entry.
   *
   * @param key greater than the one before, by UTF-16 units
   */
  void add(String key, String value) {
    int shared = StoredDictionary.shared(before, key);
    if (bytes == 0) {
      boundaries.add(shards.isEmpty() ? "" : key.substring(0, key.offsetByCodePoints(shared, 1)));
      shared = 0;
    }
    String line =
        PrintableNumbers.SYMBOLS.charAt(shared) + key.substring(shared) + "|" + value + "^";
    shard.append(line);
    bytes += line.getBytes(StandardCharsets.UTF_8).length;
    before = key;
    if (bytes >= BYTES) {
      end();
    }
  }

  /** The shards, in order. */
  List<String> shards() {
    if (bytes > 0) {
      end();
    }
    return List.copyOf(shards);
  }

  /** The boundaries, in the same order. */
  List<String> boundaries() {
    return List.copyOf(boundaries);
  }

  private void end() {
    shards.add(shard.toString());
    shard.setLength(0);
    bytes = 0;
  }
}
