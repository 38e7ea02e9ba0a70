package dev.shirube.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.front.matter.YamlFrontMatterBlock;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Writes the blocks of a page. */
final class AsciiDocBlocks {

  private static final Pattern ALERT =
      Pattern.compile("\\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\\]", Pattern.CASE_INSENSITIVE);

  private static final Set<String> SHELLS =
      Set.of("bash", "sh", "shell", "zsh", "console", "terminal", "shell-session", "shellsession");

  private static final Set<String> MANIFESTS = Set.of("yaml", "yml", "json");

  private static final Pattern PROMPT = Pattern.compile("(?m)^[$#] \\S");
  private static final Pattern MANIFEST = Pattern.compile("(?m)^(?:apiVersion|kind): \\S");
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?m)^(?=\\\\?(?:include|ifdef|ifndef|ifeval|endif)::)");

  private static final Pattern CALLOUT = Pattern.compile("(?m)<(?:\\d+|\\.)>$");
  private static final Pattern SUMMARY = Pattern.compile("(?s)<summary>(.*?)</summary>");

  /** What a reader of the source has to do. */
  private static final String NOT_YET = "取り込んだまま、まだ確かめていない";

  private final Inlines.Targets targets;
  private final Consumer<Node> untold;
  private final StringBuilder out = new StringBuilder();
  private final Anchors anchors;
  private final int shift;
  private int level = 1;
  private int quotes;
  private boolean collapsible;

  /** Which headings are led to. */
  interface Anchors {

    /** The name by which a heading of this page is led to; empty where nobody does. */
    String of(Heading heading);
  }

  /**
   * @param shift how much deeper than in Markdown headings stand
   * @param untold is given what cannot be written in AsciiDoc
   */
  AsciiDocBlocks(Inlines.Targets targets, Anchors anchors, int shift, Consumer<Node> untold) {
    this.targets = targets;
    this.anchors = anchors;
    this.shift = shift;
    this.untold = untold;
  }

  /** All blocks of a page but its title. */
  String page(MarkdownPage page) {
    page.title().ifPresent(Node::unlink);
    List<Node> blocks = children(page.root());
    blocks(blocks);
    return out.toString().strip() + "\n";
  }

  private void blocks(List<Node> blocks) {
    Node before = null;
    for (Node node : blocks) {
      if (before instanceof ListBlock && node instanceof ListBlock) {
        out.append("//-\n\n"); // else it would be one list
      }
      block(node);
      before = node;
    }
  }

  private static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }

  private void block(Node node) {
    switch (node) {
      case Heading heading -> heading(heading);
      case Paragraph paragraph -> paragraph(paragraph);
      case ListBlock list -> {
        list(list, "");
        out.append('\n');
      }
      case BlockQuote quote -> quote(quote);
      case FencedCodeBlock code -> code(code.getInfo(), code.getLiteral());
      case IndentedCodeBlock code -> code("", code.getLiteral());
      case ThematicBreak rule -> out.append("'''\n\n");
      case TableBlock table -> table(table);
      case HtmlBlock html -> html(html);
      case YamlFrontMatterBlock matter -> {}
      case FootnoteDefinition footnote -> {}
      case LinkReferenceDefinition definition -> {}
      default -> untold.accept(node);
    }
  }

  private void heading(Heading heading) {
    // A section may not be two levels deeper than the one it stands in.
    level = Math.min(Math.min(heading.getLevel() + shift, level + 1), 6);
    String anchor = anchors.of(heading);
    if (quotes > 0) {
      out.append("[discrete]\n");
    }
    if (!anchor.isEmpty()) {
      out.append("[#").append(anchor).append("]\n");
    }
    String text = Inlines.line(heading, targets);
    out.append("=".repeat(level)).append(' ').append(text.isEmpty() ? "{empty}" : text);
    out.append("\n\n");
  }

  private void paragraph(Paragraph paragraph) {
    if (paragraph.getFirstChild() instanceof Image image && image.getNext() == null) {
      out.append(Inlines.block(image, targets)).append("\n\n");
      return;
    }
    String text = Inlines.of(paragraph, targets);
    if (!text.isBlank()) {
      out.append(text).append("\n\n");
    }
  }

  /**
   * @param marks of the lists around it, such as {@code *.}
   */
  private void list(ListBlock list, String marks) {
    char mark = list instanceof BulletList ? '*' : '.';
    String all = marks + mark;
    long depth = all.chars().filter(each -> each == mark).count();
    if (list instanceof OrderedList ordered
        && ordered.getMarkerStartNumber() != null
        && ordered.getMarkerStartNumber() > 1) {
      out.append("[start=").append(ordered.getMarkerStartNumber()).append("]\n");
    }
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (item instanceof ListItem) {
        out.append(String.valueOf(mark).repeat((int) depth)).append(' ');
        item(item, all);
      }
    }
  }

  private void item(Node item, String marks) {
    List<Node> blocks = new ArrayList<>(children(item));
    if (!blocks.isEmpty() && blocks.getFirst() instanceof TaskListItemMarker task) {
      out.append(task.isChecked() ? "[x] " : "[ ] ");
      blocks.removeFirst();
    }
    if (!blocks.isEmpty() && blocks.getFirst() instanceof Paragraph first) {
      String text = Inlines.of(first, targets);
      out.append(text.isBlank() ? "{empty}" : text);
      blocks.removeFirst();
    } else {
      out.append("{empty}");
    }
    out.append('\n');
    int nested = 0;
    for (Node block : blocks) {
      if (block instanceof ListBlock list) {
        // Of the same kind twice it would be one list.
        out.append(nested > 0 ? "\n//-\n\n" : "\n");
        list(list, marks);
        nested = depth(list);
      } else {
        // An empty line for each list that has ended since leads back to this item.
        out.append("\n".repeat(nested)).append("+\n");
        int start = out.length();
        block(block);
        if (out.length() == start) {
          out.setLength(start - 2 - nested);
        } else {
          out.setLength(out.length() - 1);
          nested = 0;
        }
      }
    }
  }

  /** How many lists stand in each other at the end of a list. */
  private static int depth(ListBlock list) {
    Node last = list.getLastChild() == null ? null : list.getLastChild().getLastChild();
    return last instanceof ListBlock inner ? 1 + depth(inner) : 1;
  }

  private void quote(BlockQuote quote) {
    List<Node> blocks = new ArrayList<>(children(quote));
    String alert = alert(blocks);
    String delimiter = (alert.isEmpty() ? "_" : "=").repeat(4 + quotes);
    out.append('[').append(alert.isEmpty() ? "quote" : alert).append("]\n");
    out.append(delimiter).append('\n');
    quotes++;
    int start = out.length();
    blocks(blocks);
    quotes--;
    out.setLength(Math.max(start, out.length() - 1));
    out.append(delimiter).append("\n\n");
  }

  /** The kind of GitHub's alert, whose mark is taken away; empty where it is none. */
  private static String alert(List<Node> blocks) {
    if (!blocks.isEmpty()
        && blocks.getFirst() instanceof Paragraph first
        && first.getFirstChild() instanceof Text text) {
      StringBuilder mark = new StringBuilder();
      List<Node> read = new ArrayList<>();
      for (Node node = text; node instanceof Text part; node = node.getNext()) {
        mark.append(part.getLiteral());
        read.add(node);
      }
      Matcher matcher = ALERT.matcher(mark.toString().strip());
      Node next = read.getLast().getNext();
      if (matcher.matches() && (next == null || next instanceof SoftLineBreak)) {
        read.forEach(Node::unlink);
        if (next != null) {
          next.unlink();
        }
        return matcher.group(1).toUpperCase(Locale.ROOT);
      }
    }
    return "";
  }

  private void code(String info, String literal) {
    String language = language(info.strip().replaceAll("[\\s{:,].*$", ""), literal);
    boolean gated = SHELLS.contains(language) || MANIFESTS.contains(language);
    StringBuilder attributes = new StringBuilder("[source");
    attributes.append(language.isEmpty() ? ",text" : "," + language);
    if (CALLOUT.matcher(literal).find()) {
      attributes.append(",subs=specialcharacters");
    }
    if (gated) {
      attributes.append(",verify=skip,because=\"").append(NOT_YET).append('"');
    }
    String delimiter = "----";
    while (Pattern.compile("(?m)^" + delimiter + "\\s*$").matcher(literal).find()) {
      delimiter += "-";
    }
    String body = DIRECTIVE.matcher(literal).replaceAll("\\\\").stripTrailing();
    out.append(attributes).append("]\n").append(delimiter).append('\n');
    out.append(body).append(body.isEmpty() ? "" : "\n").append(delimiter).append("\n\n");
  }

  private static String language(String named, String literal) {
    String language = named.toLowerCase(Locale.ROOT);
    if (language.isEmpty()) {
      return PROMPT.matcher(literal).find()
          ? "console"
          : MANIFEST.matcher(literal).results().count() >= 2 ? "yaml" : "";
    }
    if (SHELLS.contains(language)) {
      return PROMPT.matcher(literal).find() ? "console" : "bash";
    }
    return language.equals("yml") ? "yaml" : language.replaceAll("[^\\w+#.-]", "");
  }

  private void table(TableBlock table) {
    StringBuilder columns = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    for (Node part : children(table)) {
      for (Node row : children(part)) {
        boolean head = part instanceof TableHead;
        for (Node cell : children((TableRow) row)) {
          if (head) {
            columns.append(columns.isEmpty() ? "" : ",").append(alignment((TableCell) cell));
          }
          rows.append("|").append(Inlines.line(cell, targets)).append('\n');
        }
        rows.append('\n');
      }
    }
    out.append("[%header,cols=\"").append(columns).append("\"]\n|===\n");
    out.append(rows.toString().stripTrailing()).append("\n|===\n\n");
  }

  private static String alignment(TableCell cell) {
    return switch (cell.getAlignment()) {
      case CENTER -> "^";
      case RIGHT -> ">";
      case LEFT -> "<";
      case null -> "1";
    };
  }

  /** Comments go, a folded part stays one; the rest becomes a comment. */
  private void html(HtmlBlock html) {
    String text = html.getLiteral().strip();
    Matcher summary = SUMMARY.matcher(text);
    if (text.startsWith("<!--") && text.endsWith("-->")) {
      return;
    }
    if (text.startsWith("<details") && summary.find() && !collapsible) {
      String rest = text.substring(summary.end()).strip();
      if (rest.isEmpty()) {
        collapsible = true;
        out.append('.').append(Inlines.escaped(summary.group(1).replaceAll("<[^>]*>", "").strip()));
        out.append("\n[%collapsible]\n").append("=".repeat(4 + quotes)).append('\n');
        quotes++;
        return;
      }
    }
    if (text.equals("</details>") && collapsible) {
      collapsible = false;
      quotes--;
      out.setLength(out.length() - (out.toString().endsWith("\n\n") ? 1 : 0));
      out.append("=".repeat(4 + quotes)).append("\n\n");
      return;
    }
    // Nothing is lost: who writes the page on finds it there.
    out.append("////\n").append(text.replace("////", "// //")).append("\n////\n\n");
    untold.accept(html);
  }
}
