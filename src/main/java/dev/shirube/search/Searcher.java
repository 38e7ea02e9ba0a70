package dev.shirube.search;

import dev.shirube.model.Hit;
import dev.shirube.model.PageKind;
import dev.shirube.search.query.NearestTerms;
import dev.shirube.search.query.ParsedQuery;
import dev.shirube.search.query.PassageFinder;
import dev.shirube.search.query.QueryParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.jspecify.annotations.Nullable;

/** Answers queries from an index; may be used by several threads. */
public final class Searcher implements Closeable {
  private final Path path;
  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher lucene;
  private final StoredDictionary dictionary;
  private final int pages;

  private Searcher(Path path, Directory directory, DirectoryReader reader) throws IOException {
    this.path = path;
    this.directory = directory;
    this.reader = reader;
    this.lucene = new IndexSearcher(reader);
    this.pages = reader.maxDoc() - 1;
    this.dictionary = StoredDictionary.of(reader.leaves().get(0).reader());
  }

  /**
   * Opens what {@link Indexer} wrote.
   *
   * @throws UncheckedIOException naming the directory, where it holds no readable index
   */
  public static Searcher open(Path path) {
    try {
      LuceneLog.silence();
      // Not FSDirectory.open: mapping memory costs a fresh JVM more than all the rest of a query.
      Directory directory = new NIOFSDirectory(path);
      try {
        return new Searcher(path, directory, DirectoryReader.open(directory));
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * The best pages for a query, best first; none where nothing in it is known.
   *
   * @param query as typed, or lines pasted from a log
   * @param limit the most hits to return, at least 1
   */
  public List<Hit> search(String query, int limit) {
    return search(query, limit, null);
  }

  /**
   * The best pages of a kind.
   *
   * @param kind null for any
   */
  public List<Hit> search(String query, int limit, @Nullable PageKind kind) {
    ParsedQuery parsed = QueryParser.parse(dictionary, TextNormalizer.normalize(query));
    PassageFinder passages = new PassageFinder(parsed, dictionary, pages);
    Query error = LuceneQueries.ofFingerprints(parsed.fingerprints());
    List<Hit> hits = new ArrayList<>();
    try {
      for (ScoreDoc match : lucene.search(LuceneQueries.of(parsed, kind), limit).scoreDocs) {
        boolean matchesError =
            !parsed.fingerprints().isEmpty() && lucene.explain(error, match.doc).isMatch();
        hits.add(hit(match, matchesError, passages));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return hits;
  }

  /** Words of the index that begin like the words of a query that found nothing, best first. */
  public List<String> nearestTerms(String query) {
    return NearestTerms.of(dictionary, TextNormalizer.normalize(query));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }

  private Hit hit(ScoreDoc match, boolean matchesError, PassageFinder passages) throws IOException {
    PageDocument page = PageDocument.of(lucene.storedFields().document(match.doc));
    int best = page.passages().isEmpty() ? -1 : passages.best(page.passages());
    String anchor = best < 0 ? "" : page.anchors().get(best);
    String text = best < 0 ? "" : page.passages().get(best).text();
    return new Hit(
        anchor.isEmpty() ? page.url() : page.url() + "#" + anchor,
        page.title(),
        anchor.isEmpty() ? "" : page.passages().get(best).heading(),
        page.kind(),
        match.score,
        matchesError,
        passages.excerpt(text.isBlank() ? page.description() : text, Hit.MARK_START, Hit.MARK_END));
  }

  private static UncheckedIOException unreadable(Path path, IOException cause) {
    return new UncheckedIOException("cannot read the search index in " + path, cause);
  }
}
