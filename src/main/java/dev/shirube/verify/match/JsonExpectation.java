package dev.shirube.verify.match;

import dev.shirube.verify.match.DiffLine.Mark;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a JSON or YAML value; both texts may be either.
 *
 * <ul>
 *   <li>An object has each expected key; others do not matter, so that {@code {}} is any object.
 *   <li>An expected {@code null} is met by a key that is not there as well.
 *   <li>Of a list of objects, each expected one needs an element of its own, in any order, others
 *       do not matter. That is how Kubernetes treats containers, ports and conditions.
 *   <li>Of any other list the expected elements stand in their order, others between them:
 *       arguments of a command have an order. {@code []} is an empty list.
 *   <li>Strings may hold tokens, dots and alternatives, as the cells of a table. A token that is
 *       all of a string stands for a number or a boolean, too.
 *   <li>Otherwise a string is not a number: {@code "8080"} is not {@code 8080}. Numbers are equal
 *       by their value.
 * </ul>
 */
final class JsonExpectation implements Expectation {

  /** More than that, and the reader looks at the whole object anyway. */
  private static final int MOST_DIFFERENCES = 20;

  /** What tells the elements of Kubernetes lists apart, the most telling first. */
  private static final List<String> IDENTITIES =
      List.of("name", "type", "key", "containerPort", "port", "ip", "path", "kind");

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*+");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private sealed interface Part {
    int line();

    int column();
  }

  private record Fields(Map<String, Field> fields, int line, int column) implements Part {}

  private record Field(Part value, int line, int column) {}

  private record Elements(List<Part> elements, int line, int column) implements Part {}

  private record Text(ValuePattern pattern, int line, int column) implements Part {}

  private record Numeric(BigDecimal value, String source, int line, int column) implements Part {}

  private record Bool(boolean value, int line, int column) implements Part {}

  private record Nothing(int line, int column) implements Part {}

  /** Where an output differs, and how. */
  private record Difference(String path, String expected, String actual, int line, int column) {}

  private final Part root;

  private JsonExpectation(Part root) {
    this.root = root;
  }

  static JsonExpectation parse(String text, List<ExpectationProblem> problems) {
    List<Node> documents = new ArrayList<>();
    try {
      new Compose(settings()).composeAllFromString(text).forEach(documents::add);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
      problems.add(notYaml(line, column, Objects.requireNonNullElse(e.getProblem(), "unreadable")));
    } catch (YamlEngineException e) {
      problems.add(notYaml(1, 1, String.valueOf(e.getMessage())));
    }
    if (problems.isEmpty() && documents.size() != 1) {
      int line = documents.size() < 2 ? 1 : line(documents.get(1));
      problems.add(
          new ExpectationProblem(
              line,
              1,
              documents.isEmpty() ? "nothing to compare with" : "more than one document",
              "one value is compared with one output",
              "write one JSON value or YAML document"));
    }
    if (!problems.isEmpty()) {
      return new JsonExpectation(new Nothing(1, 1));
    }
    Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    return new JsonExpectation(part(documents.getFirst(), open, problems));
  }

  private static ExpectationProblem notYaml(int line, int column, String problem) {
    return new ExpectationProblem(
        line,
        column,
        "neither JSON nor YAML: " + problem.lines().findFirst().orElse(""),
        "the expected value is read as YAML, of which JSON is a part",
        "put it right here; a text with special characters goes in quotes");
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setSchema(new CoreSchema())
        .setAllowDuplicateKeys(true)
        .setAllowNonScalarKeys(true)
        .setParseComments(false)
        .build();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }

  private static Part part(Node node, Set<Node> open, List<ExpectationProblem> problems) {
    int line = line(node);
    int column = column(node);
    if (!open.add(node)) {
      problems.add(
          new ExpectationProblem(
              line,
              column,
              "a value inside itself",
              "an alias stands for what its anchor holds",
              "write the value out"));
      return new Nothing(line, column);
    }
    Part part =
        switch (node) {
          case MappingNode mapping -> fields(mapping, open, problems);
          case SequenceNode sequence ->
              new Elements(
                  sequence.getValue().stream().map(item -> part(item, open, problems)).toList(),
                  line,
                  column);
          case ScalarNode scalar -> scalar(scalar, problems);
          default -> throw new IllegalStateException("composed node " + node.getNodeType());
        };
    open.remove(node);
    return part;
  }

  private static Part fields(
      MappingNode mapping, Set<Node> open, List<ExpectationProblem> problems) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!(key instanceof ScalarNode) || fields.containsKey(name)) {
        problems.add(
            new ExpectationProblem(
                line(key),
                column(key),
                key instanceof ScalarNode ? "key " + name + " twice" : "a key that is no text",
                "objects are compared key by key",
                "write each key once, as a text"));
        continue;
      }
      Part value = part(tuple.getValueNode(), open, problems);
      fields.put(name, new Field(value, line(key), column(key)));
    }
    return new Fields(fields, line(mapping), column(mapping));
  }

  private static Part scalar(ScalarNode node, List<ExpectationProblem> problems) {
    int line = line(node);
    int column = column(node);
    String value = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return new Nothing(line, column);
    }
    if (tag.equals(Tag.BOOL)) {
      return new Bool(Boolean.parseBoolean(value), line, column);
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      Optional<BigDecimal> number = decimal(value);
      if (number.isPresent()) {
        return new Numeric(number.get(), value, line, column);
      }
    }
    return new Text(ValuePattern.parse(value, line, column, problems), line, column);
  }

  /** Empty for what JSON has no number for, such as .nan. */
  private static Optional<BigDecimal> decimal(String number) {
    try {
      if (number.startsWith("0x") || number.startsWith("0o")) {
        int radix = number.charAt(1) == 'x' ? 16 : 8;
        return Optional.of(new BigDecimal(new BigInteger(number.substring(2), radix)));
      }
      return Optional.of(new BigDecimal(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Which fields a page leaves out is for its writer to say. */
  @Override
  public Optional<List<RewrittenLine>> rewritten(String actual) {
    return Optional.empty();
  }

  @Override
  public Comparison compare(String actual) {
    Object value;
    try {
      value = read(actual);
    } catch (JacksonException | YamlEngineException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new Comparison.Mismatch(
          "the output is neither JSON nor YAML: " + reason,
          root.line(),
          root.column(),
          actual.lines().limit(MOST_DIFFERENCES).map(l -> new DiffLine(Mark.ACTUAL, l)).toList());
    }
    List<Difference> differences = new ArrayList<>();
    compare(root, value, "$", root.line(), root.column(), differences);
    if (differences.isEmpty()) {
      return new Comparison.Match();
    }
    List<DiffLine> diff = new ArrayList<>();
    for (Difference difference :
        differences.subList(0, Math.min(differences.size(), MOST_DIFFERENCES))) {
      diff.add(new DiffLine(Mark.EXPECTED, difference.path() + ": " + difference.expected()));
      diff.add(new DiffLine(Mark.ACTUAL, difference.path() + ": " + difference.actual()));
    }
    if (differences.size() > MOST_DIFFERENCES) {
      int more = differences.size() - MOST_DIFFERENCES;
      diff.add(new DiffLine(Mark.LEFT_OUT, "(" + more + " more differences)"));
    }
    Difference first = differences.getFirst();
    return new Comparison.Mismatch(
        first.path() + ": expected " + first.expected() + ", was " + first.actual(),
        first.line(),
        first.column(),
        diff);
  }

  private static @Nullable Object read(String text) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      return JSON.readValue(text, Object.class);
    }
    return new Load(settings()).loadFromString(text);
  }

  /** Adds what differs; the place is the one to point at where the value is not there. */
  private static void compare(
      Part expected,
      @Nullable Object actual,
      String path,
      int line,
      int column,
      List<Difference> differences) {
    boolean met =
        switch (expected) {
          case Fields fields -> {
            if (actual instanceof Map<?, ?> map) {
              compareFields(fields, map, path, differences);
              yield true;
            }
            yield false;
          }
          case Elements elements -> {
            if (actual instanceof List<?> list) {
              compareElements(elements, list, path, differences);
              yield true;
            }
            yield false;
          }
          case Text text ->
              (actual instanceof String || (text.pattern().isToken() && isScalar(actual)))
                  && text.pattern().matches(String.valueOf(actual));
          case Numeric number ->
              actual instanceof Number found
                  && decimal(found.toString())
                      .filter(decimal -> decimal.compareTo(number.value()) == 0)
                      .isPresent();
          case Bool bool -> actual instanceof Boolean found && found == bool.value();
          case Nothing nothing -> actual == null;
        };
    if (!met) {
      differences.add(new Difference(path, shown(expected), shown(actual), line, column));
    }
  }

  private static boolean isScalar(@Nullable Object actual) {
    return actual instanceof Number || actual instanceof Boolean;
  }

  private static void compareFields(
      Fields expected, Map<?, ?> actual, String path, List<Difference> differences) {
    expected
        .fields()
        .forEach(
            (name, field) -> {
              String inner = path + step(name);
              boolean scalar =
                  !(field.value() instanceof Fields) && !(field.value() instanceof Elements);
              int line = scalar ? field.value().line() : field.line();
              int column = scalar ? field.value().column() : field.column();
              if (actual.containsKey(name) || field.value() instanceof Nothing) {
                compare(field.value(), actual.get(name), inner, line, column, differences);
              } else {
                differences.add(
                    new Difference(
                        inner, shown(field.value()), "not there", field.line(), field.column()));
              }
            });
  }

  private static String step(String name) {
    return PLAIN_KEY.matcher(name).matches() ? "." + name : "['" + name + "']";
  }

  private static boolean matches(Part expected, @Nullable Object actual) {
    List<Difference> differences = new ArrayList<>();
    compare(expected, actual, "", 1, 1, differences);
    return differences.isEmpty();
  }

  private static void compareElements(
      Elements expected, List<?> actual, String path, List<Difference> differences) {
    List<Part> elements = expected.elements();
    if (elements.isEmpty()) {
      if (!actual.isEmpty()) {
        differences.add(
            new Difference(path, "[]", shown(actual), expected.line(), expected.column()));
      }
    } else if (elements.stream().allMatch(Fields.class::isInstance)) {
      compareObjects(elements, actual, path, differences);
    } else {
      int at = 0;
      for (Part element : elements) {
        int start = at;
        while (at < actual.size() && !matches(element, actual.get(at))) {
          at++;
        }
        if (at == actual.size()) {
          String after = start == 0 ? "" : " behind element " + (start - 1);
          differences.add(
              new Difference(
                  path, shown(element) + after, shown(actual), element.line(), element.column()));
          return;
        }
        at++;
      }
    }
  }

  private static void compareObjects(
      List<Part> elements, List<?> actual, String path, List<Difference> differences) {
    Matching matching =
        new Matching(
            elements.size(),
            actual.size(),
            (element, index) -> matches(elements.get(element), actual.get(index)));
    for (int unmet : matching.unmet()) {
      Fields element = (Fields) elements.get(unmet);
      Optional<Integer> same =
          matching.free().stream().filter(index -> isAbout(element, actual.get(index))).findFirst();
      if (same.isPresent()) {
        int index = same.get();
        compareFields(
            element, (Map<?, ?>) actual.get(index), path + "[" + index + "]", differences);
      } else {
        differences.add(
            new Difference(
                path,
                "an element " + shown(element),
                shown(actual),
                element.line(),
                element.column()));
      }
    }
  }

  /** Whether an element is the one that was meant, by what tells such elements apart. */
  private static boolean isAbout(Fields expected, @Nullable Object actual) {
    if (!(actual instanceof Map<?, ?> map)) {
      return false;
    }
    for (String identity : IDENTITIES) {
      Field field = expected.fields().get(identity);
      if (field != null) {
        return map.containsKey(identity) && matches(field.value(), map.get(identity));
      }
    }
    return false;
  }

  private static String shown(Part part) {
    return switch (part) {
      case Fields fields ->
          fields.fields().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + shown(entry.getValue().value()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Elements elements ->
          elements.elements().stream()
              .map(JsonExpectation::shown)
              .collect(Collectors.joining(", ", "[", "]"));
      case Text text -> shownText(text.pattern().source());
      case Numeric number -> number.source();
      case Bool bool -> String.valueOf(bool.value());
      case Nothing nothing -> "null";
    };
  }

  private static String shown(@Nullable Object actual) {
    return switch (actual) {
      case null -> "null";
      case Map<?, ?> map -> map.isEmpty() ? "{}" : Lines.cut(keys(map));
      case List<?> list ->
          Lines.cut(
              list.stream()
                  .map(JsonExpectation::shown)
                  .collect(Collectors.joining(", ", "[", "]")));
      case String text -> shownText(text);
      default -> String.valueOf(actual);
    };
  }

  private static String keys(Map<?, ?> map) {
    for (String identity : IDENTITIES) {
      Object value = map.get(identity);
      if (value instanceof String || isScalar(value)) {
        return "{" + identity + ": " + value + (map.size() > 1 ? ", …}" : "}");
      }
    }
    return map.keySet().stream()
        .map(key -> key + ": …")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** In quotes where it could be taken for something else than a string. */
  private static String shownText(String text) {
    boolean plain =
        !text.isEmpty()
            && decimal(text).isEmpty()
            && !Set.of("true", "false", "null").contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : "\"" + text + "\"";
  }
}
