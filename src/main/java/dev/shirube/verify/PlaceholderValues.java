package dev.shirube.verify;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills values in for names in braces such as {@code {namespace}}; other braces stay. */
final class PlaceholderValues {

  private static final Pattern NAME = Pattern.compile("(?<![$%\\w{])\\{([a-z][a-z0-9_-]*)}");

  private PlaceholderValues() {}

  static String fill(String text, Map<String, String> values) {
    return NAME.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /** The names that stand in a text. */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
