package dev.shirube.verify.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a manifest as Kubernetes sees it: with string keys, and with what {@code <<} merges
 * into it.
 *
 * @param entries the last of each key
 * @param duplicates the keys that were there before
 * @param strange the keys that are no scalars
 */
record Mapping(Map<String, Entry> entries, List<Entry> duplicates, List<Node> strange) {

  private static final int DEEPEST_MERGE = 20;

  static final Mapping EMPTY = new Mapping(Map.of(), List.of(), List.of());

  /** A key and its value. */
  record Entry(String name, Node key, Node value) {}

  /** A mapping within a list. */
  record Item(Node node, Mapping mapping) {}

  static Mapping of(MappingNode node) {
    return of(node, 0);
  }

  private static Mapping of(MappingNode node, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Entry> duplicates = new ArrayList<>();
    List<Node> strange = new ArrayList<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        strange.add(tuple.getKeyNode());
      } else if (isMerge(key)) {
        merged.add(tuple.getValueNode());
      } else {
        Entry entry = new Entry(name(key), key, tuple.getValueNode());
        if (entries.put(entry.name(), entry) != null) {
          duplicates.add(entry);
        }
      }
    }
    if (depth < DEEPEST_MERGE) {
      merged.forEach(value -> merge(value, depth, entries));
    }
    return new Mapping(entries, duplicates, strange);
  }

  /** What is written beside it goes before what is merged. */
  private static void merge(Node value, int depth, Map<String, Entry> entries) {
    if (value instanceof MappingNode mapping) {
      of(mapping, depth + 1).entries().forEach(entries::putIfAbsent);
    } else if (value instanceof SequenceNode sequence) {
      sequence.getValue().forEach(each -> merge(each, depth + 1, entries));
    }
  }

  private static boolean isMerge(ScalarNode key) {
    return key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN;
  }

  /** Kubernetes turns keys that are no strings into such: {@code on:} becomes {@code true:}. */
  private static String name(ScalarNode key) {
    if (key.getTag().equals(Tag.BOOL)) {
      return String.valueOf(GoYaml.bool(key.getValue()));
    }
    return key.getTag().equals(Tag.INT)
        ? GoYaml.integer(key.getValue()).toString()
        : key.getValue();
  }

  /** The value of a key; null where there is none, or where it is {@code null}. */
  @Nullable Node value(String name) {
    Entry entry = entries.get(name);
    return entry == null || entry.value().getTag().equals(Tag.NULL) ? null : entry.value();
  }

  /** The text of a scalar value; empty where there is none. */
  String text(String name) {
    return value(name) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** The mapping of a key; empty where its value is none. */
  Mapping mapping(String name) {
    return value(name) instanceof MappingNode mapping ? of(mapping) : EMPTY;
  }

  /** The mappings in the list of a key; empty where its value is none. */
  List<Item> items(String name) {
    List<Item> items = new ArrayList<>();
    if (value(name) instanceof SequenceNode sequence) {
      for (Node node : sequence.getValue()) {
        if (node instanceof MappingNode mapping) {
          items.add(new Item(node, of(mapping)));
        }
      }
    }
    return items;
  }
}
