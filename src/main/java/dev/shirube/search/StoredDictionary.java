package dev.shirube.search;

import dev.shirube.search.query.TermDictionary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary as it lies in the index, and as it is read: in blocks, so that opening it costs
 * nothing and a query reads only the few blocks that it asks for.
 *
 * <p>The number of entries, the number of blocks, where each block ends (bytes from the start of
 * the first, four each), the blocks. An entry of a block is the length of what its key shares with
 * the one before in the block, the rest of the key, the number of pages, the number of aliases, the
 * aliases. Numbers are Lucene's variable-length integers, strings its UTF-8 with the length before.
 */
final class StoredDictionary implements TermDictionary {
  private static final int BLOCK_ENTRIES = 32;

  private final BytesRef bytes;
  private final int size;
  private final int[] starts;
  private final Entry[] @Nullable [] blocks;

  private StoredDictionary(BytesRef bytes, int size, int[] starts) {
    this.bytes = bytes;
    this.size = size;
    this.starts = starts;
    this.blocks = new Entry[starts.length][];
  }

  /**
   * Writes entries.
   *
   * @param entries sorted by key, none twice
   */
  static BytesRef write(List<Entry> entries) throws IOException {
    ByteBuffersDataOutput blocks = new ByteBuffersDataOutput();
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    out.writeVInt(entries.size());
    out.writeVInt((entries.size() + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES);
    for (int i = 0; i < entries.size(); i += BLOCK_ENTRIES) {
      writeBlock(entries.subList(i, Math.min(i + BLOCK_ENTRIES, entries.size())), blocks);
      out.writeInt(Math.toIntExact(blocks.size()));
    }
    blocks.copyTo(out);
    return new BytesRef(out.toArrayCopy());
  }

  /** Reads what {@link #write} wrote; keeps {@code bytes}. */
  static StoredDictionary read(BytesRef bytes) {
    ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    int size = in.readVInt();
    int[] starts = new int[in.readVInt()];
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = end;
      end = in.readInt();
    }
    for (int i = 0; i < starts.length; i++) {
      starts[i] += in.getPosition();
    }
    return new StoredDictionary(bytes, size, starts);
  }

  /** Reads the dictionary of an index: it lies with the last document, behind the pages. */
  static StoredDictionary of(LeafReader index) throws IOException {
    BinaryDocValues values = DocValues.getBinary(index, IndexFields.DICTIONARY);
    if (!values.advanceExact(index.maxDoc() - 1)) {
      throw new CorruptIndexException("no dictionary", IndexFields.DICTIONARY);
    }
    return read(values.binaryValue());
  }

  @Override
  public @Nullable Entry floor(String key) {
    int at = indexOfFloor(key);
    return at < 0 ? null : entry(at);
  }

  @Override
  public @Nullable Entry after(String key) {
    int at = indexOfFloor(key) + 1;
    return at == size ? null : entry(at);
  }

  /** All entries, in order. */
  List<Entry> entries() {
    return IntStream.range(0, size).mapToObj(this::entry).toList();
  }

  private int indexOfFloor(String key) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (block(middle)[0].key().compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0) {
      return -1;
    }
    Entry[] block = block(high);
    int i = block.length - 1;
    while (block[i].key().compareTo(key) > 0) {
      i--;
    }
    return high * BLOCK_ENTRIES + i;
  }

  private Entry entry(int at) {
    return block(at / BLOCK_ENTRIES)[at % BLOCK_ENTRIES];
  }

  /** Several threads may read one block at once; they get equal ones. */
  private Entry[] block(int at) {
    Entry @Nullable [] block = blocks[at];
    if (block == null) {
      int start = starts[at];
      int end = bytes.offset + bytes.length;
      ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, start, end - start);
      try {
        block = readBlock(in, Math.min(BLOCK_ENTRIES, size - at * BLOCK_ENTRIES));
      } catch (IOException e) {
        throw new UncheckedIOException("an array cannot fail to be read", e);
      }
      blocks[at] = block;
    }
    return block;
  }

  private static void writeBlock(List<Entry> entries, ByteBuffersDataOutput out)
      throws IOException {
    String before = "";
    for (Entry entry : entries) {
      int shared = shared(before, entry.key());
      out.writeVInt(shared);
      out.writeString(entry.key().substring(shared));
      out.writeVInt(entry.pages());
      out.writeVInt(entry.aliases().size());
      for (String alias : entry.aliases()) {
        out.writeString(alias);
      }
      before = entry.key();
    }
  }

  private static Entry[] readBlock(ByteArrayDataInput in, int length) throws IOException {
    Entry[] block = new Entry[length];
    String key = "";
    for (int i = 0; i < length; i++) {
      key = key.substring(0, in.readVInt()).concat(in.readString());
      int pages = in.readVInt();
      List<String> aliases = new ArrayList<>();
      for (int n = in.readVInt(); n > 0; n--) {
        aliases.add(in.readString());
      }
      block[i] = new Entry(key, pages, aliases);
    }
    return block;
  }

  /** The length of the common start; never half a surrogate pair, which UTF-8 cannot hold. */
  static int shared(String a, String b) {
    int max = Math.min(a.length(), b.length());
    int i = 0;
    while (i < max && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i > 0 && Character.isHighSurrogate(a.charAt(i - 1)) ? i - 1 : i;
  }
}
