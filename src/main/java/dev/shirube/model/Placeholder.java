package dev.shirube.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A name in braces in a command, to be replaced by the reader's own value; declared as {@code
 * :placeholder-NAME: meaning; example=…; verify=…}.
 *
 * @param name without braces
 * @param meaning what stands there
 * @param example a value as it might be; may be empty
 * @param verificationValue what the verifier fills in; may be empty
 */
public record Placeholder(String name, String meaning, String example, String verificationValue) {

  /**
   * A placeholder in a text, its name as group 1: a name alone in single braces, which do not stand
   * behind {@code $}, {@code %}, a letter or a digit. So the braces of shells ({@code ${home}}),
   * templates ({@code {{name}}}), curl ({@code %{http_code}}), events ({@code
   * spec.containers{web}}) and JSONPath ({@code {.metadata.name}}, {@code {range .items[*]}}) are
   * left alone. The one thing of JSONPath that looks like a name is {@link #RESERVED}.
   */
  public static final Pattern IN_TEXT =
      Pattern.compile("(?<![$%\\w{])\\{(?!end})([a-z][a-z0-9_-]*)}");

  /** What ends a {@code {range …}} of JSONPath: no placeholder can have this name. */
  public static final String RESERVED = "end";

  /** The start of the attribute that declares a placeholder. */
  public static final String ATTRIBUTE = "placeholder-";

  /**
   * All that attributes declare, by name.
   *
   * @param attributes by name; where two declare the same placeholder, the later ones count
   */
  public static SortedMap<String, Placeholder> declared(List<Map<String, String>> attributes) {
    SortedMap<String, Placeholder> declared = new TreeMap<>();
    for (Map<String, String> some : attributes) {
      some.forEach(
          (attribute, declaration) -> {
            if (attribute.startsWith(ATTRIBUTE)) {
              String name = attribute.substring(ATTRIBUTE.length());
              declared.put(name, parse(name, declaration));
            }
          });
    }
    return declared;
  }

  /** Reads the value of a declaring attribute. */
  public static Placeholder parse(String name, String declaration) {
    String meaning = "";
    String example = "";
    String verificationValue = "";
    for (String part : declaration.split(";")) {
      String piece = part.strip();
      if (piece.startsWith("example=")) {
        example = piece.substring("example=".length());
      } else if (piece.startsWith("verify=")) {
        verificationValue = piece.substring("verify=".length());
      } else if (meaning.isEmpty()) {
        meaning = piece;
      }
    }
    return new Placeholder(name, meaning, example, verificationValue);
  }
}
