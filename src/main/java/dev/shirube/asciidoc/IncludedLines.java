package dev.shirube.asciidoc;

import dev.shirube.model.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an included file that {@code lines=} or {@code tags=} selects, as documented in <a
 * href="https://docs.asciidoctor.org/asciidoc/latest/directives/include-tagged-regions/">Include
 * Content by Tagged Regions</a> and <a
 * href="https://docs.asciidoctor.org/asciidoc/latest/directives/include-lines/">by Line Ranges</a>.
 *
 * @param text the selected lines, each with its line break
 * @param numbers the 1-based number that each selected line has in the file
 */
record IncludedLines(String text, List<Integer> numbers) {

  IncludedLines {
    numbers = List.copyOf(numbers);
  }

  private static final Pattern TAG_DIRECTIVE =
      Pattern.compile("\\b(?:tag|(e)nd)::(\\S+?)\\[](?=$|[\\s])");

  /**
   * @param report takes the code and the text of a problem with the selection
   */
  static IncludedLines select(
      SourceFile file, Map<String, Object> attributes, BiConsumer<String, String> report) {
    List<String> lines = file.lines();
    if (attributes.get("lines") instanceof String ranges && !ranges.isBlank()) {
      return join(lines, byRange(lines.size(), ranges, report));
    }
    Object tags = attributes.getOrDefault("tags", attributes.get("tag"));
    if (tags instanceof String names && !names.isBlank()) {
      return join(lines, byTag(file, lines, names, report));
    }
    return join(lines, all(lines));
  }

  private static IncludedLines join(List<String> lines, List<Integer> selected) {
    StringBuilder text = new StringBuilder();
    for (int index : selected) {
      text.append(lines.get(index)).append('\n');
    }
    return new IncludedLines(text.toString(), selected.stream().map(index -> index + 1).toList());
  }

  private static List<Integer> all(List<String> lines) {
    List<Integer> selected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      selected.add(i);
    }
    return selected;
  }

  private static List<Integer> byRange(
      int count, String ranges, BiConsumer<String, String> report) {
    Set<Integer> selected = new java.util.TreeSet<>();
    for (String range : ranges.split("[;,]")) {
      String[] ends = range.trim().split("\\.\\.", -1);
      try {
        int from = Integer.parseInt(ends[0]);
        int to = ends.length == 1 ? from : ends[1].isEmpty() ? -1 : Integer.parseInt(ends[1]);
        for (int line = Math.max(from, 1); line <= (to < 0 ? count : Math.min(to, count)); line++) {
          selected.add(line - 1);
        }
      } catch (NumberFormatException e) {
        report.accept("include-lines", "\"" + range.trim() + "\" is not a line range such as 3..7");
      }
    }
    return List.copyOf(selected);
  }

  private static List<Integer> byTag(
      SourceFile file, List<String> lines, String names, BiConsumer<String, String> report) {
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    for (String name : names.split("[;,]")) {
      String tag = name.trim();
      if (!tag.isEmpty() && !tag.equals("!")) {
        wanted.put(tag.startsWith("!") ? tag.substring(1) : tag, !tag.startsWith("!"));
      }
    }
    Boolean everything = wanted.remove("**");
    Boolean anyTag = wanted.remove("*");
    boolean onlyExcludes = !wanted.containsValue(true) && !Boolean.TRUE.equals(anyTag);
    boolean outside = everything != null ? everything : onlyExcludes;
    if (anyTag == null && everything != null && !everything && onlyExcludes) {
      anyTag = true;
    }

    List<Integer> selected = new ArrayList<>();
    Deque<OpenTag> open = new ArrayDeque<>();
    Set<String> seen = new LinkedHashSet<>();
    boolean select = outside;
    for (int i = 0; i < lines.size(); i++) {
      Matcher directive = TAG_DIRECTIVE.matcher(lines.get(i));
      if (!directive.find()) {
        if (select) {
          selected.add(i);
        }
        continue;
      }
      String tag = directive.group(2);
      Boolean choice = wanted.containsKey(tag) ? wanted.get(tag) : anyTag;
      if (choice == null) {
        continue;
      }
      if (directive.group(1) == null) {
        seen.add(tag);
        select = choice;
        open.push(new OpenTag(tag, select));
      } else if (!open.isEmpty() && open.getFirst().name().equals(tag)) {
        open.pop();
        select = open.isEmpty() ? outside : open.getFirst().selected();
      } else {
        report.accept(
            "include-tags",
            "unexpected end of tag \"" + tag + "\" in " + file.displayPath() + ":" + (i + 1));
      }
    }
    for (OpenTag tag : open) {
      report.accept(
          "include-tags",
          "the tag \"" + tag.name() + "\" in " + file.displayPath() + " has no end");
    }
    wanted.forEach(
        (tag, include) -> {
          if (include && !seen.contains(tag)) {
            report.accept(
                "include-tags", "there is no tag \"" + tag + "\" in " + file.displayPath());
          }
        });
    return selected;
  }

  private record OpenTag(String name, boolean selected) {}
}
