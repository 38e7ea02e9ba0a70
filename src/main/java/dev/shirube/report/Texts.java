package dev.shirube.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** What a text must not hold where it goes: too much, or characters that the reader cannot take. */
final class Texts {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Texts() {}

  /**
   * Without the characters that XML 1.0 cannot hold; they are written as {@code \}{@code u0000}.
   */
  static String forXml(String text) {
    return replaced(
        text,
        c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000);
  }

  /**
   * Without the characters that move a terminal's cursor or turn the direction of writing, which
   * could make a line look like another one.
   */
  static String forTerminal(String text) {
    return replaced(
        text,
        c ->
            c == '\t'
                || !(Character.isISOControl(c)
                    || isBidirectional(c)
                    || Character.getType(c) == Character.SURROGATE));
  }

  private static boolean isBidirectional(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static String replaced(String text, IntPredicate good) {
    if (text.codePoints().allMatch(good)) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (good.test(c)) {
                replaced.appendCodePoint(c);
              } else {
                replaced.append("\\u").append(HEX.toHexDigits((char) c));
              }
            });
    return replaced.toString();
  }

  /** On one line: white space becomes single spaces. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** The first of the characters, and how many more there are. */
  static String shortened(String text, int mostChars) {
    if (text.length() <= mostChars) {
      return text;
    }
    int end = mostChars;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end)
        + String.format(Locale.ROOT, "… (%,d more characters)", text.length() - end);
  }

  /** The first of the lines, each of them shortened, and how many more there are. */
  static List<String> shortenedLines(String text, int mostLines, int mostChars) {
    List<String> lines = text.lines().limit(mostLines).map(l -> shortened(l, mostChars)).toList();
    long more = text.lines().skip(mostLines).count();
    if (more == 0) {
      return lines;
    }
    List<String> withNote = new ArrayList<>(lines);
    withNote.add(String.format(Locale.ROOT, "… (%,d more lines)", more));
    return withNote;
  }

  /** Seconds with three places, e.g. {@code 1.500}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%d.%03d", duration.toSeconds(), duration.toMillisPart());
  }
}
