package dev.shirube.diagnose.fingerprint;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Suggestion;
import dev.shirube.verify.match.ExpectationProblem;
import dev.shirube.verify.match.Fragment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a fingerprint, strictly:
 *
 * <pre>
 * object: Pod                 # required
 * state: [A, B]               # any one, as reason and exit
 * reason: A
 * exit: [137]
 * message: text               # each, as events, log and output
 * events:
 * - reason: A
 *   message: text
 * log: [text, text]
 * output: text
 * not: {state: A}             # the same keys; none of them may hold
 * </pre>
 *
 * Texts are {@link Fragment}s.
 */
public final class FingerprintReader {

  private static final String CODE = "bad-fingerprint";
  private static final int LARGEST_EXIT_CODE = 255;

  private final IntFunction<Location> places;
  private final Consumer<Diagnostic> diagnostics;
  private boolean faulty;

  private FingerprintReader(IntFunction<Location> places, Consumer<Diagnostic> diagnostics) {
    this.places = places;
    this.diagnostics = diagnostics;
  }

  /**
   * Reads a fingerprint; empty where something is wrong with it, which is reported.
   *
   * @param places from a 1-based line of the text to where that line was written
   */
  public static Optional<Fingerprint> read(
      String text, IntFunction<Location> places, Consumer<Diagnostic> diagnostics) {
    return new FingerprintReader(places, diagnostics).read(text);
  }

  private Optional<Fingerprint> read(String text) {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setAllowDuplicateKeys(true).build())
              .composeString(text);
    } catch (MarkedYamlEngineException e) {
      reportAt(e.getProblemMark().orElse(null), "this is no YAML", e.getProblem(), null);
      return Optional.empty();
    } catch (YamlEngineException e) {
      reportAt(null, "this is no YAML", String.valueOf(e.getMessage()), null);
      return Optional.empty();
    }
    if (!(root.orElse(null) instanceof MappingNode mapping)) {
      reportAt(
          null,
          "a fingerprint is a mapping",
          "it says what must be seen of one object",
          "begin with \"object: Pod\"");
      return Optional.empty();
    }
    Optional<ObjectKind> object = object(mapping);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    Reading required = new Reading(object.get());
    Reading excluded = new Reading(object.get());
    eachKey(
        mapping,
        (key, value) -> {
          switch (key.getValue()) {
            case "object" -> {}
            case "not" -> {
              if (value instanceof MappingNode not) {
                eachKey(not, (inner, of) -> excluded.take(inner, of, List.of()));
              } else {
                report(value, "not: holds keys of its own", null, "write \"not: {state: …}\"");
              }
            }
            default -> required.take(key, value, List.of("object", "not"));
          }
        });
    if (required.criteria().isEmpty() && !faulty) {
      report(
          mapping,
          "this fingerprint is that of every " + object.get().id(),
          "a case is known by what others do not show",
          "add a state, an event or a text of the log");
    }
    return faulty
        ? Optional.empty()
        : Optional.of(new Fingerprint(object.get(), required.criteria(), excluded.criteria()));
  }

  private Optional<ObjectKind> object(MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("object")) {
        if (tuple.getValueNode() instanceof ScalarNode value) {
          Optional<ObjectKind> kind = ObjectKind.of(value.getValue());
          if (kind.isEmpty()) {
            report(
                value,
                "there is no object \"" + value.getValue() + "\"",
                "object: takes one of " + String.join(", ", ObjectKind.ids()),
                didYouMean(value.getValue(), ObjectKind.ids()));
          }
          return kind;
        }
        report(tuple.getValueNode(), "object: takes one name", null, null);
        return Optional.empty();
      }
    }
    report(
        mapping,
        "nothing is said of what this is the fingerprint of",
        "object: is one of " + String.join(", ", ObjectKind.ids()),
        "begin with \"object: Pod\"");
    return Optional.empty();
  }

  private void eachKey(MappingNode mapping, BiConsumer<ScalarNode, Node> taker) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        report(tuple.getKeyNode(), "a key is a word", null, null);
      } else if (!seen.add(key.getValue())) {
        report(key, "the key \"" + key.getValue() + "\" is there twice", null, "make it one list");
      } else {
        taker.accept(key, tuple.getValueNode());
      }
    }
  }

  /** The criteria of one mapping. */
  private final class Reading {

    private final ObjectKind object;
    private final Set<String> states = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final Set<Integer> exits = new LinkedHashSet<>();
    private final List<Fragment> messages = new ArrayList<>();
    private final List<EventPattern> events = new ArrayList<>();
    private final List<Fragment> logs = new ArrayList<>();
    private final List<Fragment> outputs = new ArrayList<>();

    Reading(ObjectKind object) {
      this.object = object;
    }

    Criteria criteria() {
      return new Criteria(states, reasons, exits, messages, events, logs, outputs);
    }

    /**
     * @param others the keys beside these that are known here
     */
    void take(ScalarNode name, Node value, List<String> others) {
      Optional<FingerprintKey> key = FingerprintKey.of(name.getValue());
      if (key.isEmpty()) {
        report(
            name,
            "there is no key \"" + name.getValue() + "\"",
            null,
            didYouMean(
                name.getValue(),
                Stream.concat(FingerprintKey.ids().stream(), others.stream()).toList()));
        return;
      }
      if (!object.keys().contains(key.get())) {
        report(
            name,
            "%s: does not hold of a %s".formatted(key.get().id(), object.id()),
            "a %s has %s"
                .formatted(
                    object.id(),
                    String.join(
                        ", ", object.keys().stream().sorted().map(FingerprintKey::id).toList())),
            null);
        return;
      }
      List<Node> items =
          value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
      if (items.isEmpty()) {
        report(value, key.get().id() + ": is empty", null, "leave it out");
      }
      for (Node item : items) {
        switch (key.get()) {
          case STATE -> word(item).ifPresent(word -> state(item, word));
          case REASON -> word(item).ifPresent(reasons::add);
          case EXIT -> word(item).ifPresent(word -> exit(item, word));
          case MESSAGE -> text(item).ifPresent(messages::add);
          case EVENTS -> event(item).ifPresent(events::add);
          case LOG -> text(item).ifPresent(logs::add);
          case OUTPUT -> text(item).ifPresent(outputs::add);
        }
      }
    }

    private void state(Node item, String state) {
      Optional<String> near =
          object.states().contains(state)
              ? Optional.empty()
              : Suggestion.nearest(state, object.states());
      if (near.isPresent() || (object.hasNoOtherStates() && !object.states().contains(state))) {
        report(
            item,
            "a " + object.id() + " has no state \"" + state + "\"",
            object.hasNoOtherStates()
                ? "its states are " + String.join(", ", object.states())
                : "it is what kubectl shows as STATUS",
            didYouMean(state, object.states()));
      } else {
        states.add(state);
      }
    }

    private void exit(Node item, String code) {
      if (code.matches("\\d{1,3}") && Integer.parseInt(code) <= LARGEST_EXIT_CODE) {
        exits.add(Integer.valueOf(code));
      } else {
        report(item, "\"" + code + "\" is no exit code", "they are from 0 to 255", null);
      }
    }

    private Optional<EventPattern> event(Node item) {
      if (!(item instanceof MappingNode mapping)) {
        report(
            item,
            "an event has a reason or a message",
            null,
            "write \"- reason: Failed\", \"- message: text\" or both");
        return Optional.empty();
      }
      List<String> reason = new ArrayList<>();
      List<Fragment> message = new ArrayList<>();
      eachKey(
          mapping,
          (key, value) -> {
            switch (key.getValue()) {
              case "reason" -> word(value).ifPresent(reason::add);
              case "message" -> text(value).ifPresent(message::add);
              default ->
                  report(
                      key,
                      "there is no key \"" + key.getValue() + "\"",
                      "an event has reason and message",
                      didYouMean(key.getValue(), List.of("reason", "message")));
            }
          });
      return reason.isEmpty() && message.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new EventPattern(reason.stream().findFirst(), message.stream().findFirst()));
    }

    private Optional<String> word(Node item) {
      if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        return Optional.of(scalar.getValue());
      }
      report(item, "this takes a word, or a list of words", null, null);
      return Optional.empty();
    }

    private Optional<Fragment> text(Node item) {
      if (!(item instanceof ScalarNode scalar)) {
        report(item, "this takes a text, or a list of texts", null, null);
        return Optional.empty();
      }
      List<ExpectationProblem> problems = new ArrayList<>();
      Fragment text = Fragment.parse(scalar.getValue(), problems);
      problems.forEach(each -> report(item, each.what(), each.why(), each.fix()));
      if (!text.saysSomething()) {
        report(item, "this text is in every text", null, "write what others do not say");
        return Optional.empty();
      }
      return Optional.of(text);
    }
  }

  private static @Nullable String didYouMean(String wrong, Collection<String> right) {
    return Suggestion.nearest(wrong, right)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse(null);
  }

  private void report(Node node, String what, @Nullable String why, @Nullable String fix) {
    reportAt(node.getStartMark().orElse(null), what, why, fix);
  }

  private void reportAt(
      @Nullable Mark mark, String what, @Nullable String why, @Nullable String fix) {
    faulty = true;
    Location line = places.apply(mark == null ? 1 : mark.getLine() + 1);
    String source = line.sourceLine();
    // Marks count code points, locations UTF-16 units.
    Location place =
        mark == null
                || source == null
                || mark.getColumn() > source.codePointCount(0, source.length())
            ? line
            : new Location(
                line.file(),
                line.line(),
                source.offsetByCodePoints(0, mark.getColumn()) + 1,
                source);
    diagnostics.accept(Diagnostic.error(CODE, place, what, why, fix));
  }
}
