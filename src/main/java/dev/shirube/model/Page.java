package dev.shirube.model;

import java.util.List;
import java.util.Map;

/**
 * A page that is ready for the template and for the index: links resolved, terms linked, code
 * highlighted.
 *
 * @param source the page's own file
 * @param url the path below the site's root, e.g. {@code eks/setup.html}
 * @param kind what it is
 * @param title plain text
 * @param description one sentence for lists and search engines; may be empty
 * @param attributes the header attributes
 * @param body the HTML below the title
 * @param outline the headings, in order
 * @param sections the text, in order; the first is the text before the first heading
 * @param searchNames names by which readers may look for the page: aliases and {@code :search-aka:}
 * @param citations the cited sources, in order of first use
 * @param aliases old content paths that lead here ({@code :page-aliases:})
 */
public record Page(
    SourceFile source,
    String url,
    PageKind kind,
    String title,
    String description,
    Map<String, String> attributes,
    String body,
    List<Heading> outline,
    List<Section> sections,
    List<String> searchNames,
    List<Citation> citations,
    List<String> aliases) {

  public Page {
    attributes = Map.copyOf(attributes);
    outline = List.copyOf(outline);
    sections = List.copyOf(sections);
    searchNames = List.copyOf(searchNames);
    citations = List.copyOf(citations);
    aliases = List.copyOf(aliases);
  }

  /** The content path, e.g. {@code eks/setup.adoc}. */
  public String path() {
    return source.path();
  }
}
