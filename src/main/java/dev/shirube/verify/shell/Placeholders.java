package dev.shirube.verify.shell;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values for names in braces. They are filled in after a line was split, so that no value can
 * become syntax; and once, so that a value cannot name another placeholder.
 */
record Placeholders(Map<String, String> values) {
  private static final Pattern NAME = Pattern.compile("\\{([^{}\\s]+)}");

  Placeholders {
    values = Map.copyOf(values);
    values.forEach(
        (name, value) -> {
          if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the value of {" + name + "} has a NUL");
          }
        });
  }

  String fill(String text) {
    return NAME.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
