package dev.shirube.search;

import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.search.query.Passage;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;

/**
 * What the index keeps of a page to show it.
 *
 * @param anchors of the sections, in order
 * @param passages the sections' texts, in the same order
 */
record PageDocument(
    String url,
    String title,
    PageKind kind,
    String description,
    List<String> anchors,
    List<Passage> passages) {
  private static final String URL = "url";
  private static final String STORED_TITLE = "storedTitle";
  private static final String DESCRIPTION = "description";
  private static final String ANCHOR = "anchor";
  private static final String SECTION_HEADING = "sectionHeading";
  private static final String SECTION_TEXT = "sectionText";

  PageDocument {
    anchors = List.copyOf(anchors);
    passages = List.copyOf(passages);
  }

  /** Adds a page's stored fields to a document, but for the kind, which is also searched. */
  static void store(Page page, Document document) {
    document.add(new StoredField(URL, page.url()));
    document.add(new StoredField(STORED_TITLE, page.title()));
    document.add(new StoredField(DESCRIPTION, page.description()));
    for (Section section : page.sections()) {
      document.add(new StoredField(ANCHOR, section.anchor()));
      document.add(new StoredField(SECTION_HEADING, section.heading()));
      document.add(new StoredField(SECTION_TEXT, text(section)));
    }
  }

  /** Reads what {@link #store} added. */
  static PageDocument of(Document document) {
    String[] headings = document.getValues(SECTION_HEADING);
    String[] texts = document.getValues(SECTION_TEXT);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < headings.length; i++) {
      passages.add(new Passage(headings[i], texts[i]));
    }
    return new PageDocument(
        document.get(URL),
        document.get(STORED_TITLE),
        PageKind.of(document.get(IndexFields.KIND)).orElseThrow(),
        document.get(DESCRIPTION),
        List.of(document.getValues(ANCHOR)),
        passages);
  }

  /** The text of a section as it is indexed and shown. */
  static String text(Section section) {
    return section.code().isEmpty() ? section.prose() : section.prose() + "\n" + section.code();
  }
}
