package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that the theme says: each in both languages, and nowhere but in their catalogue. */
class ThemeWordsTest {

  private static final Path THEME = Path.of("site-theme");
  private static final Path CATALOGUE = THEME.resolve("templates/partials/labels.ftlh");
  private static final Pattern JAPANESE = Pattern.compile("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<#assign (\\w*[lL]anguages) = (\\{.*?\\n\\})>");

  /** The keys of a catalogue's language, with their places in lists, as a walk finds them. */
  private static Map<String, List<String>> keys(String catalogue) {
    Map<String, List<String>> keys = new TreeMap<>();
    String language = "";
    for (String line : catalogue.lines().toList()) {
      Matcher start = Pattern.compile("^  \"(\\w+)\": \\{").matcher(line);
      if (start.find()) {
        language = start.group(1);
        keys.put(language, new ArrayList<>());
        continue;
      }
      Matcher key = Pattern.compile("\"([\\w-]+)\": *([\\[{]?)").matcher(line);
      while (key.find()) {
        keys.computeIfAbsent(language, any -> new ArrayList<>()).add(key.group(1));
      }
    }
    return keys;
  }

  @Test
  void bothLanguagesHaveTheSameWords() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(CATALOGUE));
    int found = 0;
    while (block.find()) {
      found++;
      Map<String, List<String>> keys = keys(block.group(2));
      assertEquals(List.of("en", "ja"), List.copyOf(keys.keySet()), block.group(1));
      assertEquals(keys.get("ja"), keys.get("en"), block.group(1));
      assertFalse(keys.getOrDefault("en", List.of()).isEmpty(), block.group(1));
    }
    assertTrue(found >= 5, "catalogues: " + found);
  }

  @Test
  void noTemplateOrScriptHasJapaneseOfItsOwn() throws IOException {
    List<String> own = new ArrayList<>();
    for (String folder : List.of("templates", "js")) {
      try (Stream<Path> files = Files.walk(THEME.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          List<String> lines = file.equals(CATALOGUE) ? List.of() : Files.readAllLines(file);
          for (int i = 0; i < lines.size(); i++) {
            if (JAPANESE.matcher(lines.get(i)).find()) {
              own.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
          }
        }
      }
    }
    assertEquals(List.of(), own);
  }
}
