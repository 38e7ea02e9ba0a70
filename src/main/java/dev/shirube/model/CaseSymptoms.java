package dev.shirube.model;

import java.util.List;

/**
 * What a case is known by, as its fingerprint says.
 *
 * @param page the content path
 * @param object the kind of the object that shows it, e.g. {@code Pod}; {@code Command} for one
 *     that only a command's output shows
 * @param states any one of these
 * @param clues what else must be seen
 */
public record CaseSymptoms(String page, String object, List<String> states, List<Clue> clues) {

  public CaseSymptoms {
    states = List.copyOf(states);
    clues = List.copyOf(clues);
  }

  /** What must be seen beside the state; {@code text} may hold {@code …} for what varies. */
  public record Clue(Where where, String text) {}

  /** Where a clue is seen. */
  public enum Where {
    REASON,
    EXIT,
    MESSAGE,
    EVENT,
    LOG,
    OUTPUT;

    /** The name used in templates: lower case. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
