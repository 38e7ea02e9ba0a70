package dev.shirube.verify.shell;

import dev.shirube.model.Placeholder;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Values for names in braces. They are filled in after a line was split, so that no value can
 * become syntax; and once, so that a value cannot name another placeholder.
 */
record Placeholders(Map<String, String> values) {
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
    return Placeholder.IN_TEXT
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
