package dev.shirube.diagnose.text;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event as kubectl prints it: by {@code get events} and {@code events} with its object, by
 * {@code describe} without.
 *
 * @param kind empty where the line does not say, as the name
 */
record EventLine(
    boolean warning, String reason, Optional<ObjectKind> kind, String name, String message) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?:^|\\s)(Normal|Warning)\\s{1,40}+([A-Z][A-Za-z]{2,60}+)\\s{1,60}+(\\S.*)$");

  private static final Pattern OBJECT =
      Pattern.compile(
          "([A-Za-z]{2,40}+(?:\\.[a-z0-9.]{1,60}+)?)/([a-z0-9][a-z0-9.-]{0,252}+)\\s++(.*)");

  /** {@code 7s (x2 over 20s) kubelet}, of which the age may be missing. */
  private static final Pattern AGE_AND_SOURCE =
      Pattern.compile(
          "(?:"
              + Ages.PATTERN
              + "|<unknown>|<invalid>)(?:\\s\\(x\\d{1,9} over "
              + Ages.PATTERN
              + "\\))?\\s++\\S++\\s++(.*)");

  static Optional<EventLine> parse(String line) {
    // Only what stands near the beginning: a log may have these words anywhere.
    Matcher event = LINE.matcher(line.length() > 20_000 ? line.substring(0, 20_000) : line);
    if (!line.contains("Normal") && !line.contains("Warning")) {
      return Optional.empty();
    }
    if (!event.find() || event.start() > 80 || hasWords(line.substring(0, event.start()))) {
      return Optional.empty();
    }
    boolean warning = event.group(1).equals("Warning");
    String rest = event.group(3);
    Matcher object = OBJECT.matcher(rest);
    if (object.matches() && Kinds.of(object.group(1)).isPresent()) {
      return Optional.of(
          new EventLine(
              warning,
              event.group(2),
              Kinds.of(object.group(1)),
              object.group(2),
              object.group(3).strip()));
    }
    if (object.matches()) {
      return Optional.empty(); // of a kind that has no troubles here
    }
    Matcher age = AGE_AND_SOURCE.matcher(rest);
    return Optional.of(
        new EventLine(
            warning, event.group(2), Optional.empty(), "", age.matches() ? age.group(1) : rest));
  }

  /** Whether something stands there that is neither a namespace nor a time. */
  private static boolean hasWords(String before) {
    return before.strip().split("\\s+").length > 5
        || !before.matches("[a-z0-9 ().<>-]*(?:over[a-z0-9 ().<>-]*)?");
  }
}
