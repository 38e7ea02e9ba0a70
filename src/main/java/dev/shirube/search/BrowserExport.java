package dev.shirube.search;

import dev.shirube.model.Navigation;
import dev.shirube.model.PageKind;
import dev.shirube.model.Sha256;
import dev.shirube.model.SiteFile;
import dev.shirube.search.query.Passage;
import dev.shirube.search.query.TermDictionary.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an index for the browser: the same dictionary, postings and lengths as Lucene's, in small
 * files of which a query loads only a few. They are scripts, for a page that is read from disk may
 * load nothing else; each hands its content to the engine, {@link BrowserEngine}.
 *
 * <p>{@code manifest.js} lies beside the engine and names the edition, a folder whose name is a
 * hash of all it holds, so that a browser's cache never mixes two editions. In there:
 *
 * <dl>
 *   <dt>{@code t0.js} …
 *   <dd>the shards of the dictionary ({@link ShardWriter}). The value of a term is its postings,
 *       and behind {@code |} its aliases with {@code ;} between them. Keys behind {@link
 *       TermDictionary#NAME} and {@link TermDictionary#FINGERPRINT} have the pages with that name
 *       or line.
 *   <dt>{@code b0.js} …
 *   <dd>boundaries of the shards, where there are too many for the manifest
 *   <dt>{@code n0.js} …
 *   <dd>kinds and lengths of pages
 *   <dt>{@code p0.js} …
 *   <dd>addresses, titles and places in the navigation of pages
 *   <dt>{@code x0.js} …
 *   <dd>the text of one page
 * </dl>
 *
 * <p>A posting is the distance from the page before, less one, twice, plus one unless the term is
 * in the body once and nowhere else; then follow four times the frequency in the body, plus one
 * where it is in headings, plus two where it is in the title; then those frequencies. All are
 * {@link PrintableNumbers}.
 */
public final class BrowserExport {
  /** The folder of the site that holds it all. */
  public static final String FOLDER = "_search/";

  /** Start keys that are no terms. */
  private static final char NAME = '=';

  private static final char FINGERPRINT = '#';

  /** Boundaries in the manifest, or in one file of boundaries. */
  private static final int MOST_BOUNDARIES = 512;

  private static final int PAGES_OF_LENGTHS = 1_024;
  private static final int PAGES_OF_TITLES = 8;
  private static final int EDITION_LENGTH = 12;
  private static final List<PageKind> KINDS = List.of(PageKind.values());

  private final LeafReader reader;
  private final int pages;
  private final Navigation navigation;
  private final SortedMap<String, Object> files = new TreeMap<>();

  private BrowserExport(LeafReader reader, Navigation navigation) {
    this.reader = reader;
    this.pages = reader.maxDoc() - 1;
    this.navigation = navigation;
  }

  /**
   * The engine, and the files of an index.
   *
   * @param index what {@link Indexer} wrote
   * @throws UncheckedIOException naming the directory, where it holds no readable index
   */
  public static List<SiteFile> of(Path index, Navigation navigation) {
    LuceneLog.silence();
    try (Directory directory = new NIOFSDirectory(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      return new BrowserExport(reader.leaves().get(0).reader(), navigation).files();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the search index in " + index, e);
    }
  }

  private List<SiteFile> files() throws IOException {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("edition", "");
    manifest.put("pages", pages);
    manifest.put("kinds", KINDS.stream().map(PageKind::id).toList());
    manifest.put("fields", fields());
    dictionary(manifest);
    lengths(pages());

    Map<String, String> scripts = new LinkedHashMap<>();
    files.forEach((name, content) -> scripts.put(name, script(content)));
    String edition = edition(scripts, script(manifest));
    manifest.put("edition", edition);
    List<SiteFile> written = new ArrayList<>();
    written.add(file("search.js", BrowserEngine.script()));
    written.add(file("manifest.js", script(manifest)));
    scripts.forEach((name, script) -> written.add(file(edition + "/" + name + ".js", script)));
    return written;
  }

  /** Of each ranked field: the number of pages that have it, their mean length, the weight. */
  private List<List<Number>> fields() throws IOException {
    List<List<Number>> fields = new ArrayList<>();
    for (IndexFields.Ranked field : IndexFields.RANKED) {
      Terms terms = reader.terms(field.name());
      int count = terms == null ? 0 : terms.getDocCount();
      // As BM25Similarity computes it.
      float mean = terms == null ? 1 : (float) (terms.getSumTotalTermFreq() / (double) count);
      fields.add(List.of(count, mean, field.weight()));
    }
    return fields;
  }

  private void dictionary(Map<String, Object> manifest) throws IOException {
    SortedMap<String, String> values = new TreeMap<>();
    for (Entry entry : StoredDictionary.of(reader).entries()) {
      String aliases = String.join(";", entry.aliases());
      String value = entry.pages() == 0 ? "" : postings(entry.key());
      values.put(entry.key(), aliases.isEmpty() ? value : value + "|" + aliases);
    }
    addPagesOf(IndexFields.NAME, NAME, values);
    addPagesOf(IndexFields.FINGERPRINT, FINGERPRINT, values);
    ShardWriter writer = new ShardWriter();
    values.forEach(writer::add);
    List<String> shards = writer.shards();
    for (int i = 0; i < shards.size(); i++) {
      files.put("t" + i, shards.get(i));
    }
    List<String> boundaries = writer.boundaries();
    manifest.put("shards", shards.size());
    if (boundaries.size() <= MOST_BOUNDARIES) {
      manifest.put("boundaries", boundaries);
      return;
    }
    List<String> ofBoundaries = new ArrayList<>();
    for (List<String> some : parts(boundaries, MOST_BOUNDARIES)) {
      files.put("b" + ofBoundaries.size(), some);
      ofBoundaries.add(some.get(0));
    }
    manifest.put("blocks", ofBoundaries);
    manifest.put("block", MOST_BOUNDARIES);
  }

  /** The postings of a term in all ranked fields. */
  private String postings(String key) throws IOException {
    Term[] terms = new Term[IndexFields.RANKED.size()];
    PostingsEnum[] fields = new PostingsEnum[terms.length];
    int[] frequencies = new int[terms.length];
    for (int i = 0; i < terms.length; i++) {
      fields[i] = reader.postings(new Term(IndexFields.RANKED.get(i).name(), key));
      if (fields[i] != null) {
        fields[i].nextDoc();
      }
    }
    StringBuilder out = new StringBuilder();
    int before = -1;
    for (int page = first(fields); page != DocIdSetIterator.NO_MORE_DOCS; page = first(fields)) {
      for (int i = 0; i < fields.length; i++) {
        PostingsEnum field = fields[i];
        boolean has = field != null && field.docID() == page;
        frequencies[i] = has ? field.freq() : 0;
        if (has) {
          field.nextDoc();
        }
      }
      append(page - before - 1, frequencies, out);
      before = page;
    }
    return out.toString();
  }

  private static int first(@Nullable PostingsEnum[] fields) {
    int first = DocIdSetIterator.NO_MORE_DOCS;
    for (PostingsEnum field : fields) {
      first = field == null ? first : Math.min(first, field.docID());
    }
    return first;
  }

  private static void append(int distance, int[] frequencies, StringBuilder out) {
    int body = frequencies[0];
    int heading = frequencies[1];
    int title = frequencies[2];
    boolean plain = body == 1 && heading == 0 && title == 0;
    PrintableNumbers.append(distance * 2 + (plain ? 0 : 1), out);
    if (plain) {
      return;
    }
    PrintableNumbers.append(body * 4 + (heading > 0 ? 1 : 0) + (title > 0 ? 2 : 0), out);
    if (heading > 0) {
      PrintableNumbers.append(heading, out);
    }
    if (title > 0) {
      PrintableNumbers.append(title, out);
    }
  }

  /** Adds the terms of a field that only says which pages have them. */
  private void addPagesOf(String field, char mark, Map<String, String> values) throws IOException {
    Terms terms = reader.terms(field);
    if (terms == null) {
      return;
    }
    int[] once = {1, 0, 0};
    TermsEnum all = terms.iterator();
    for (BytesRef term = all.next(); term != null; term = all.next()) {
      StringBuilder out = new StringBuilder();
      int before = -1;
      PostingsEnum postings = all.postings(null, PostingsEnum.NONE);
      while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        append(postings.docID() - before - 1, once, out);
        before = postings.docID();
      }
      values.put(mark + term.utf8ToString(), out.toString());
    }
  }

  /** Writes titles and texts; returns the kinds of the pages, a digit each. */
  private String pages() throws IOException {
    StringBuilder kinds = new StringBuilder();
    List<List<Object>> titles = new ArrayList<>();
    StoredFields stored = reader.storedFields();
    for (int at = 0; at < pages; at++) {
      PageDocument page = PageDocument.of(stored.document(at));
      kinds.append(KINDS.indexOf(page.kind()));
      List<String> trail =
          navigation.trail(page.url()).stream().map(Navigation.Entry::text).toList();
      titles.add(List.of(page.url(), page.title(), trail));
      List<List<String>> sections = new ArrayList<>();
      for (int i = 0; i < page.anchors().size(); i++) {
        Passage passage = page.passages().get(i);
        sections.add(List.of(page.anchors().get(i), passage.heading(), passage.text()));
      }
      files.put("x" + at, List.of(page.description(), sections));
    }
    int n = 0;
    for (List<List<Object>> chunk : parts(titles, PAGES_OF_TITLES)) {
      files.put("p" + n++, chunk);
    }
    return kinds.toString();
  }

  /** Lengths are as Lucene rounds them to store them in a byte. */
  private void lengths(String kinds) throws IOException {
    for (int start = 0, n = 0; start < pages; start += PAGES_OF_LENGTHS, n++) {
      int end = Math.min(pages, start + PAGES_OF_LENGTHS);
      List<String> chunk = new ArrayList<>();
      chunk.add(kinds.substring(start, end));
      for (IndexFields.Ranked field : IndexFields.RANKED) {
        NumericDocValues norms = reader.getNormValues(field.name());
        StringBuilder lengths = new StringBuilder();
        for (int page = start; page < end; page++) {
          boolean has = norms != null && norms.advanceExact(page);
          PrintableNumbers.append(
              has ? SmallFloat.byte4ToInt((byte) norms.longValue()) : 0, lengths);
        }
        chunk.add(lengths.toString());
      }
      files.put("n" + n, chunk);
    }
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += size) {
      parts.add(all.subList(i, Math.min(i + size, all.size())));
    }
    return parts;
  }

  private static String script(Object content) {
    return "shirube(" + JsonMapper.shared().writeValueAsString(content) + ")\n";
  }

  private static String edition(Map<String, String> scripts, String manifest) {
    MessageDigest digest = Sha256.digest();
    digest.update(manifest.getBytes(StandardCharsets.UTF_8));
    scripts.forEach(
        (name, script) -> digest.update((name + script).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest()).substring(0, EDITION_LENGTH);
  }

  private static SiteFile file(String path, String content) {
    return new SiteFile.Text(FOLDER + path, "the search", content);
  }
}
