package dev.shirube.model;

import java.util.Locale;
import java.util.Optional;

/** What a page is; it decides the template, the search badge and the structure that is checked. */
public enum PageKind {
  HOME,
  GUIDE,
  /** The list of all terms. */
  GLOSSARY,
  TERM,
  /** A troubleshooting case: symptom, cause, reproduction, solution, prevention. */
  CASE;

  /** The name used in {@code :kind:}, in templates and in JSON: lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that {@link #id()}. */
  public static Optional<PageKind> of(String id) {
    for (PageKind kind : values()) {
      if (kind.id().equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
