package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShardWriterTest {

  @Test
  void keysShareTheirBeginnings() {
    ShardWriter writer = new ShardWriter();
    writer.add("pod", "A");
    writer.add("podman", "B|x");
    writer.add("proxy", "");
    assertEquals(List.of("!pod|A^%man|B|x^#roxy|^"), writer.shards());
    assertEquals(List.of(""), writer.boundaries());
  }

  @Test
  void everyKeyLiesInTheShardThatItsBoundariesName() {
    SortedMap<String, String> entries = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      entries.put("キー" + Integer.toString(i * 7_919, 36), "v" + i);
    }
    ShardWriter writer = new ShardWriter();
    entries.forEach(writer::add);
    List<String> shards = writer.shards();
    List<String> boundaries = writer.boundaries();
    assertEquals(shards.size(), boundaries.size());
    assertTrue(shards.size() > 10);

    SortedMap<String, String> read = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      for (Map.Entry<String, String> entry : entries(shards.get(i))) {
        assertTrue(entry.getKey().compareTo(boundaries.get(i)) >= 0, entry.getKey());
        assertTrue(
            i + 1 == shards.size() || entry.getKey().compareTo(boundaries.get(i + 1)) < 0,
            entry.getKey());
        read.put(entry.getKey(), entry.getValue());
      }
    }
    assertEquals(entries, read);
  }

  @Test
  void shardsAreOfOneSize() {
    ShardWriter writer = new ShardWriter();
    for (int i = 10_000; i < 12_000; i++) {
      writer.add("key" + i, "value");
    }
    List<String> shards = writer.shards();
    for (String shard : shards.subList(0, shards.size() - 1)) {
      int bytes = shard.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes >= 1_600 && bytes < 1_700, "" + bytes);
    }
  }

  @Test
  void nothingMakesNoShard() {
    ShardWriter writer = new ShardWriter();
    assertEquals(List.of(), writer.shards());
    assertEquals(List.of(), writer.boundaries());
  }

  private static List<Map.Entry<String, String>> entries(String shard) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    String key = "";
    for (String line : shard.split("\\^")) {
      int end = line.indexOf('|');
      int shared = PrintableNumbers.SYMBOLS.indexOf(line.charAt(0));
      key = key.substring(0, shared) + line.substring(1, end);
      entries.add(Map.entry(key, line.substring(end + 1)));
    }
    return entries;
  }
}
