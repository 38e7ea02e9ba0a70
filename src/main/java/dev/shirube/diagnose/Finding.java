package dev.shirube.diagnose;

import java.util.List;

/**
 * One trouble.
 *
 * @param objects that are in it, for people: one, or several of the same owner
 * @param trouble what is wrong with it, in a few words
 * @param cases which it is; empty where it is none that the wiki knows
 * @param evidence what was seen, secrets redacted
 * @param notShown what the fingerprints ask for and the excerpt does not show
 * @param consequences objects that are in trouble because of it, for people
 */
public record Finding(
    List<String> objects,
    String kind,
    String trouble,
    List<Case> cases,
    List<Evidence> evidence,
    List<String> notShown,
    List<String> consequences) {

  public Finding {
    objects = List.copyOf(objects);
    cases = List.copyOf(cases);
    evidence = List.copyOf(evidence);
    notShown = List.copyOf(notShown);
    consequences = List.copyOf(consequences);
  }

  /**
   * Something that was seen.
   *
   * @param sort {@code state}, {@code reason}, {@code exit}, {@code message}, {@code event}, {@code
   *     log} or {@code output}
   * @param text an event's begins with its reason
   * @param where may be empty
   */
  public record Evidence(String sort, String reason, String text, String where) {}

  /** Whether the wiki knows it. */
  public boolean isKnown() {
    return !cases.isEmpty();
  }
}
