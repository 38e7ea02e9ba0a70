package dev.shirube.model;

import java.util.List;
import java.util.Optional;

/**
 * All terms, ordered by id, with relations in both directions.
 *
 * @param terms the terms
 */
public record Glossary(List<Term> terms) {

  public Glossary {
    terms = List.copyOf(terms);
  }

  /** The term with that id. */
  public Optional<Term> term(String id) {
    return terms.stream().filter(term -> term.id().equals(id)).findFirst();
  }
}
