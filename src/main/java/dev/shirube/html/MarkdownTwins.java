package dev.shirube.html;

import dev.shirube.model.Page;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;

/** Each page again as Markdown, beside its HTML: {@code pod.md} beside {@code pod.html}. */
public final class MarkdownTwins {

  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder().extensions(List.of(TablesExtension.create())).build();

  private final Set<String> urls = new HashSet<>();
  private final Page page;

  private MarkdownTwins(Page page, List<Page> all) {
    this.page = page;
    all.forEach(each -> urls.add(each.url()));
  }

  /** The path of the twin of a page. */
  public static String url(Page page) {
    return SitePath.markdownTwin(page.url());
  }

  /** One for each page. */
  public static List<SiteFile> of(List<Page> pages) {
    List<SiteFile> twins = new ArrayList<>();
    for (Page page : pages) {
      twins.add(
          new SiteFile.Text(
              url(page),
              page.source().displayPath() + " as Markdown",
              new MarkdownTwins(page, pages).markdown()));
    }
    return twins;
  }

  private String markdown() {
    Node document = new Document();
    Heading title = new Heading();
    title.setLevel(1);
    title.appendChild(new Text(page.title()));
    document.appendChild(title);
    if (!page.description().isEmpty()) {
      BlockQuote summary = new BlockQuote();
      summary.appendChild(paragraph(new Text(page.description())));
      document.appendChild(summary);
    }
    Element body = Jsoup.parseBodyFragment(page.body()).body();
    blocks(body, document);
    return RENDERER.render(document);
  }

  /** The children of an element as blocks; text between them becomes paragraphs. */
  private void blocks(Element parent, Node into) {
    Node loose = new Paragraph();
    for (org.jsoup.nodes.Node child : parent.childNodes()) {
      if (child instanceof Element element && isBlock(element)) {
        loose = flush(loose, into);
        block(element, into);
      } else {
        inline(child, loose);
      }
    }
    flush(loose, into);
  }

  private static boolean isBlock(Element element) {
    return switch (element.tagName()) {
      case "label", "input" -> true;
      default -> element.isBlock();
    };
  }

  private static Node flush(Node paragraph, Node into) {
    trim(paragraph);
    if (paragraph.getFirstChild() != null) {
      into.appendChild(paragraph);
    }
    return new Paragraph();
  }

  /** Without blanks at its ends, which Markdown would read as code or as a break. */
  private static void trim(Node paragraph) {
    while (paragraph.getFirstChild() instanceof Text text) {
      text.setLiteral(text.getLiteral().stripLeading());
      if (!text.getLiteral().isEmpty()) {
        break;
      }
      text.unlink();
    }
    while (paragraph.getLastChild() instanceof Text text) {
      text.setLiteral(text.getLiteral().stripTrailing());
      if (!text.getLiteral().isEmpty()) {
        break;
      }
      text.unlink();
    }
  }

  private void block(Element element, Node into) {
    switch (element.tagName()) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        Heading heading = new Heading();
        heading.setLevel(element.tagName().charAt(1) - '0');
        inlines(element, heading);
        trim(heading);
        into.appendChild(heading);
      }
      case "pre" -> code(element, into);
      case "ul" -> list(new BulletList(), element.select("> li"), into);
      case "ol" -> {
        OrderedList list = new OrderedList();
        list.setMarkerStartNumber(1);
        list(list, element.select("> li"), into);
      }
      case "dl" -> definitions(element, into);
      case "table" -> table(element, into);
      case "blockquote" -> {
        BlockQuote quote = new BlockQuote();
        blocks(element, quote);
        into.appendChild(quote);
      }
      case "hr" -> into.appendChild(new ThematicBreak());
      case "p" -> {
        Node paragraph = new Paragraph();
        inlines(element, paragraph);
        flush(paragraph, into);
      }
      case "input", "label", "script", "style", "svg" -> {}
      default -> division(element, into);
    }
  }

  private void division(Element element, Node into) {
    if (element.hasClass("admonition")) {
      BlockQuote note = new BlockQuote();
      for (Element title : element.select("> .admonition-title")) {
        note.appendChild(strong(title.text()));
      }
      for (Element body : element.select("> .admonition-body")) {
        blocks(body, note);
      }
      into.appendChild(note);
    } else if (element.hasClass("tabs")) {
      Elements labels = element.select("> label");
      Elements panels = element.select("> .tab-panel");
      for (int i = 0; i < Math.min(labels.size(), panels.size()); i++) {
        into.appendChild(strong(labels.get(i).text()));
        blocks(panels.get(i), into);
      }
    } else if (element.hasClass("title")) {
      into.appendChild(strong(element.text()));
    } else {
      blocks(element, into);
    }
  }

  private static Node strong(String text) {
    return paragraph(emphasised(new StrongEmphasis(), text));
  }

  private static Node emphasised(Node emphasis, String text) {
    emphasis.appendChild(new Text(text.strip()));
    return emphasis;
  }

  private static Node paragraph(Node inline) {
    Paragraph paragraph = new Paragraph();
    paragraph.appendChild(inline);
    return paragraph;
  }

  private static void code(Element pre, Node into) {
    Element copy = pre.clone();
    for (Element number : copy.select(".conum")) {
      number.text("(" + number.attr("data-value") + ")");
    }
    Element code = copy.selectFirst("code");
    String text = copy.wholeText();
    FencedCodeBlock block = new FencedCodeBlock();
    int fence = 3;
    while (text.contains("`".repeat(fence))) {
      fence++;
    }
    block.setFenceCharacter("`");
    block.setOpeningFenceLength(fence);
    block.setClosingFenceLength(fence);
    block.setInfo(code == null ? "" : code.attr("data-lang"));
    block.setLiteral(text.endsWith("\n") ? text : text + "\n");
    into.appendChild(block);
  }

  private void list(org.commonmark.node.ListBlock list, Elements items, Node into) {
    list.setTight(false);
    for (Element item : items) {
      ListItem entry = new ListItem();
      blocks(item, entry);
      list.appendChild(entry);
    }
    if (list.getFirstChild() != null) {
      into.appendChild(list);
    }
  }

  /** CommonMark has no description lists: each term is a list item, what it means below it. */
  private void definitions(Element list, Node into) {
    BulletList items = new BulletList();
    items.setTight(false);
    ListItem item = new ListItem();
    for (Element part : list.select("> dt, > dd, > div > dt, > div > dd")) {
      if (part.tagName().equals("dt")) {
        item = new ListItem();
        items.appendChild(item);
        Node term = new Paragraph();
        inlines(part, term);
        flush(term, item);
      } else {
        blocks(part, item);
      }
    }
    if (items.getFirstChild() != null) {
      into.appendChild(items);
    }
  }

  private void table(Element table, Node into) {
    for (Element caption : table.select("> caption")) {
      into.appendChild(strong(caption.text()));
    }
    List<Element> rows = table.select("> thead > tr, > tbody > tr, > tfoot > tr, > tr");
    if (rows.isEmpty()) {
      return;
    }
    int columns = rows.stream().mapToInt(row -> row.select("> th, > td").size()).max().orElse(0);
    TableBlock block = new TableBlock();
    TableHead head = new TableHead();
    TableBody body = new TableBody();
    block.appendChild(head);
    boolean headed = rows.getFirst().closest("thead") != null;
    head.appendChild(headed ? row(rows.getFirst(), columns) : row(new Element("tr"), columns));
    for (Element row : rows.subList(headed ? 1 : 0, rows.size())) {
      body.appendChild(row(row, columns));
    }
    if (body.getFirstChild() != null) {
      block.appendChild(body);
    }
    into.appendChild(block);
  }

  private TableRow row(Element row, int columns) {
    TableRow result = new TableRow();
    Elements cells = row.select("> th, > td");
    for (int i = 0; i < columns; i++) {
      TableCell cell = new TableCell();
      if (i < cells.size()) {
        cell(cells.get(i), cell);
        trim(cell);
      }
      result.appendChild(cell);
    }
    return result;
  }

  /** A cell is one line: its blocks are parted by breaks. */
  private void cell(Element parent, Node cell) {
    for (org.jsoup.nodes.Node child : parent.childNodes()) {
      if (child instanceof Element element && element.isBlock()) {
        if (cell.getFirstChild() != null && !element.text().isBlank()) {
          trim(cell);
          if (cell.getFirstChild() != null) {
            HtmlInline end = new HtmlInline();
            end.setLiteral("<br>");
            cell.appendChild(end);
          }
        }
        cell(element, cell);
      } else {
        inline(child, cell);
      }
    }
  }

  private void inlines(Element parent, Node into) {
    parent.childNodes().forEach(child -> inline(child, into));
  }

  private void inline(org.jsoup.nodes.Node node, Node into) {
    if (node instanceof TextNode text) {
      String words = text.getWholeText().replaceAll("\\s+", " ");
      if (!words.isEmpty()) {
        into.appendChild(new Text(words));
      }
    } else if (node instanceof Element element) {
      switch (element.tagName()) {
        case "code", "kbd" -> {
          if (!element.text().isEmpty()) {
            into.appendChild(new Code(element.text()));
          }
        }
        case "strong", "b" -> emphasis("strong", new StrongEmphasis("**"), element, into);
        case "em", "i" -> emphasis("em", new Emphasis("*"), element, into);
        case "br" -> into.appendChild(new HardLineBreak());
        case "img" -> {
          Image image = new Image(element.attr("src"), null);
          image.appendChild(new Text(element.attr("alt")));
          into.appendChild(image);
        }
        case "a" -> link(element, into);
        case "button", "svg", "script", "style", "template", "input" -> {}
        default -> inlines(element, into);
      }
    }
  }

  /** Beside punctuation, stars mean nothing within Japanese text: there HTML says it. */
  private void emphasis(String tag, Node emphasis, Element element, Node into) {
    String text = element.text();
    if (text.isEmpty()) {
      return;
    }
    boolean plain =
        Character.isLetterOrDigit(text.codePointAt(0))
            && Character.isLetterOrDigit(text.codePointBefore(text.length()))
            && element.children().isEmpty();
    if (plain) {
      inlines(element, emphasis);
      into.appendChild(emphasis);
      return;
    }
    HtmlInline start = new HtmlInline();
    start.setLiteral("<" + tag + ">");
    into.appendChild(start);
    inlines(element, into);
    HtmlInline end = new HtmlInline();
    end.setLiteral("</" + tag + ">");
    into.appendChild(end);
  }

  private void link(Element element, Node into) {
    if (!element.hasAttr("href") || element.hasClass("anchor")) {
      inlines(element, into);
      return;
    }
    Link link = new Link(target(element.attr("href")), null);
    inlines(element, link);
    if (link.getFirstChild() != null) {
      into.appendChild(link);
    }
  }

  /** A page's twin instead of the page; all else as it is. */
  private String target(String href) {
    int hash = href.indexOf('#');
    String path = hash < 0 ? href : href.substring(0, hash);
    String resolved = path.isEmpty() ? null : SitePath.resolve(page.url(), path);
    return resolved != null && urls.contains(resolved)
        ? SitePath.markdownTwin(path) + (hash < 0 ? "" : href.substring(hash))
        : href;
  }
}
