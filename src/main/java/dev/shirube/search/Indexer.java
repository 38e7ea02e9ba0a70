package dev.shirube.search;

import dev.shirube.model.Glossary;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.search.TextAnalyzer.Token;
import dev.shirube.search.query.LogFingerprint;
import dev.shirube.search.query.NameKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Writes the index: one document for each page in the order given, and one for the dictionary. */
public final class Indexer {
  /** A fixed number, for a limit in bytes would depend on the JVM. */
  private static final int PAGES_IN_MEMORY = 10_000;

  /** A longer name is nobody's whole query. */
  private static final int LONGEST_NAME = 40;

  private static final FieldType COUNTED = new FieldType();

  static {
    COUNTED.setTokenized(true);
    COUNTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    COUNTED.freeze();
  }

  private final Path directory;

  /**
   * An index that does not exist yet, or that is to be replaced.
   *
   * @param directory made where it is missing
   */
  public Indexer(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes a fresh index in place of the old one. The same pages give the same bytes.
   *
   * @throws UncheckedIOException naming the directory, where it cannot be written
   */
  public void index(List<Page> pages, Glossary glossary) {
    LuceneLog.silence();
    Synonyms synonyms = new Synonyms(pages, glossary);
    try (Directory memory = new ByteBuffersDirectory();
        TextAnalyzer analyzer = new TextAnalyzer(synonyms.katakana())) {
      IndexWriterConfig config =
          new IndexWriterConfig(new KeywordAnalyzer())
              .setMergeScheduler(new SerialMergeScheduler())
              .setUseCompoundFile(false)
              .setMaxBufferedDocs(PAGES_IN_MEMORY)
              .setRAMBufferSizeMB(IndexWriterConfig.DISABLE_AUTO_FLUSH);
      try (IndexWriter writer = new IndexWriter(memory, config)) {
        DictionaryBuilder dictionary = new DictionaryBuilder(synonyms.sequences(analyzer));
        for (Page page : pages) {
          writer.addDocument(document(page, analyzer, dictionary));
        }
        Document last = new Document();
        last.add(
            new BinaryDocValuesField(
                IndexFields.DICTIONARY, StoredDictionary.write(dictionary.entries())));
        writer.addDocument(last);
        writer.forceMerge(1);
      }
      new ReproducibleCopy(memory).to(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the search index to " + directory, e);
    }
  }

  private static Document document(Page page, TextAnalyzer analyzer, DictionaryBuilder dictionary) {
    TermCounts title = new TermCounts();
    TermCounts heading = new TermCounts();
    TermCounts body = new TermCounts();
    Set<String> names = new TreeSet<>();
    Set<String> fingerprints = new TreeSet<>();
    count(page.title(), analyzer, dictionary, title);
    count(lastFolderOrFile(page.url()), analyzer, dictionary, heading);
    count(page.description(), analyzer, dictionary, body);
    addTitle(page.title(), names);
    for (String name : page.searchNames()) {
      addName(name, names);
      count(name, analyzer, dictionary, heading);
      addFingerprints(page, name, fingerprints);
    }
    for (Section section : page.sections()) {
      if (!section.anchor().isEmpty()) {
        count(section.heading(), analyzer, dictionary, heading);
      }
      count(PageDocument.text(section), analyzer, dictionary, body);
      addFingerprints(page, section.logs(), fingerprints);
    }
    Set<String> terms = new TreeSet<>(title.terms());
    terms.addAll(heading.terms());
    terms.addAll(body.terms());
    dictionary.addPage(title.terms(), terms);

    Document document = new Document();
    add(IndexFields.TITLE, title, document);
    add(IndexFields.HEADING, heading, document);
    add(IndexFields.BODY, body, document);
    document.add(new StringField(IndexFields.KIND, page.kind().id(), Field.Store.YES));
    for (String name : names) {
      document.add(new StringField(IndexFields.NAME, name, Field.Store.NO));
    }
    for (String fingerprint : fingerprints) {
      document.add(new StringField(IndexFields.FINGERPRINT, fingerprint, Field.Store.NO));
    }
    PageDocument.store(page, document);
    return document;
  }

  private static void count(
      String text, TextAnalyzer analyzer, DictionaryBuilder dictionary, TermCounts counts) {
    for (Token token : analyzer.tokens(text)) {
      counts.add(token.term());
      dictionary.addToken(token);
    }
  }

  private static void add(String field, TermCounts counts, Document document) {
    if (!counts.isEmpty()) {
      document.add(new Field(field, counts.stream(), COUNTED));
    }
  }

  /** What stands in brackets behind a name is another one: Namespace(名前空間). */
  private static void addTitle(String title, Set<String> names) {
    addName(title, names);
    String normal = TextNormalizer.normalize(title).strip();
    int bracket = normal.indexOf('(');
    if (bracket > 0 && normal.indexOf(')') == normal.length() - 1) {
      addName(normal.substring(0, bracket), names);
      addName(normal.substring(bracket), names);
    }
  }

  private static void addName(String name, Set<String> names) {
    String key = NameKey.of(TextNormalizer.normalize(name));
    if (!key.isEmpty() && key.length() <= LONGEST_NAME) {
      names.add(key);
    }
  }

  private static void addFingerprints(Page page, String lines, Set<String> fingerprints) {
    if (page.kind() == PageKind.CASE) {
      lines.lines().forEach(line -> fingerprints.addAll(LogFingerprint.of(line).shingles()));
    }
  }

  /** English in a URL often names what a Japanese title translates. */
  private static String lastFolderOrFile(String url) {
    String name = url.endsWith(".html") ? url.substring(0, url.length() - 5) : url;
    if (name.equals("index")) {
      return "";
    }
    if (name.endsWith("/index")) {
      name = name.substring(0, name.length() - 6);
    }
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
