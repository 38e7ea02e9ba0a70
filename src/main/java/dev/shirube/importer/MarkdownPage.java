package dev.shirube.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterVisitor;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A parsed page: GitHub's Markdown, with the blocks of GitBook.
 *
 * @param path below the folder that is imported, with {@code /}
 * @param root of the parsed tree
 * @param frontMatter what stands between {@code ---} at the top
 * @param footnotes by their label
 */
record MarkdownPage(
    String path,
    Node root,
    Map<String, String> frontMatter,
    Map<String, FootnoteDefinition> footnotes) {

  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  StrikethroughExtension.create(),
                  TaskListItemsExtension.create(),
                  FootnotesExtension.create(),
                  YamlFrontMatterExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();

  /** For example <code>{% hint style="info" %}</code>. */
  private static final Pattern TAG = Pattern.compile("^\\s*\\{%\\s*(\\w+)(.*?)%\\}\\s*$");

  private static final Pattern STYLE = Pattern.compile("style=\"(\\w+)\"");
  private static final Pattern TITLE = Pattern.compile("title=\"([^\"]*)\"");
  private static final Pattern URL = Pattern.compile("url=\"([^\"]*)\"");
  private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(`{3,}|~{3,})(.*)$");

  private static final Map<String, String> ALERTS =
      Map.of(
          "info", "NOTE", "tip", "TIP", "success", "TIP", "warning", "WARNING", "danger",
          "CAUTION");

  /**
   * @param path below the folder that is imported
   */
  static MarkdownPage parse(String path, String text) {
    Node root = PARSER.parse(withoutTags(text));
    YamlFrontMatterVisitor matter = new YamlFrontMatterVisitor();
    root.accept(matter);
    Map<String, String> frontMatter = new HashMap<>();
    matter
        .getData()
        .forEach((key, values) -> frontMatter.put(key, String.join(" ", values).strip()));
    Map<String, FootnoteDefinition> footnotes = new HashMap<>();
    root.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomBlock block) {
            if (block instanceof FootnoteDefinition footnote) {
              footnotes.put(footnote.getLabel(), footnote);
            }
            visitChildren(block);
          }
        });
    return new MarkdownPage(path, root, Map.copyOf(frontMatter), Map.copyOf(footnotes));
  }

  /** GitBook's tags as Markdown, with as many lines: so that places stay those of the file. */
  private static String withoutTags(String text) {
    Deque<String> open = new ArrayDeque<>();
    List<String> lines = new ArrayList<>();
    String fence = "";
    for (String line : text.replace("\uFEFF", "").lines().toList()) {
      Matcher mark = FENCE.matcher(line);
      if (mark.matches()) {
        if (fence.isEmpty()) {
          fence = mark.group(1);
        } else if (mark.group(1).startsWith(fence) && mark.group(2).isBlank()) {
          fence = "";
        }
      }
      Matcher tag = TAG.matcher(line);
      String quoted = open.contains("hint") ? "> " : "";
      if (fence.isEmpty() && tag.matches()) {
        lines.add(tag(tag.group(1), tag.group(2), open));
      } else {
        lines.add(quoted + line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String tag(String name, String attributes, Deque<String> open) {
    if (name.startsWith("end")) {
      open.removeFirstOccurrence(name.substring("end".length()));
      return "";
    }
    return switch (name) {
      case "hint" -> {
        open.push(name);
        yield "> [!" + ALERTS.getOrDefault(group(STYLE, attributes, "info"), "NOTE") + "]";
      }
      case "tab" -> "**" + group(TITLE, attributes, "") + "**";
      case "embed", "content" -> "<" + group(URL, attributes, "") + ">";
      default -> "";
    };
  }

  private static String group(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  /** The heading that the page begins with. */
  Optional<Heading> title() {
    Node first = root.getFirstChild();
    while (first != null && !(first instanceof Heading) && isNoText(first)) {
      first = first.getNext();
    }
    return first instanceof Heading heading && heading.getLevel() == 1
        ? Optional.of(heading)
        : Optional.empty();
  }

  private static boolean isNoText(Node node) {
    return node instanceof org.commonmark.ext.front.matter.YamlFrontMatterBlock
        || node instanceof org.commonmark.node.HtmlBlock;
  }

  /** The text of a heading or of a link, without marks. */
  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak line) {
            text.append(' ');
          }
        });
    return text.toString().replaceAll("\\s+", " ").strip();
  }

  /** The line of a block, from 1; 0 where it is not known. */
  static int line(Node node) {
    return node.getSourceSpans().isEmpty()
        ? 0
        : node.getSourceSpans().getFirst().getLineIndex() + 1;
  }
}
