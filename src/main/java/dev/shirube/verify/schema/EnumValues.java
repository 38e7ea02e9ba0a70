package dev.shirube.verify.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of Kubernetes' enumerations. An API server has them in its OpenAPI documents; those in
 * Kubernetes' sources were made without, so they are read from the Go file beside them that the API
 * server makes its own documents of.
 */
public final class EnumValues {

  /** For documents that hold the values themselves. */
  public static final EnumValues IN_DOCUMENTS = new EnumValues(Map.of());

  /** The Go file, within the module {@code k8s.io/kubernetes}. */
  public static final String GO_FILE = "pkg/generated/openapi/zz_generated.openapi.go";

  private static final Pattern FUNCTION = Pattern.compile("func schema_(\\w+)\\(ref .*");
  private static final Pattern FIELD = Pattern.compile("\\t{5}\"([^\"]+)\": \\{");
  private static final Pattern ENUM = Pattern.compile("\\t+Enum: +\\[\\]interface\\{\\}\\{(.*)},");
  private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"");

  private final Map<String, List<String>> values;

  private EnumValues(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads the text of {@link #GO_FILE}. */
  public static EnumValues inGo(String text) {
    Map<String, List<String>> values = new HashMap<>();
    String function = "";
    String field = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("func ")) {
        Matcher matcher = FUNCTION.matcher(line);
        function = matcher.matches() ? matcher.group(1) : "";
      } else if (line.startsWith("\t\t\t\t\t\"")) {
        Matcher matcher = FIELD.matcher(line);
        if (matcher.matches()) {
          field = matcher.group(1);
        }
      } else if (line.contains("Enum:")) {
        Matcher matcher = ENUM.matcher(line);
        if (matcher.matches()) {
          List<String> all = new ArrayList<>();
          VALUE.matcher(matcher.group(1)).results().forEach(each -> all.add(each.group(1)));
          values.put(function + " " + field, List.copyOf(all));
        }
      }
    }
    return new EnumValues(values);
  }

  /** The values of a type's field; empty where it is no enumeration. */
  List<String> of(String type, String field) {
    String function =
        type.startsWith("io.k8s.api.")
            ? "k8sio_api_" + type.substring("io.k8s.api.".length())
            : type.replaceFirst("^io\\.k8s\\.[^.]+\\.", "");
    return values.getOrDefault(function.replace('.', '_') + " " + field, List.of());
  }
}
