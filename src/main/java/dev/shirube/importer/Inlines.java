package dev.shirube.importer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Writes what stands in a line. Text that AsciiDoc would read as a mark is written so that it stays
 * text: as a character reference, since a backslash is only taken away where it was needed.
 */
final class Inlines extends AbstractVisitor {

  /** Marks that pair up, replacements, macros, references, passthroughs. */
  private static final Pattern MARKS =
      Pattern.compile(
          "[*_`#^~+|]|\\\\(?=\\S)|\\{(?=[\\w:-]+\\})|<(?=[<\\-=])|(?<=[-=])>|\\[(?=\\[)|\\((?=\\(|C\\)|R\\)|TM\\))"
              + "|\\.(?=\\.\\.)|-(?=-)|(?<=[\\w/])'(?=\\w)|(?<=[\\p{L}\\p{N}]):(?=\\S*\\[)|:(?=:)|;(?=;)|(?<=;);"
              + "|(?<=https|http|ftp|irc|mailto):(?=/|\\S*@)");

  /** Marks that are none between letters. */
  private static final Pattern PLAIN_UNDERSCORE =
      Pattern.compile("(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])");

  /** Plain enough that AsciiDoc makes the same link of it as GitHub does. */
  private static final Pattern BARE_ADDRESS =
      Pattern.compile(
          "(?<![\\p{Alnum}:/<>&.-])https?://[a-z0-9./=&%-]*[a-z0-9/](?=$|[\\s、。])",
          Pattern.CASE_INSENSITIVE);

  /** At its start a line would be a list item, a title, a comment, a delimiter, an attribute. */
  private static final Pattern BLOCK_START =
      Pattern.compile(
          "^(?:[*.\\-+=|>:/#\\[']|\\p{Alnum}{1,5}[.)] |<\\d+>|(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):"
              + "|[\\w-]+::|,===|!===|%|<<<|\\p{Space})");

  private static final Map<String, String> TAGS =
      Map.of(
          "b", "**", "strong", "**", "i", "__", "em", "__", "code", "``", "sub", "~", "sup", "^",
          "mark", "##");

  /** Where links and images lead. */
  interface Targets {

    /** A link in AsciiDoc, with its text. */
    String link(String destination, String text);

    /** The place of an image as the page shall name it. */
    String image(String destination);

    /** Tells of HTML that cannot be written. */
    void dropped(String html);

    /** The text of a footnote; null where there is none of the label. */
    @org.jspecify.annotations.Nullable
    FootnoteDefinition footnote(String label);
  }

  private final Targets targets;
  private final StringBuilder out = new StringBuilder();

  private Inlines(Targets targets) {
    this.targets = targets;
  }

  /** The children of a block, whose lines begin nothing but text. */
  static String of(Node block, Targets targets) {
    return guarded(children(block, targets));
  }

  private static String children(Node parent, Targets targets) {
    Inlines inlines = new Inlines(targets);
    inlines.visitChildren(parent);
    return inlines.out.toString();
  }

  /** Text that is one line, such as a title. */
  static String line(Node block, Targets targets) {
    return of(block, targets).replaceAll(" \\+\n|\\s*\n\\s*", " ").strip();
  }

  /** Lines that begin nothing but text. */
  static String guarded(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.strip().split("\n", -1)) {
      lines.append(lines.isEmpty() ? "" : "\n");
      String bare = line.strip();
      boolean formatted = bare.matches("(?s)(?:\\*\\*|``)\\S.*");
      if (!formatted && BLOCK_START.matcher(bare).find()) {
        lines.append("{empty}");
      }
      lines.append(bare);
    }
    return lines.toString();
  }

  /** Text as AsciiDoc that shows just that. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    Matcher address = BARE_ADDRESS.matcher(text);
    int at = 0;
    while (address.find()) {
      out.append(marks(text.substring(at, address.start()))).append(address.group());
      at = address.end();
    }
    return out.append(marks(text.substring(at))).toString();
  }

  private static String marks(String text) {
    return MARKS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(mark(text, found)));
  }

  private static String mark(String text, MatchResult found) {
    String mark = found.group();
    if (mark.equals("_")
        && PLAIN_UNDERSCORE
            .matcher(text)
            .region(found.start(), found.end())
            .useTransparentBounds(true)
            .matches()) {
      return mark;
    }
    return "&#" + (int) mark.charAt(0) + ";";
  }

  @Override
  public void visit(Text text) {
    out.append(escaped(text.getLiteral()));
  }

  @Override
  public void visit(Code code) {
    out.append(literal(code.getLiteral()));
  }

  /** As in the wiki: two marks, which hold beside Japanese letters too. */
  static String literal(String code) {
    if (code.isBlank()) {
      return "";
    }
    String text = code.strip();
    if (text.matches("[\\p{L}\\p{N} ./:,=@%&?!-]*")
        && !text.contains("--")
        && !text.contains("...")) {
      return "``" + text + "``";
    }
    return text.contains("+")
        ? "``pass:c[" + text.replace("]", "\\]") + "]``"
        : "``+" + text + "+``";
  }

  @Override
  public void visit(Emphasis emphasis) {
    around("__", emphasis);
  }

  @Override
  public void visit(StrongEmphasis strong) {
    around("**", strong);
  }

  private void around(String mark, Node node) {
    String text = children(node, targets);
    out.append(text.isBlank() ? text : mark + text + mark);
  }

  @Override
  public void visit(SoftLineBreak line) {
    out.append('\n');
  }

  @Override
  public void visit(HardLineBreak line) {
    out.append(" +\n");
  }

  @Override
  public void visit(Link link) {
    out.append(targets.link(link.getDestination(), inBrackets(children(link, targets))));
  }

  @Override
  public void visit(Image image) {
    out.append(image(image, "image:"));
  }

  private String image(Image image, String macro) {
    return macro
        + targets.image(image.getDestination())
        + "["
        + inBrackets(escaped(MarkdownPage.text(image))).replace(",", "&#44;").replace("=", "&#61;")
        + "]";
  }

  /** An image that has a paragraph of its own. */
  static String block(Image image, Targets targets) {
    return new Inlines(targets).image(image, "image::");
  }

  private static String inBrackets(String text) {
    return text.replace("\n", " ").replace("]", "&#93;");
  }

  @Override
  public void visit(HtmlInline html) {
    String literal = html.getLiteral();
    String name = literal.replaceAll("^</?|[\\s/>].*$", "").toLowerCase(Locale.ROOT);
    if (name.equals("br")) {
      out.append(" +\n");
    } else if (TAGS.containsKey(name)) {
      out.append(TAGS.get(name));
    } else if (!literal.startsWith("<!--")) {
      targets.dropped(literal);
    }
  }

  @Override
  public void visit(CustomNode node) {
    switch (node) {
      case Strikethrough struck -> {
        out.append("[.line-through]");
        around("##", struck);
      }
      case FootnoteReference reference -> {
        FootnoteDefinition footnote = targets.footnote(reference.getLabel());
        if (footnote != null) {
          StringBuilder text = new StringBuilder();
          for (Node block = footnote.getFirstChild(); block != null; block = block.getNext()) {
            text.append(text.isEmpty() ? "" : " ").append(children(block, targets));
          }
          out.append("footnote:[").append(inBrackets(text.toString().strip())).append(']');
        }
      }
      default -> visitChildren(node);
    }
  }
}
