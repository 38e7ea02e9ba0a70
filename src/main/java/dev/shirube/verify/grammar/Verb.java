package dev.shirube.verify.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done with a snippet: the values of {@code verify=}. */
public enum Verb {
  /** A manifest is held against the schema; what a manifest without {@code verify=} gets. */
  CHECK,
  /** A manifest is applied, and the server must take it. */
  APPLY,
  /** Commands are run, and must end and print as the page says. */
  RUN,
  /** A part of a manifest becomes true of the cluster. */
  EXPECT,
  /** A manifest is refused, with the message that the page names. */
  REJECT,
  /** The text is what another snippet printed. */
  OUTPUT,
  /** A manifest or commands that the scenario begins with. */
  FIXTURE,
  /** A manifest to delete, or commands, which the scenario ends with, however it went. */
  TEARDOWN,
  /** By this text {@code shirube diagnose} knows the case of the page. */
  FINGERPRINT,
  /** Nothing is proven, for a reason that is given. */
  SKIP;

  /** As it is written in a page. */
  public String attributeValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Verb> named(String attributeValue) {
    return Arrays.stream(values())
        .filter(verb -> verb.attributeValue().equals(attributeValue))
        .findFirst();
  }

  static List<String> attributeValues() {
    return Arrays.stream(values()).map(Verb::attributeValue).toList();
  }
}
