package dev.shirube.verify.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Splits a text into documents, as kubectl does, and reads each on its own: what is wrong with one
 * does not hide the next.
 */
final class ManifestReader {

  /** Where a document ends: three hyphens at the start of a line that holds nothing else. */
  private static final Pattern SEPARATOR = Pattern.compile("---\\s*(?:#.*)?");

  private static final int MOST_ALIASES = 1000; // the walk over them is bounded on its own
  private static final int DEEPEST = 500; // brackets in strings count too; no manifest has a tenth of it

  /** A document, or why it is none. */
  sealed interface Document {

    /** How many lines of the text are above it. */
    int firstLine();

    /** One that was read. */
    record Read(int firstLine, Node root) implements Document {}

    /** One that is no YAML. */
    record Unreadable(int firstLine, @Nullable Mark mark, String problem) implements Document {}
  }

  private ManifestReader() {}

  static List<Document> read(List<String> lines) {
    List<Document> documents = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || SEPARATOR.matcher(lines.get(i)).matches()) {
        compose(lines.subList(start, i), start, documents);
        start = i + 1;
      }
    }
    return documents;
  }

  private static void compose(List<String> lines, int firstLine, List<Document> documents) {
    String text = String.join("\n", lines) + "\n";
    if (text.isBlank()) {
      return;
    }
    if (text.stripLeading().startsWith("{")) {
      // JSON, which YAML is but for tabs between its tokens; within its strings there are none.
      text = text.replace('\t', ' ');
    }
    if (isTooDeep(text)) {
      documents.add(
          new Document.Unreadable(firstLine, null, "nested more than " + DEEPEST + " levels deep"));
      return;
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new GoYaml())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setUseMarks(true)
            .build();
    try {
      for (Node root : new Compose(settings).composeAllFromString(text)) {
        documents.add(new Document.Read(firstLine, root));
      }
    } catch (MarkedYamlEngineException e) {
      documents.add(
          new Document.Unreadable(
              firstLine, e.getProblemMark().orElse(null), oneLine(e.getProblem())));
    } catch (YamlEngineException e) {
      documents.add(new Document.Unreadable(firstLine, null, oneLine(e.getMessage())));
    }
  }

  /** The reader recurses for each level of {@code [[[[…}, and its stack has an end. */
  private static boolean isTooDeep(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth = Math.max(0, depth - 1);
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "no YAML" : message.lines().findFirst().orElse("no YAML").strip();
  }
}
