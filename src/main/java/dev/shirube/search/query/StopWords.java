package dev.shirube.search.query;

/** Words that say nothing about a page, in a page as in a query. */
public final class StopWords {
  private static final String WORDS =
      " する れる られる ある なる いる できる この その ため こと もの よう まま 方法 とき 場合 使う 見る 中"
          + " the a of to is in and for or not be with on this that are as by it an ";

  private StopWords() {}

  /** Whether {@code term} is one. */
  public static boolean contains(String term) {
    return WORDS.contains(" " + term + " ");
  }
}
