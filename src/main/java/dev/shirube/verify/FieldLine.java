package dev.shirube.verify;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds fields of a manifest by the paths in which an API server speaks of them. */
final class FieldLine {

  /** {@code spec}, {@code [0]}, {@code [app.kubernetes.io/name]}, {@code [name="web"]}. */
  private static final Pattern PART = Pattern.compile("\\[([^\\]]+)]|([^.\\[\\]]+)");

  /** As server-side apply names an item of a list. */
  private static final Pattern BY_KEY = Pattern.compile("(\\w+)=\"?([^\"]*)\"?");

  private FieldLine() {}

  /**
   * The 1-based line of a field such as {@code spec.containers[0].image}, or of the nearest one
   * above it; empty where not even its first part is there.
   */
  static Optional<Integer> of(String manifest, String path) {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setAllowDuplicateKeys(true).build())
              .composeString(manifest);
      return root.flatMap(node -> line(node, parts(path)));
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private static List<String> parts(String path) {
    return PART.matcher(path).results().map(FieldLine::part).toList();
  }

  private static String part(java.util.regex.MatchResult part) {
    return part.group(1) == null ? part.group(2) : part.group(1).replaceAll("^\"(.*)\"$", "$1");
  }

  private static Optional<Integer> line(Node root, List<String> parts) {
    Node node = root;
    Optional<Integer> line = Optional.empty();
    for (String part : parts) {
      Optional<Found> found = child(node, part);
      if (found.isEmpty()) {
        return line;
      }
      node = found.get().value();
      line = Optional.of(found.get().line());
    }
    return line;
  }

  private record Found(Node value, int line) {}

  private static Optional<Found> child(Node node, String part) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(part)) {
          return Optional.of(new Found(tuple.getValueNode(), line(key)));
        }
      }
    }
    Matcher byKey = BY_KEY.matcher(part);
    if (node instanceof SequenceNode sequence && byKey.matches()) {
      for (Node item : sequence.getValue()) {
        if (child(item, byKey.group(1)).map(Found::value).orElse(null) instanceof ScalarNode value
            && value.getValue().equals(byKey.group(2))) {
          return Optional.of(new Found(item, line(item)));
        }
      }
    }
    if (node instanceof SequenceNode sequence && part.matches("\\d{1,6}")) {
      int index = Integer.parseInt(part);
      if (index < sequence.getValue().size()) {
        Node item = sequence.getValue().get(index);
        return Optional.of(new Found(item, line(item)));
      }
    }
    return Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
