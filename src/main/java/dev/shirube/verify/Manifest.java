package dev.shirube.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One document of a listing, with the bytes that the page shows.
 *
 * @param text all of the document, without the separator
 * @param firstLine the 1-based line of the listing that it begins with
 * @param apiVersion as written; empty where it is missing, as the three below
 * @param name empty where it is missing
 */
public record Manifest(
    String text,
    int firstLine,
    String apiVersion,
    String kind,
    String name,
    Optional<String> namespace) {

  /** As kubectl splits: see k8s.io/apimachinery/pkg/util/yaml, {@code yamlSeparator}. */
  private static final Pattern SEPARATOR = Pattern.compile("---(?:\\s.*)?");

  /** The documents of a listing, but for those without content; what is no YAML names nothing. */
  public static List<Manifest> split(String text) {
    List<Manifest> manifests = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int start = 0;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || SEPARATOR.matcher(lines.get(i)).matches()) {
        List<String> document = lines.subList(start, i);
        if (document.stream().anyMatch(Manifest::hasContent)) {
          manifests.add(of(String.join("\n", document) + "\n", start + 1));
        }
        start = i + 1;
      }
    }
    return manifests;
  }

  private static boolean hasContent(String line) {
    return !line.isBlank() && !line.strip().startsWith("#");
  }

  private static Manifest of(String text, int firstLine) {
    Map<?, ?> root = Map.of();
    try {
      Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build());
      root = load.loadFromString(text) instanceof Map<?, ?> map ? map : Map.of();
    } catch (YamlEngineException e) {
      // The schema tier and the server both say it better.
    }
    Map<?, ?> metadata = root.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    return new Manifest(
        text,
        firstLine,
        string(root.get("apiVersion")),
        string(root.get("kind")),
        string(metadata.get("name")),
        Optional.of(string(metadata.get("namespace"))).filter(name -> !name.isEmpty()));
  }

  private static String string(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
