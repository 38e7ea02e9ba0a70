package dev.shirube.search;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Lucene from advising on standard error to switch on the Vector API, an incubator module
 * which speeds up nearest-neighbour search. There is none here.
 */
final class LuceneLog {
  /** Held, for the log manager forgets loggers that nobody holds. */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  private LuceneLog() {}

  static void silence() {
    VECTORS.setLevel(Level.SEVERE);
  }
}
