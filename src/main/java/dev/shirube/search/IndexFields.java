package dev.shirube.search;

import java.util.List;

/** The fields of the index. A page is one document; the last document holds the dictionary. */
final class IndexFields {
  static final String BODY = "body";
  static final String HEADING = "heading";
  static final String TITLE = "title";

  /** The fields that rank, with weights that were found by experiment. */
  static final List<Ranked> RANKED =
      List.of(new Ranked(BODY, 1), new Ranked(HEADING, 1.25f), new Ranked(TITLE, 2.25f));

  /** All names of a page, as a whole. */
  static final String NAME = "name";

  /** Shingles of error lines; not scored by frequency. */
  static final String FINGERPRINT = "fingerprint";

  /** {@link dev.shirube.model.PageKind#id}; filters, does not rank. */
  static final String KIND = "kind";

  static final String DICTIONARY = "dictionary";

  private IndexFields() {}

  /** A field and what a match in it counts. */
  record Ranked(String name, float weight) {}
}
