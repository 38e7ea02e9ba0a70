package dev.shirube.diagnose.observed;

/**
 * Something that was seen of an object.
 *
 * @param sort what it can be held against
 * @param text a state, a reason, an exit code, a message, a line of a log; of an event its message
 * @param reason of an event; empty elsewhere
 * @param where for people, e.g. {@code container app} or {@code line 12}; may be empty
 */
public record Fact(Sort sort, String text, String reason, String where) {

  /** The sorts of facts. */
  public enum Sort {
    STATE,
    REASON,
    EXIT,
    MESSAGE,
    EVENT,
    LOG,
    OUTPUT
  }
}
