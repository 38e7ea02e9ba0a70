package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.shirube.search.query.TermDictionary;
import dev.shirube.search.query.TermDictionary.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDictionaryTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 64, 1000})
  void whatIsWrittenIsRead(int size) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(new Entry("用語" + i, i, i % 3 == 0 ? List.of("a", "b c") : List.of()));
    }
    entries.sort(Comparator.comparing(Entry::key));
    List<Entry> read = new ArrayList<>();
    TermDictionary dictionary = dictionary(entries);
    for (Entry e = dictionary.after(""); e != null; e = dictionary.after(e.key())) {
      read.add(e);
    }
    assertEquals(entries, read);
    for (Entry entry : entries) {
      assertEquals(entry, dictionary.get(entry.key()));
      assertEquals(entry, dictionary.floor(entry.key() + "!"));
    }
  }

  @Test
  void theFloorOfTheFirstIsNothing() throws IOException {
    TermDictionary dictionary = dictionary(entries("b", "d"));
    assertNull(dictionary.floor("a"));
    assertEquals("b", key(dictionary.floor("c")));
    assertEquals("d", key(dictionary.after("b")));
    assertNull(dictionary.after("d"));
    assertNull(dictionary.get("c"));
  }

  @Test
  void theLongestPrefixIsFoundPastKeysThatLieBetween() throws IOException {
    TermDictionary dictionary = dictionary(entries("コン", "コンテキスト", "コンテスト", "コンテナ", "コントロール"));
    assertEquals("コンテナ", key(dictionary.longestPrefixOf("コンテナイメージ")));
    assertEquals("コン", key(dictionary.longestPrefixOf("コンテ")));
    assertEquals("コン", key(dictionary.longestPrefixOf("コンパイル")));
    assertNull(dictionary.longestPrefixOf("イメージ"));
    assertNull(dictionary.longestPrefixOf(""));
  }

  @Test
  void halfASurrogatePairIsNotShared() throws IOException {
    TermDictionary dictionary = dictionary(entries("\uD842\uDFB6", "\uD842\uDFB7"));
    assertEquals("\uD842\uDFB7", key(dictionary.after("\uD842\uDFB6")));
  }

  private static @Nullable String key(@Nullable Entry entry) {
    return entry == null ? null : entry.key();
  }

  private static List<Entry> entries(String... keys) {
    return Arrays.stream(keys).map(key -> new Entry(key, 1, List.of())).toList();
  }

  private static TermDictionary dictionary(List<Entry> entries) throws IOException {
    return StoredDictionary.read(StoredDictionary.write(entries));
  }
}
