package dev.shirube.verify.grammar;

import static dev.shirube.verify.grammar.Verb.APPLY;
import static dev.shirube.verify.grammar.Verb.CHECK;
import static dev.shirube.verify.grammar.Verb.EXPECT;
import static dev.shirube.verify.grammar.Verb.FINGERPRINT;
import static dev.shirube.verify.grammar.Verb.FIXTURE;
import static dev.shirube.verify.grammar.Verb.OUTPUT;
import static dev.shirube.verify.grammar.Verb.REJECT;
import static dev.shirube.verify.grammar.Verb.RUN;
import static dev.shirube.verify.grammar.Verb.SKIP;
import static dev.shirube.verify.grammar.Verb.TEARDOWN;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The attributes beside {@code verify=}, with the verbs that take them. */
enum Key {
  /** A namespace of its own for manifests and kubectl; else the scenario's. */
  NS(APPLY, RUN, EXPECT, REJECT, FIXTURE, TEARDOWN),
  /** How long it may take until it is as the page says: {@code 90s}, {@code 2m}. */
  WITHIN(RUN, EXPECT, OUTPUT, FINGERPRINT, FIXTURE, TEARDOWN),
  /** How long one command may run. */
  TIMEOUT(APPLY, RUN, FIXTURE, TEARDOWN),
  /** The exit code of the last command; commands before it end with 0. */
  EXIT(RUN, FIXTURE, TEARDOWN),
  /** How the output is compared. */
  MATCH(RUN, OUTPUT, FIXTURE, TEARDOWN),
  /**
   * What differs from run to run, so that the page has an example of it: columns of a table by
   * their names, words of another text themselves.
   */
  VARY(RUN, OUTPUT, FIXTURE, TEARDOWN),
  /** With {@code %background}: a port or a text of the output that says that it can be used. */
  READY(RUN),
  /** With {@code %background}: the id of the snippet after which it is ended. */
  STOP(RUN),
  /**
   * The least tier that proves it, where that is not the verb's own: {@code apiserver} of commands
   * that ask for no node, {@code node} of those in a fixture or teardown that do.
   */
  TIER(APPLY, RUN, EXPECT, OUTPUT, FINGERPRINT, FIXTURE, TEARDOWN),
  /** The versions of Kubernetes of which the snippet speaks: {@code 1.30..}, {@code 1.29..1.35}. */
  K8S(CHECK, APPLY, RUN, EXPECT, REJECT, OUTPUT, FINGERPRINT, FIXTURE, TEARDOWN),
  /** The snippet whose output it is: {@code #id}; else the one before. */
  OF(OUTPUT),
  /** A part of what the server says. */
  MESSAGE(REJECT),
  /** The name under which commands of the page find the text; an included file has its own. */
  FILE(CHECK, APPLY, EXPECT, REJECT, FIXTURE, SKIP),
  /** Why nothing is proven. */
  BECAUSE(SKIP),
  /** The last day on which that holds: {@code 2027-03-31}. */
  UNTIL(SKIP);

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it, and an EnumSet keeps the order
  private final Set<Verb> verbs;

  Key(Verb first, Verb... others) {
    verbs = EnumSet.of(first, others);
  }

  String attributeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it says something of commands, so that a manifest with the same verb has no use for it.
   */
  boolean isForCommandsAlone(Verb verb) {
    return (verb == FIXTURE || verb == TEARDOWN)
        && List.of(WITHIN, TIMEOUT, EXIT, MATCH, VARY, TIER).contains(this);
  }

  boolean isFor(Verb verb) {
    return verbs.contains(verb);
  }

  /** The verbs that take it, for people. */
  String takers() {
    return String.join(", ", verbs.stream().map(Verb::attributeValue).toList());
  }

  static Optional<Key> named(String attributeName) {
    return Arrays.stream(values())
        .filter(key -> key.attributeName().equals(attributeName))
        .findFirst();
  }

  static List<String> namesFor(Verb verb) {
    return Arrays.stream(values()).filter(key -> key.isFor(verb)).map(Key::attributeName).toList();
  }
}
