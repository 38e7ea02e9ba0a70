package dev.shirube.model;

/**
 * A search result.
 *
 * @param url the path below the site's root, with the anchor of the best section
 * @param title the page's title
 * @param section the best section's heading; empty where it is the page as a whole
 * @param kind the page's kind
 * @param score higher is better; comparable within one query only
 * @param matchesError whether the query holds an error line that this case quotes
 * @param excerpt plain text around the match, matched words between {@link #MARK_START} and {@link
 *     #MARK_END}
 */
public record Hit(
    String url,
    String title,
    String section,
    PageKind kind,
    double score,
    boolean matchesError,
    String excerpt) {

  /** Starts a matched word in an excerpt: a private-use character, which no page text contains. */
  public static final char MARK_START = '\uE000';

  /** Ends a matched word in an excerpt. */
  public static final char MARK_END = '\uE001';
}
