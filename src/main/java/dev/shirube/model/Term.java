package dev.shirube.model;

import java.util.List;

/**
 * An entry of the glossary.
 *
 * @param id the file name of its page without folder and extension
 * @param pagePath the content path of its page
 * @param title the canonical name
 * @param nameJa the Japanese name; empty where it has none
 * @param nameEn the English name; empty where it is the title
 * @param aliases other names that running text links to the entry
 * @param definition one sentence, plain text
 * @param relations how it stands to other terms, in the order of the page
 */
public record Term(
    String id,
    String pagePath,
    String title,
    String nameJa,
    String nameEn,
    List<String> aliases,
    String definition,
    List<Relation> relations) {

  public Term {
    aliases = List.copyOf(aliases);
    relations = List.copyOf(relations);
  }

  /**
   * One edge of the concept map.
   *
   * @param verb what the term does to the other, or, where {@code inverse}, the other to it
   * @param target the {@link Term#id()} of the other term
   * @param inverse whether the edge was written on the other term's page
   */
  public record Relation(Verb verb, String target, boolean inverse) {}

  /** The verbs of {@code :relations:}. */
  public enum Verb {
    PART_OF,
    KIND_OF,
    RUNS_ON,
    MANAGES,
    USES,
    TALKS_TO,
    STORES,
    SELECTS,
    SEE_ALSO;

    /** The name used in AsciiDoc and in templates: kebab case. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** All names that mean this term, without repetition, in the order title, ja, en, aliases. */
  public List<String> names() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(title, nameJa, nameEn), aliases.stream())
        .filter(name -> !name.isBlank())
        .distinct()
        .toList();
  }
}
