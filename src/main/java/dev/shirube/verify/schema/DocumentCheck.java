package dev.shirube.verify.schema;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Suggestion;
import dev.shirube.verify.schema.ApiHistory.Deprecation;
import dev.shirube.verify.schema.ApiHistory.Gone;
import dev.shirube.verify.schema.FieldAdvice.Place;
import dev.shirube.verify.schema.ManifestDocument.Standing;
import dev.shirube.verify.schema.ManifestReader.Document;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import dev.shirube.verify.schema.Shape.ItemKey;
import dev.shirube.verify.schema.Shape.ListOf;
import dev.shirube.verify.schema.Shape.MapOf;
import dev.shirube.verify.schema.Shape.OneOf;
import dev.shirube.verify.schema.Shape.Ref;
import dev.shirube.verify.schema.Shape.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The check of one document: a walk over its nodes, beside the types that they should have. */
final class DocumentCheck {

  /** Anchors may name anchors, and a page of them stands for more nodes than there are atoms. */
  private static final int MOST_NODES = 100_000;

  private static final int DEEPEST = 100;

  private static final Pattern SPOKEN_QUANTITY =
      Pattern.compile("([0-9.]+) *([kKmMgGtTpPeE])([iI]?)[bB]?(?:ytes)?");

  /**
   * Required by the OpenAPI document and not by the API server, which takes the zero of the Go type
   * or does not look.
   */
  private static final Set<String> REQUIRED_ON_PAPER =
      Set.of("CustomResourceDefinitionVersion.served");

  /** Kinds of the core group that programs read, not the API server. */
  private static final Set<Api> OF_PROGRAMS = Set.of(new Api("v1", "Config"));

  private final Snapshot snapshot;
  private final BlockText block;
  private final int firstLine;
  private final Completeness completeness;
  private final List<Diagnostic> diagnostics;
  private final List<ManifestDocument> documents;
  private final FieldAdvice advice;
  private int nodes;

  DocumentCheck(
      Snapshot snapshot,
      BlockText block,
      int firstLine,
      Completeness completeness,
      List<Diagnostic> diagnostics,
      List<ManifestDocument> documents) {
    this.snapshot = snapshot;
    this.block = block;
    this.firstLine = firstLine;
    this.completeness = completeness;
    this.diagnostics = diagnostics;
    this.documents = documents;
    advice = new FieldAdvice(snapshot);
  }

  void check(Document document) {
    switch (document) {
      case Document.Read read -> {
        if (!read.root().getTag().equals(Tag.NULL)) { // comments alone
          manifest(read.root(), "");
        }
      }
      case Document.Unreadable unreadable -> {
        Location location = at(unreadable.mark());
        boolean tab = unreadable.problem().contains("TAB");
        error(
            "invalid-yaml",
            location,
            "this is no YAML: " + unreadable.problem(),
            tab ? "YAML is indented with spaces, never with tabs" : null,
            tab ? "replace the tab by spaces" : null);
        documents.add(new ManifestDocument("", "", "", location, Standing.NOT_A_MANIFEST));
      }
    }
  }

  /**
   * @param prefix the path of what stands above, such as {@code items[0]}
   */
  private void manifest(Node root, String prefix) {
    if (!(root instanceof MappingNode node)) {
      notAManifest(root);
      return;
    }
    Mapping mapping = Mapping.of(node);
    Api api = new Api(mapping.text("apiVersion"), mapping.text("kind"));
    if (api.apiVersion().isEmpty() && api.kind().isEmpty()) {
      notAManifest(root);
      return;
    }
    Location start = at(root);
    if (api.apiVersion().isEmpty() || api.kind().isEmpty()) {
      missingIdentity(api, mapping, start);
      return;
    }
    if (api.kind().equals("List") && api.apiVersion().equals("v1")) {
      items(mapping, prefix);
      return;
    }
    Optional<ObjectType> type = snapshot.typeOf(api);
    if (type.isEmpty()) {
      unknownApi(api, mapping, root);
      return;
    }
    add(api, mapping, start, Standing.CHECKED);
    apiVersion(api, mapping);
    object(node, type.get(), prefix, null, root, 0);
    new ManifestRules(completeness, this::error, this::at).check(api, type.get(), mapping, root);
  }

  private void items(Mapping list, String prefix) {
    if (list.value("items") instanceof SequenceNode items) {
      int index = 0;
      for (Node item : items.getValue()) {
        if (count(item)) {
          manifest(item, prefix + "items[" + index++ + "]");
        }
      }
    }
  }

  private void notAManifest(Node root) {
    diagnostics.add(
        Diagnostic.warning(
            "not-a-manifest",
            at(root),
            "this YAML names neither apiVersion nor kind",
            "only manifests have a schema that it could be checked against",
            null));
    documents.add(new ManifestDocument("", "", "", at(root), Standing.NOT_A_MANIFEST));
  }

  private void missingIdentity(Api api, Mapping mapping, Location start) {
    String missing = api.kind().isEmpty() ? "kind" : "apiVersion";
    String replacement = api.kind().isEmpty() ? null : ApiHistory.replacement(api, snapshot);
    error(
        "missing-field",
        start,
        "this manifest has no " + missing,
        "apiVersion and kind together say what a manifest is",
        replacement == null ? null : "write \"apiVersion: " + replacement + "\"");
    add(api, mapping, start, Standing.UNKNOWN_API);
  }

  private void add(Api api, Mapping mapping, Location start, Standing standing) {
    documents.add(
        new ManifestDocument(
            api.apiVersion(),
            api.kind(),
            mapping.mapping("metadata").text("name"),
            start,
            standing));
  }

  // --- versions of the API ---

  private void unknownApi(Api api, Mapping mapping, Node root) {
    Location start = at(root);
    Node version =
        mapping.entries().get("apiVersion") == null ? root : value(mapping, "apiVersion");
    String kubernetes = "Kubernetes " + snapshot.minor();
    Optional<Gone> removal = ApiHistory.removal(api, snapshot);
    if (removal.isPresent()) {
      String replacement = removal.get().replacement();
      error(
          "removed-api",
          at(version),
          kubernetes + " has no " + api + " any more",
          "it was removed in Kubernetes " + removal.get().since(),
          replacement == null
              ? "nothing takes its place under this kind"
              : "write \"apiVersion: " + replacement + "\", and adapt the fields");
      add(api, mapping, start, Standing.UNKNOWN_API);
      return;
    }
    Optional<KubernetesMinor> arrival = ApiHistory.arrival(api, snapshot.minor());
    if (arrival.isPresent()) {
      error(
          "unknown-kind",
          at(version),
          kubernetes + " has no " + api,
          "it comes with Kubernetes " + arrival.get(),
          otherVersion(api));
      add(api, mapping, start, Standing.UNKNOWN_API);
      return;
    }
    boolean ours =
        snapshot.kinds().keySet().stream().anyMatch(known -> known.group().equals(api.group()));
    if (OF_PROGRAMS.contains(api) || (!ours && api.group().contains("."))) {
      diagnostics.add(
          Diagnostic.warning(
              "no-schema",
              start,
              "no schema is known for " + api,
              kubernetes
                  + " itself has no such kind: it is a custom resource, or a program reads"
                  + " it",
              null));
      add(api, mapping, start, Standing.NO_SCHEMA);
      return;
    }
    boolean versionIsRight =
        snapshot.kinds().keySet().stream()
            .anyMatch(known -> known.apiVersion().equals(api.apiVersion()));
    Api nearest = ApiHistory.nearest(api, snapshot);
    boolean kindIsRight = nearest != null && nearest.kind().equals(api.kind());
    String fix = otherVersion(api);
    if (fix == null && nearest != null) {
      fix = "did you mean \"kind: " + nearest.kind() + "\", in " + nearest.apiVersion() + "?";
    }
    error(
        "unknown-kind",
        at(versionIsRight && !kindIsRight ? value(mapping, "kind") : version),
        kubernetes + " has no " + api,
        versionIsRight
            ? api.apiVersion() + " has no kind " + api.kind()
            : "there is no API version " + api.apiVersion(),
        fix);
    add(api, mapping, start, Standing.UNKNOWN_API);
  }

  private @Nullable String otherVersion(Api api) {
    String replacement = ApiHistory.replacement(api, snapshot);
    return replacement == null ? null : "write \"apiVersion: " + replacement + "\"";
  }

  private static Node value(Mapping mapping, String key) {
    return java.util.Objects.requireNonNull(mapping.entries().get(key)).value();
  }

  private void apiVersion(Api api, Mapping mapping) {
    Location location = at(value(mapping, "apiVersion"));
    if (snapshot.origin() == Snapshot.Origin.SOURCES && !ApiHistory.isOnByDefault(api)) {
      Api stable = ApiHistory.stable(api, snapshot);
      diagnostics.add(
          Diagnostic.warning(
              "off-by-default",
              location,
              "an API server serves " + api + " only where it is told to",
              "alphas and betas are off unless --runtime-config="
                  + api.apiVersion()
                  + "=true turns them on",
              stable == null ? null : "write \"apiVersion: " + stable.apiVersion() + "\""));
      return;
    }
    Optional<Deprecation> deprecation = ApiHistory.deprecation(api, snapshot);
    if (deprecation.isPresent()) {
      String replacement = deprecation.get().replacement();
      diagnostics.add(
          Diagnostic.warning(
              "deprecated-api",
              location,
              api + " is deprecated in Kubernetes " + deprecation.get().since(),
              "it will be removed",
              replacement == null ? null : "use " + replacement));
    }
  }

  // --- values ---

  /**
   * @param owner what to point at where something is missing: the key, or the item of a list
   */
  private void value(
      Node node, Shape shape, String path, @Nullable Place parent, Node owner, int depth) {
    if (!count(node) || depth > DEEPEST) {
      return;
    }
    if (node.getTag().equals(Tag.NULL)) {
      return; // as if it were not there
    }
    if (GoYaml.isBeyondJson(node)) {
      beyondJson(node, path);
      return;
    }
    switch (shape) {
      case Ref ref -> {
        if (node instanceof MappingNode mapping) {
          object(mapping, snapshot.type(ref.type()), path, parent, owner, depth);
        } else {
          wrongType(node, path, "a mapping", null);
        }
      }
      case MapOf map -> {
        if (node instanceof MappingNode mapping) {
          for (Mapping.Entry entry : mapping(mapping, path).entries().values()) {
            value(
                entry.value(),
                map.value(),
                child(path, entry.name()),
                parent,
                entry.key(),
                depth + 1);
          }
        } else {
          wrongType(node, path, "a mapping", null);
        }
      }
      case ListOf list -> {
        if (node instanceof SequenceNode sequence) {
          list(sequence, list, path, parent, depth);
        } else {
          wrongType(node, path, "a list", "begin each item with \"- \"");
        }
      }
      case OneOf oneOf -> oneOf(node, oneOf, path);
      case Scalar scalar -> scalar(node, scalar, path, depth);
    }
  }

  private void object(
      MappingNode node,
      ObjectType type,
      String path,
      @Nullable Place parent,
      Node owner,
      int depth) {
    Mapping mapping = mapping(node, path);
    Place place = new Place(type, path, parent);
    for (Mapping.Entry entry : mapping.entries().values()) {
      ObjectType.Field field = type.fields().get(entry.name());
      if (field == null) {
        unknownField(entry, type, path, place);
      } else {
        value(
            entry.value(), field.shape(), child(path, entry.name()), place, entry.key(), depth + 1);
      }
    }
    if (completeness == Completeness.PARTIAL) {
      return;
    }
    type.fields()
        .forEach(
            (name, field) -> {
              if (field.required()
                  && mapping.value(name) == null
                  && !FieldAdvice.isMisspelt(name, mapping, type.fields().keySet())
                  && !REQUIRED_ON_PAPER.contains(type.shortName() + "." + name)) {
                error(
                    "missing-field",
                    at(owner),
                    (path.isEmpty() ? "this manifest" : path) + " has no \"" + name + "\"",
                    type.shortName() + " must have it",
                    null);
              }
            });
  }

  private void unknownField(Mapping.Entry entry, ObjectType type, String path, Place place) {
    List<KubernetesMinor> others = ApiHistory.minorsWith(type.name(), entry.name());
    KubernetesMinor now = snapshot.minor();
    String why = type.shortName() + " has no such field in Kubernetes " + now;
    Optional<String> fix = Optional.empty();
    if (others.isEmpty()) {
      fix = advice.fix(entry.name(), place);
    } else if (others.getFirst().compareTo(now) > 0) {
      why += "; it comes with " + others.getFirst();
    } else if (others.getLast().compareTo(now) < 0) {
      why += "; " + others.getLast() + " was the last to have it";
    }
    error(
        "unknown-field",
        at(entry.key()),
        "unknown field \"" + entry.name() + "\"" + (path.isEmpty() ? "" : " in " + path),
        why,
        fix.orElse(null));
  }

  private void list(
      SequenceNode sequence, ListOf list, String path, @Nullable Place parent, int depth) {
    Map<List<String>, Integer> seen = new HashMap<>();
    int index = 0;
    for (Node item : sequence.getValue()) {
      String itemPath = path + "[" + index + "]";
      if (item.getTag().equals(Tag.NULL)) {
        wrongType(item, itemPath, name(list.item()), null);
      }
      value(item, list.item(), itemPath, parent, item, depth + 1);
      if (!list.keys().isEmpty() && item instanceof MappingNode mapping) {
        unique(Mapping.of(mapping), list.keys(), index, itemPath, item, seen);
      }
      index++;
    }
  }

  private void unique(
      Mapping item,
      List<ItemKey> keys,
      int index,
      String path,
      Node node,
      Map<List<String>, Integer> seen) {
    List<String> values = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (ItemKey key : keys) {
      String text = item.text(key.field());
      String value = text.isEmpty() && key.fallback() != null ? key.fallback() : text;
      values.add(value);
      said.add(key.field() + ": " + value);
    }
    Integer before = seen.putIfAbsent(values, index);
    if (before != null && !values.stream().allMatch(String::isEmpty)) {
      error(
          "duplicate-item",
          at(node),
          path + " is there already: item " + before + " has " + String.join(", ", said) + " too",
          "items of this list are told apart by " + String.join(" and ", names(keys)),
          null);
    }
  }

  private static List<String> names(List<ItemKey> keys) {
    return keys.stream().map(ItemKey::field).toList();
  }

  private void oneOf(Node node, OneOf oneOf, String path) {
    if (!isString(node)) {
      wrongType(node, path, "a string", quoted(node));
      return;
    }
    String value = ((ScalarNode) node).getValue();
    if (value.isEmpty() || oneOf.values().contains(value)) {
      return; // an empty string is as if it were not there
    }
    String all = String.join(", ", oneOf.values());
    String fix =
        oneOf.values().stream()
            .filter(right -> right.equalsIgnoreCase(value))
            .findFirst()
            .or(() -> Suggestion.nearest(value, oneOf.values()))
            .map(right -> "did you mean \"" + right + "\"?")
            .orElse(null);
    error(
        "unknown-enum-value",
        at(node),
        path + " cannot be \"" + value + "\"",
        "it is one of " + all,
        fix);
  }

  private void scalar(Node node, Scalar scalar, String path, int depth) {
    switch (scalar) {
      case ANY -> free(node, path, depth);
      case OBJECT -> {
        if (node instanceof MappingNode) {
          free(node, path, depth);
        } else {
          wrongType(node, path, "a mapping", null);
        }
      }
      case STRING -> {
        if (!isString(node)) {
          wrongType(node, path, "a string", quoted(node));
        }
      }
      case BOOLEAN -> {
        if (!node.getTag().equals(Tag.BOOL)) {
          wrongType(node, path, "a boolean", unquoted(node, "true|false"));
        }
      }
      case INT32 -> integer(node, path, Integer.SIZE);
      case INT64 -> integer(node, path, Long.SIZE);
      case NUMBER -> {
        if (!node.getTag().equals(Tag.INT) && !node.getTag().equals(Tag.FLOAT)) {
          wrongType(node, path, "a number", unquoted(node, "-?[0-9.]+"));
        }
      }
      case INT_OR_STRING -> {
        if (!isString(node)) {
          if (node.getTag().equals(Tag.INT)) {
            integer(node, path, Integer.SIZE);
          } else {
            wrongType(node, path, "an integer or a string", null);
          }
        }
      }
      case QUANTITY -> quantity(node, path);
      case TIME ->
          format(
              node,
              path,
              Formats::isTime,
              "no time",
              "times are written as RFC 3339 has it, such as 2026-01-31T12:00:00Z");
      case BYTES ->
          format(node, path, Formats::isBase64, "no base64", "its bytes are written in base64");
    }
  }

  private void integer(Node node, String path, int bits) {
    Optional<BigInteger> value = GoYaml.whole(node);
    if (value.isEmpty()) {
      wrongType(node, path, "an integer", unquoted(node, "-?[0-9]+"));
    } else if (value.get().bitLength() >= bits) {
      error(
          "wrong-type",
          at(node),
          path + " is too large: " + value.get(),
          "it must fit into " + bits + " bits",
          null);
    }
  }

  private void quantity(Node node, String path) {
    boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    if (!number && !isString(node)) {
      wrongType(node, path, "a quantity", null);
    } else if (!number && !Formats.isQuantity(((ScalarNode) node).getValue())) {
      String value = ((ScalarNode) node).getValue();
      error(
          "invalid-value",
          at(node),
          path + " is no quantity: \"" + value + "\"",
          "a quantity is a number with a suffix such as m, k, M, G, Ki, Mi or Gi",
          quantityFix(value));
    }
  }

  /** {@code 64MB} and {@code 64 mib} are what people write who think of bytes. */
  private static @Nullable String quantityFix(String value) {
    Matcher spoken = SPOKEN_QUANTITY.matcher(value);
    if (!spoken.matches()) {
      return null;
    }
    String prefix = spoken.group(2).toUpperCase(Locale.ROOT);
    boolean binary = !spoken.group(3).isEmpty();
    String right =
        spoken.group(1) + (prefix.equals("K") && !binary ? "k" : prefix) + (binary ? "i" : "");
    return right.equals(value) ? null : "did you mean \"" + right + "\"?";
  }

  private void format(
      Node node,
      String path,
      java.util.function.Predicate<String> isRight,
      String wrong,
      String rule) {
    if (!isString(node)) {
      wrongType(node, path, "a string", quoted(node));
    } else if (!isRight.test(((ScalarNode) node).getValue())) {
      error(
          "invalid-value",
          at(node),
          path + " is " + wrong,
          rule,
          wrong.equals("no base64")
              ? "encode it, or write it below \"stringData\" where this is a Secret"
              : null);
    }
  }

  /** What has no schema has duplicates all the same. */
  private void free(Node node, String path, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (GoYaml.isBeyondJson(node)) {
      beyondJson(node, path);
    } else if (node instanceof MappingNode mapping) {
      for (Mapping.Entry entry : mapping(mapping, path).entries().values()) {
        if (count(entry.value())) {
          free(entry.value(), child(path, entry.name()), depth + 1);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      int index = 0;
      for (Node item : sequence.getValue()) {
        if (count(item)) {
          free(item, path + "[" + index++ + "]", depth + 1);
        }
      }
    }
  }

  private Mapping mapping(MappingNode node, String path) {
    Mapping mapping = Mapping.of(node);
    for (Mapping.Entry duplicate : mapping.duplicates()) {
      error(
          "duplicate-key",
          at(duplicate.key()),
          "\"" + duplicate.name() + "\" is there twice" + (path.isEmpty() ? "" : " in " + path),
          "a mapping has each key once",
          "remove one of the two");
    }
    for (Node strange : mapping.strange()) {
      error(
          "invalid-yaml",
          at(strange),
          "this key is no text",
          "the keys of a manifest are strings",
          null);
    }
    return mapping;
  }

  // --- what is said ---

  private void beyondJson(Node node, String path) {
    String value = ((ScalarNode) node).getValue();
    error(
        "wrong-type",
        at(node),
        path + " is " + value + ", which is no number of JSON",
        "the API is JSON, which knows finite numbers only",
        quoted(node));
  }

  private void wrongType(Node node, String path, String wanted, @Nullable String fix) {
    String why = null;
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.BOOL)
        && !scalar.getValue().equalsIgnoreCase("true")
        && !scalar.getValue().equalsIgnoreCase("false")) {
      why = "Kubernetes reads YAML 1.1, where " + scalar.getValue() + " is a boolean";
    }
    error("wrong-type", at(node), path + " is " + name(node) + ", not " + wanted, why, fix);
  }

  private static String name(Node node) {
    return switch (node.getNodeType()) {
      case MAPPING -> "a mapping";
      case SEQUENCE -> "a list";
      default -> {
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
          yield "an integer";
        }
        if (tag.equals(Tag.FLOAT)) {
          yield "a number";
        }
        if (tag.equals(Tag.BOOL)) {
          yield "a boolean";
        }
        yield tag.equals(Tag.NULL) ? "null" : "a string";
      }
    };
  }

  private static String name(Shape shape) {
    return switch (shape) {
      case Ref ref -> "a mapping";
      case MapOf map -> "a mapping";
      case ListOf list -> "a list";
      case OneOf oneOf -> "a string";
      case Scalar scalar -> "a value";
    };
  }

  private static @Nullable String quoted(Node node) {
    return node instanceof ScalarNode scalar
        ? "write \"" + scalar.getValue() + "\", in quotes"
        : null;
  }

  private static @Nullable String unquoted(Node node, String right) {
    return node instanceof ScalarNode scalar
            && scalar.getScalarStyle() != ScalarStyle.PLAIN
            && scalar.getValue().matches(right)
        ? "write " + scalar.getValue() + ", without quotes"
        : null;
  }

  private static boolean isString(Node node) {
    Tag tag = node.getTag();
    return node instanceof ScalarNode
        && !tag.equals(Tag.INT)
        && !tag.equals(Tag.FLOAT)
        && !tag.equals(Tag.BOOL);
  }

  private static String child(String path, String name) {
    String last = isWord(name) ? name : "\"" + name + "\"";
    return path.isEmpty() ? last : path + "." + last;
  }

  private static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == '.' || c == '/' || c == '"' || c == '[') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private boolean count(Node node) {
    nodes++;
    if (nodes == MOST_NODES + 1) {
      error(
          "invalid-yaml",
          at(node),
          "the aliases of this document stand for more than " + MOST_NODES + " values",
          "Kubernetes refuses documents that grow like this",
          "write the values out");
    }
    return nodes <= MOST_NODES;
  }

  private void error(
      String code, Location location, String what, @Nullable String why, @Nullable String fix) {
    diagnostics.add(Diagnostic.error(code, location, what, why, fix));
  }

  private Location at(Node node) {
    return at(node.getStartMark().orElse(null));
  }

  private Location at(@Nullable Mark mark) {
    return mark == null
        ? block.at(new Mark("", 0, 0, 0, new int[0], 0), firstLine)
        : block.at(mark, firstLine);
  }
}
