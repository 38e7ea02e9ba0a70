package dev.shirube.diagnose.text;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads objects that are JSON or YAML; a text that was cut off is neither. */
final class StructuredText {

  private static final int MOST_CODE_POINTS = 64 << 20;

  private StructuredText() {}

  /** The objects; none where the text is no JSON. */
  static List<JsonNode> json(String text) {
    try {
      return List.of(JsonMapper.shared().readTree(text));
    } catch (JacksonException e) {
      return List.of();
    }
  }

  /** The objects of all documents; none where the text is no YAML. */
  static List<JsonNode> yaml(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(MOST_CODE_POINTS)
            .build();
    List<JsonNode> objects = new ArrayList<>();
    try {
      for (Object document : new Load(settings).loadAllFromString(text)) {
        objects.add(JsonMapper.shared().valueToTree(document));
      }
    } catch (YamlEngineException | JacksonException e) {
      return List.of();
    }
    return List.copyOf(objects);
  }
}
