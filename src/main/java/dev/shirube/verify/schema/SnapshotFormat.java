package dev.shirube.verify.schema;

import dev.shirube.verify.schema.ObjectType.Field;
import dev.shirube.verify.schema.Shape.ItemKey;
import dev.shirube.verify.schema.Shape.ListOf;
import dev.shirube.verify.schema.Shape.MapOf;
import dev.shirube.verify.schema.Shape.OneOf;
import dev.shirube.verify.schema.Shape.Ref;
import dev.shirube.verify.schema.Shape.Scalar;
import dev.shirube.verify.schema.Snapshot.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a snapshot is written down: text, one field a line, so that {@code diff} shows what a minor
 * version changed, and so that reading it needs no more than splitting lines.
 *
 * <pre>
 * snapshot = "kubernetes" SP version SP ( "sources" | "server" ) NL { kind } { type }
 * kind     = "kind" SP apiVersion SP kind SP type-name NL
 * type     = "type" SP type-name NL { field }
 * field    = SP name [ "!" ] SP shape NL            "!": required
 * shape    = scalar | type-name | "(" value { "|" value } ")" | list | "{}" shape
 * list     = "[" [ key { "," key } ] "]" shape      the keys tell the items apart
 * key      = name [ "=" fallback ]
 * </pre>
 */
final class SnapshotFormat {

  private SnapshotFormat() {}

  static String write(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    text.append("kubernetes ")
        .append(snapshot.kubernetes())
        .append(' ')
        .append(snapshot.origin().name().toLowerCase(Locale.ROOT))
        .append('\n');
    snapshot
        .kinds()
        .forEach(
            (api, type) ->
                text.append("kind ")
                    .append(api.apiVersion())
                    .append(' ')
                    .append(api.kind())
                    .append(' ')
                    .append(type)
                    .append('\n'));
    for (ObjectType type : snapshot.types().values()) {
      text.append("type ").append(type.name()).append('\n');
      type.fields()
          .forEach(
              (name, field) ->
                  text.append(' ')
                      .append(name)
                      .append(field.required() ? "! " : " ")
                      .append(write(field.shape()))
                      .append('\n'));
    }
    return text.toString();
  }

  private static String write(Shape shape) {
    return switch (shape) {
      case Scalar scalar -> scalar.word();
      case OneOf oneOf -> "(" + String.join("|", oneOf.values()) + ")";
      case Ref ref -> ref.type();
      case MapOf map -> "{}" + write(map.value());
      case ListOf list ->
          "["
              + String.join(
                  ",",
                  list.keys().stream()
                      .map(
                          key ->
                              key.fallback() == null
                                  ? key.field()
                                  : key.field() + "=" + key.fallback())
                      .toList())
              + "]"
              + write(list.item());
    };
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  static Snapshot read(String text) {
    String kubernetes = "";
    Origin origin = Origin.SOURCES;
    SortedMap<Api, String> kinds = new TreeMap<>();
    SortedMap<String, ObjectType> types = new TreeMap<>();
    String type = "";
    SortedMap<String, Field> fields = new TreeMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end);
      start += line.length() + 1;
      if (line.startsWith(" ")) {
        int space = line.indexOf(' ', 1);
        boolean required = line.charAt(space - 1) == '!';
        String name = line.substring(1, required ? space - 1 : space);
        fields.put(name, new Field(shape(line.substring(space + 1)), required));
        continue;
      }
      String[] words = line.split(" ");
      switch (words[0]) {
        case "kubernetes" -> {
          kubernetes = words[1];
          origin = Origin.valueOf(words[2].toUpperCase(Locale.ROOT));
        }
        case "kind" -> kinds.put(new Api(words[1], words[2]), words[3].intern());
        case "type" -> {
          if (!type.isEmpty()) {
            types.put(type, new ObjectType(type, fields));
          }
          type = words[1];
          fields = new TreeMap<>();
        }
        default -> throw new IllegalArgumentException("not a line of a snapshot: " + line);
      }
    }
    if (!type.isEmpty()) {
      types.put(type, new ObjectType(type, fields));
    }
    return new Snapshot(kubernetes, origin, kinds, types);
  }

  private static Shape shape(String text) {
    return switch (text.charAt(0)) {
      case '(' -> new OneOf(List.of(text.substring(1, text.length() - 1).split("\\|", -1)));
      case '{' -> new MapOf(shape(text.substring(2)));
      case '[' -> {
        int end = text.indexOf(']');
        yield new ListOf(shape(text.substring(end + 1)), keys(text.substring(1, end)));
      }
      default -> {
        Scalar scalar = Scalar.of(text);
        yield scalar == null ? new Ref(text) : scalar;
      }
    };
  }

  private static List<ItemKey> keys(String text) {
    List<ItemKey> keys = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String key : text.split(",")) {
        int equals = key.indexOf('=');
        keys.add(
            equals < 0
                ? new ItemKey(key, null)
                : new ItemKey(key.substring(0, equals), key.substring(equals + 1)));
      }
    }
    return keys;
  }
}
