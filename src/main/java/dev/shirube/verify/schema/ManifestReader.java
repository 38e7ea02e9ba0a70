package dev.shirube.verify.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
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
  private static final int DEEPEST = 200; // no manifest has a tenth of it

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
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new GoYaml())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setUseMarks(true)
            .build();
    try {
      if (mayBeDeep(text) && isTooDeep(text, settings)) {
        documents.add(
            new Document.Unreadable(
                firstLine, null, "it is nested more than " + DEEPEST + " levels deep"));
        return;
      }
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

  /** Whether there are brackets, indentation or hyphens enough; others need not be counted. */
  private static boolean mayBeDeep(String text) {
    int brackets = 0;
    int lead = 0;
    boolean leading = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        lead = 0;
        leading = true;
      } else if (leading && (c == ' ' || c == '-' || c == '?')) {
        lead++;
      } else {
        leading = false;
      }
      if (c == '[' || c == '{') {
        brackets++;
      }
      if (lead > DEEPEST || brackets > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  /** Composing nodes recurses, and its stack has an end; parsing events does not. */
  private static boolean isTooDeep(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
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
