package dev.shirube.diagnose.text;

import java.util.List;
import java.util.regex.Pattern;

/** Makes lines of what a terminal was sent: without colours, carriage returns and marks. */
final class PastedLines {

  /** ECMA-48, section 5.4: control sequences; and what xterm takes as the title of its window. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "\\x1b\\[[0-?]*+[ -/]*+[@-~]|\\x1b\\][^\\x07\\x1b\\n]{0,1000}+(?:\\x07|\\x1b\\\\)?"
              + "|\\x1b[()][0-9A-Za-z]");

  private PastedLines() {}

  static List<String> of(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (plain.indexOf('\u001b') >= 0) {
      plain = CONTROL.matcher(plain).replaceAll("");
    }
    // A lone carriage return begins a line again, as progress bars do: both are kept.
    return plain.lines().toList();
  }
}
