package dev.shirube.verify.schema;

import dev.shirube.verify.schema.ObjectType.Field;
import dev.shirube.verify.schema.Shape.ItemKey;
import dev.shirube.verify.schema.Shape.ListOf;
import dev.shirube.verify.schema.Shape.MapOf;
import dev.shirube.verify.schema.Shape.OneOf;
import dev.shirube.verify.schema.Shape.Ref;
import dev.shirube.verify.schema.Shape.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a snapshot of the OpenAPI v3 documents of a Kubernetes version: one document an API group,
 * as its module and its API server have them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/">Kubernetes on its
 *     OpenAPI documents</a>
 */
public final class SnapshotMaker {

  private static final String REFERENCE = "#/components/schemas/";

  private final JsonMapper mapper = new JsonMapper();
  private final Map<String, JsonNode> schemas = new HashMap<>();
  private final SortedMap<Api, String> kinds = new TreeMap<>();
  private final SortedMap<String, ObjectType> types = new TreeMap<>();
  private final EnumValues enums;

  private SnapshotMaker(EnumValues enums) {
    this.enums = enums;
  }

  /**
   * Merges the documents and leaves out what no check needs.
   *
   * @param kubernetes the whole version, such as {@code 1.37.2}
   * @param documents JSON texts
   * @param enums the values of enumerations, which the documents of Kubernetes' sources leave out
   * @throws IllegalArgumentException where a document is no such document
   */
  public static Snapshot make(
      String kubernetes, Snapshot.Origin origin, List<String> documents, EnumValues enums) {
    SnapshotMaker maker = new SnapshotMaker(enums);
    documents.forEach(maker::add);
    if (maker.schemas.isEmpty()) {
      throw new IllegalArgumentException("no document describes a type");
    }
    maker.schemas.forEach(maker::define);
    return new Snapshot(kubernetes, origin, maker.kinds, maker.types);
  }

  private void add(String document) {
    JsonNode all = mapper.readTree(document).path("components").path("schemas");
    for (Map.Entry<String, JsonNode> entry : all.properties()) {
      schemas.putIfAbsent(entry.getKey(), entry.getValue());
      // Types such as DeleteOptions belong to every group, and each document names its own.
      for (JsonNode api : entry.getValue().path("x-kubernetes-group-version-kind")) {
        String group = api.path("group").asString("");
        String version = api.path("version").asString("");
        kinds.put(
            new Api(
                group.isEmpty() ? version : group + "/" + version, api.path("kind").asString("")),
            entry.getKey());
      }
    }
  }

  private void define(String name, JsonNode schema) {
    if (schema.path("type").asString("").equals("object") && !schema.has("additionalProperties")) {
      if (schema.has("properties") || !isFree(name, schema)) {
        defineObject(name, schema);
      }
    }
  }

  private void defineObject(String name, JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(each -> required.add(each.asString("")));
    SortedMap<String, Field> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String field = property.getKey();
      Shape shape = shape(property.getValue(), name + "." + field);
      fields.put(
          field, new Field(narrowed(shape, enums.of(name, field)), required.contains(field)));
    }
    types.put(name, new ObjectType(name, fields));
  }

  /** Whether an object without properties may have any, rather than none. */
  private static boolean isFree(String name, JsonNode schema) {
    return name.endsWith(".RawExtension")
        || name.endsWith(".FieldsV1")
        || name.endsWith(".Patch")
        || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
  }

  private Shape shape(JsonNode schema, String place) {
    if (schema.has("$ref")) {
      return named(schema.path("$ref").asString("").substring(REFERENCE.length()));
    }
    if (schema.path("allOf").size() == 1) { // a reference with a description or a default
      return shape(schema.path("allOf").get(0), place);
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
      return Scalar.INT_OR_STRING;
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> string(schema);
      case "integer" ->
          schema.path("format").asString("").equals("int32") ? Scalar.INT32 : Scalar.INT64;
      case "number" -> Scalar.NUMBER;
      case "boolean" -> Scalar.BOOLEAN;
      case "array" -> {
        Shape item = shape(schema.path("items"), place);
        yield new ListOf(item, keys(schema, item));
      }
      case "object" -> object(schema, place);
      default -> Scalar.ANY;
    };
  }

  private Shape object(JsonNode schema, String place) {
    if (schema.path("additionalProperties").isObject()) {
      return new MapOf(shape(schema.path("additionalProperties"), place));
    }
    if (schema.has("properties")
        && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
      defineObject(place, schema); // as the types of custom resources are written
      return new Ref(place);
    }
    return Scalar.OBJECT;
  }

  private Shape named(String name) {
    JsonNode schema = schemas.get(name);
    if (schema == null) {
      throw new IllegalArgumentException("no document describes " + name);
    }
    if (name.endsWith(".Quantity")) {
      return Scalar.QUANTITY;
    }
    if (name.endsWith(".IntOrString")) {
      return Scalar.INT_OR_STRING;
    }
    boolean object = schema.path("type").asString("").equals("object");
    if (object && !schema.has("additionalProperties")) {
      return schema.has("properties") || !isFree(name, schema) ? new Ref(name) : Scalar.OBJECT;
    }
    return shape(schema, name);
  }

  private static Shape string(JsonNode schema) {
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.path("enum").forEach(value -> values.add(value.asString("")));
      return oneOf(values);
    }
    return switch (schema.path("format").asString("")) {
      case "date-time" -> Scalar.TIME;
      case "byte" -> Scalar.BYTES;
      default -> Scalar.STRING;
    };
  }

  private static OneOf oneOf(List<String> values) {
    if (values.stream().anyMatch(value -> value.matches(".*[|()\\n].*"))) {
      throw new IllegalArgumentException("a snapshot cannot hold these values: " + values);
    }
    return new OneOf(values);
  }

  /** The keys of a list, of which each is a field of its items. */
  private List<ItemKey> keys(JsonNode schema, Shape item) {
    if (!schema.path("x-kubernetes-list-type").asString("").equals("map")
        || !(item instanceof Ref ref)) {
      return List.of();
    }
    List<ItemKey> keys = new ArrayList<>();
    for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
      JsonNode field =
          schemas.getOrDefault(ref.type(), schema).path("properties").path(key.asString(""));
      JsonNode fallback = field.path("default");
      boolean required = false;
      for (JsonNode name : schemas.getOrDefault(ref.type(), schema).path("required")) {
        required |= name.equals(key);
      }
      // The default of a required field is but the zero of its Go type.
      keys.add(
          new ItemKey(
              key.asString(""), required || !fallback.isValueNode() ? null : fallback.asString()));
    }
    return keys;
  }

  private static Shape narrowed(Shape shape, List<String> values) {
    if (values.isEmpty()) {
      return shape;
    }
    return switch (shape) {
      case ListOf list -> new ListOf(narrowed(list.item(), values), list.keys());
      case MapOf map -> new MapOf(narrowed(map.value(), values));
      case Scalar scalar -> scalar == Scalar.STRING ? oneOf(values) : scalar;
      case OneOf oneOf -> oneOf;
      case Ref ref -> ref;
    };
  }
}
