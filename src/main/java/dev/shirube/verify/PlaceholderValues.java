package dev.shirube.verify;

import dev.shirube.model.Placeholder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** Fills values in for names in braces such as {@code {namespace}}; other braces stay. */
final class PlaceholderValues {

  private PlaceholderValues() {}

  static String fill(String text, Map<String, String> values) {
    return Placeholder.IN_TEXT
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /** The names that stand in a text. */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = Placeholder.IN_TEXT.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
