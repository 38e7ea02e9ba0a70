package dev.shirube.search.query;

/** The one spelling under which a name is looked up as a whole. */
public final class NameKey {

  private NameKey() {}

  /**
   * Words with single spaces between them; with anything Japanese in it, a name without separators.
   *
   * @param name normalised
   */
  public static String of(String name) {
    StringBuilder key = new StringBuilder();
    boolean japanese = false;
    for (int i = 0; i < name.length() && !japanese; i++) {
      japanese = CharKind.of(name.charAt(i)).isJapanese();
    }
    if (!japanese) {
      for (String word : Words.sequence(name)) {
        key.append(key.length() == 0 ? "" : " ").append(word);
      }
      return key.toString();
    }
    for (int i = 0; i < name.length(); i++) {
      if (CharKind.of(name.charAt(i)) != CharKind.SEPARATOR) {
        key.append(name.charAt(i));
      }
    }
    return KatakanaStem.of(Words.lowerCase(key.toString()));
  }
}
