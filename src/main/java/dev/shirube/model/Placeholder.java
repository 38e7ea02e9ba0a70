package dev.shirube.model;

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
