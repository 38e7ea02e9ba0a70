package dev.shirube.importer;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/** Turns a Markdown file, or a folder of them, into pages; nothing is written. */
public final class MarkdownImport {

  /** The table of contents of GitBook, HonKit and mdBook. */
  private static final String SUMMARY = "SUMMARY.md";

  private static final Pattern SCHEME = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)");

  private final Path folder;
  private final String into;
  private final Consumer<Diagnostic> diagnostics;
  private final Map<String, MarkdownPage> pages = new TreeMap<>();
  private final Map<String, Path> files = new TreeMap<>();

  /** The anchors that links lead to, of each page. */
  private final Map<String, Set<String>> led = new HashMap<>();

  private @Nullable MarkdownPage summary;

  /**
   * What is to be written.
   *
   * @param pages their text by their path below the content folder
   * @param files copies: where each comes from, by its path below the content folder
   * @param navigation lines for the navigation file
   */
  public record Imported(
      Map<String, String> pages, Map<String, Path> files, List<String> navigation) {}

  private MarkdownImport(Path folder, String into, Consumer<Diagnostic> diagnostics) {
    this.folder = folder;
    this.into = into.isEmpty() ? "" : into + "/";
    this.diagnostics = diagnostics;
  }

  /**
   * Reads and turns all.
   *
   * @param source a file, or a folder whose {@code .md} files are taken
   * @param into a folder below the content folder, such as {@code runbooks}; may be empty
   * @param diagnostics is told of what could not be turned
   * @throws UncheckedIOException where a file cannot be read
   */
  public static Imported of(Path source, String into, Consumer<Diagnostic> diagnostics) {
    Path folder = source;
    if (!Files.isDirectory(source)) {
      Path parent = source.toAbsolutePath().getParent();
      folder = parent == null ? source : parent;
    }
    MarkdownImport work = new MarkdownImport(folder, into, diagnostics);
    try {
      work.read(source);
      return work.turn();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source + ": " + e.getMessage(), e);
    }
  }

  private void read(Path source) throws IOException {
    if (!Files.isDirectory(source)) {
      page(source);
      return;
    }
    try (Stream<Path> found = Files.walk(source)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        String path = path(file);
        if (isHidden(path) || path.contains("node_modules/")) {
          continue;
        }
        if (path.equals(SUMMARY)) {
          summary = MarkdownPage.parse(path, Files.readString(file));
        } else if (path.toLowerCase(Locale.ROOT).endsWith(".md")) {
          page(file);
        }
      }
    }
  }

  private static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.") || path.startsWith("_book/");
  }

  private void page(Path file) throws IOException {
    String path = path(file);
    pages.put(path, MarkdownPage.parse(path, Files.readString(file)));
  }

  private String path(Path file) {
    return folder.toAbsolutePath().relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }

  private Imported turn() {
    pages.values().forEach(this::findAnchors);
    Map<String, String> texts = new LinkedHashMap<>();
    pages.forEach((path, page) -> texts.put(into + asciidoc(path), turn(page)));
    return new Imported(texts, Map.copyOf(files), navigation());
  }

  /** {@code README.md} is what a folder shows. */
  private static String asciidoc(String path) {
    return path.replaceFirst("(?i)(^|/)README\\.md$", "$1index.md")
        .replaceFirst("(?i)\\.md$", ".adoc");
  }

  private void findAnchors(MarkdownPage page) {
    page.root()
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                String destination = link.getDestination();
                int hash = destination.indexOf('#');
                if (hash >= 0 && !SCHEME.matcher(destination).find()) {
                  String target =
                      hash == 0
                          ? page.path()
                          : resolve(page.path(), destination.substring(0, hash));
                  led.computeIfAbsent(target, any -> new HashSet<>())
                      .add(decode(destination.substring(hash + 1)));
                }
                visitChildren(link);
              }
            });
  }

  private static String resolve(String page, String relative) {
    // Not as a URI of its own: it may hold letters and blanks.
    Path parent = Path.of(page).getParent();
    Path target =
        relative.startsWith("/") ? Path.of(relative.substring(1)) : Path.of(decode(relative));
    return (parent == null || relative.startsWith("/") ? target : parent.resolve(target))
        .normalize()
        .toString()
        .replace('\\', '/');
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** As GitHub makes it: letters and digits small, blanks as hyphens, the rest left out. */
  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
        .replace(' ', '-');
  }

  private String turn(MarkdownPage page) {
    String title =
        page.title()
            .map(MarkdownPage::text)
            .filter(text -> !text.isEmpty())
            .orElse(page.frontMatter().getOrDefault("title", titleOfFile(page.path())));
    StringBuilder text = new StringBuilder("= " + Inlines.escaped(title) + "\n");
    String description = page.frontMatter().getOrDefault("description", "");
    if (!description.isBlank()) {
      text.append(":description: ").append(description.replaceAll("\\s+", " ")).append('\n');
    }
    boolean another = hasAnotherTitle(page);
    Targets targets = new Targets(page);
    String blocks =
        new AsciiDocBlocks(targets, anchors(page), another ? 1 : 0, node -> untold(page, node))
            .page(page);
    return text.append('\n').append(blocks).toString();
  }

  private static String titleOfFile(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?i)\\.md$", "");
    return name.replace('-', ' ').replace('_', ' ');
  }

  private static boolean hasAnotherTitle(MarkdownPage page) {
    int titles = 0;
    for (Node node = page.root().getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 1) {
        titles++;
      }
    }
    return titles > (page.title().isPresent() ? 1 : 0);
  }

  private AsciiDocBlocks.Anchors anchors(MarkdownPage page) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> wanted = led.getOrDefault(page.path(), Set.of());
    return heading -> {
      String slug = slug(MarkdownPage.text(heading));
      int times = seen.merge(slug, 1, Integer::sum);
      String unique = times == 1 ? slug : slug + "-" + (times - 1);
      return wanted.contains(unique) ? unique : "";
    };
  }

  private void untold(MarkdownPage page, Node node) {
    String text =
        node instanceof org.commonmark.node.HtmlBlock html
            ? html.getLiteral()
            : node.getClass().getSimpleName();
    warn(
        page,
        MarkdownPage.line(node),
        "left-out-html",
        "readers do not see this: " + text.strip().lines().findFirst().orElse(""),
        "pages hold no raw HTML; it is kept as a comment",
        "write it in AsciiDoc, if readers need it");
  }

  private void warn(MarkdownPage page, int line, String code, String what, String why, String fix) {
    diagnostics.accept(
        Diagnostic.warning(
            code,
            new Location(folder.resolve(page.path()).toString(), line, 0, null),
            what,
            why,
            fix));
  }

  private List<String> navigation() {
    List<String> lines = new ArrayList<>();
    Set<String> named = new HashSet<>();
    if (summary != null) {
      for (Node node = summary.root().getFirstChild(); node != null; node = node.getNext()) {
        if (node instanceof ListBlock list) {
          navigation(list, 1, lines, named);
        }
      }
    }
    for (String path : pages.keySet()) {
      if (!named.contains(path)) {
        lines.add("* xref:" + into + asciidoc(path) + "[]");
      }
    }
    return lines;
  }

  private void navigation(ListBlock list, int depth, List<String> lines, Set<String> named) {
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (!(item instanceof ListItem)) {
        continue;
      }
      for (Node block = item.getFirstChild(); block != null; block = block.getNext()) {
        if (block instanceof ListBlock inner) {
          navigation(inner, depth + 1, lines, named);
        } else if (block instanceof Paragraph paragraph) {
          lines.add("*".repeat(depth) + " " + entry(paragraph, named));
        }
      }
    }
  }

  private String entry(Paragraph paragraph, Set<String> named) {
    String text = Inlines.escaped(MarkdownPage.text(paragraph));
    if (paragraph.getFirstChild() instanceof Link link) {
      String target = resolve(SUMMARY, link.getDestination().replaceFirst("#.*$", ""));
      if (pages.containsKey(target)) {
        named.add(target);
        return "xref:" + into + asciidoc(target) + "[" + text.replace("]", "&#93;") + "]";
      }
    }
    return text;
  }

  /** What the links and images of a page lead to. */
  private final class Targets implements Inlines.Targets {

    private final MarkdownPage page;

    private Targets(MarkdownPage page) {
      this.page = page;
    }

    @Override
    public String link(String destination, String text) {
      if (SCHEME.matcher(destination).find()) {
        return "link:" + address(destination) + "[" + text + "]";
      }
      int hash = destination.indexOf('#');
      String anchor = hash < 0 ? "" : decode(destination.substring(hash + 1));
      if (hash == 0) {
        return "xref:#" + anchor + "[" + text + "]";
      }
      String relative = hash < 0 ? destination : destination.substring(0, hash);
      String target = resolve(page.path(), relative);
      for (String candidate : List.of(target, target + ".md", target + "/README.md")) {
        if (pages.containsKey(candidate)) {
          String path = relativize(asciidoc(candidate));
          return "xref:" + path + (anchor.isEmpty() ? "" : "#" + anchor) + "[" + text + "]";
        }
      }
      if (Files.isRegularFile(folder.resolve(target))) {
        copy(target);
        return "link:" + address(relative) + "[" + text + "]";
      }
      warn(
          page,
          0,
          "unresolved-link",
          "the link leads nowhere: " + destination,
          "there is no such page or file below " + folder,
          "its text stays; write the link anew");
      return text;
    }

    private String relativize(String target) {
      Path parent = Path.of(page.path()).getParent();
      Path path = Path.of(target);
      return (parent == null ? path : parent.relativize(path)).toString().replace('\\', '/');
    }

    @Override
    public String image(String destination) {
      if (!SCHEME.matcher(destination).find()) {
        String target = resolve(page.path(), destination);
        if (Files.isRegularFile(folder.resolve(target))) {
          copy(target);
        } else {
          warn(
              page,
              0,
              "missing-image",
              "there is no image " + destination,
              "images are copied with the pages",
              "put it beside the page");
        }
      }
      return address(destination);
    }

    private void copy(String target) {
      if (!target.startsWith("..")) {
        files.put(into + target, folder.resolve(target));
      }
    }

    /** Without what ends it. */
    private static String address(String destination) {
      return destination
          .replace(" ", "%20")
          .replace("[", "%5B")
          .replace("]", "%5D")
          .replace("_", destination.contains("__") ? "%5F" : "_");
    }

    @Override
    public void dropped(String html) {
      warn(
          page,
          0,
          "left-out-html",
          "left out: " + html,
          "pages hold no raw HTML",
          "what it was around is kept as text");
    }

    @Override
    public @Nullable FootnoteDefinition footnote(String label) {
      return page.footnotes().get(label);
    }
  }
}
