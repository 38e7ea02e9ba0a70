package dev.shirube.verify.match;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How an output is compared with what the page says: the values of {@code match=}. */
public enum MatchMode {
  /** Line by line; white space at the ends of lines and blank lines at the end do not count. */
  EXACT,
  /**
   * As {@link #EXACT}, but {@code ...} (or {@code …}) alone on a line stands for any lines, none
   * too, and inside a line for any characters.
   */
  ELIDE,
  /** Tables as kubectl prints them: cells by the name of their column, rows in any order. */
  TABLE,
  /** JSON or YAML of which the page shows a part. */
  JSON;

  private static final Pattern HEADER =
      Pattern.compile(
          "NAMES(?: {2,}NAMES)+ *"
              .replace("NAMES", "WORD(?: WORD)*")
              .replace("WORD", "[A-Z][A-Z0-9()/_-]*"));

  /** As it is written in a page. */
  public String attributeValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode that is written so in a page; empty where there is none. */
  public static Optional<MatchMode> named(String attributeValue) {
    return Arrays.stream(values())
        .filter(mode -> mode.attributeValue().equals(attributeValue))
        .findFirst();
  }

  /**
   * The mode of an expected text for which the page names none: it is a table where its first line
   * names columns as kubectl does; else dots elide.
   */
  public static MatchMode defaultFor(String expected) {
    if (HEADER.matcher(expected.lines().findFirst().orElse("")).matches()) {
      return TABLE;
    }
    return expected.contains("...") || expected.contains("…") ? ELIDE : EXACT;
  }
}
