package dev.shirube.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
