package dev.shirube.asciidoc;

import dev.shirube.asciidoc.Includes.Directive;
import dev.shirube.asciidoc.Includes.Inclusion;
import dev.shirube.model.CodeBlock;
import dev.shirube.model.Location;
import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asciidoctor.ast.Block;
import org.asciidoctor.ast.Cursor;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.StructuralNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the listings of a page, and finds out where each of their lines was written. Asciidoctor
 * knows the line of a block, but not those inside of it once something is included there: so the
 * source is walked again, with what {@link Includes} remembers.
 */
final class CodeBlocks {

  /**
   * The marks of callouts at the end of a line, as in <a
   * href="https://docs.asciidoctor.org/asciidoc/latest/verbatim/callouts/">Callouts</a>.
   */
  private static final Pattern CALLOUTS =
      Pattern.compile("(?:[ \\t]*(?:(?://|#|--|;;) ?)?<(?:\\d+|\\.)>)+[ \\t]*$");

  private static final Pattern CONDITIONAL = Pattern.compile("(?:ifdef|ifndef|ifeval|endif)::.*");
  private static final Pattern DELIMITER = Pattern.compile("(?:-{4,}|\\.{4,}|`{3,}.*|--)\\s*");

  private final SourceFile page;
  private final Includes includes;
  private final Set<Directive> used = new HashSet<>();

  CodeBlocks(SourceFile page, Includes includes) {
    this.page = page;
    this.includes = includes;
  }

  /** The listings in order; those without an id are given one. */
  List<CodeBlock> read(Document document) {
    List<CodeBlock> blocks = new ArrayList<>();
    for (StructuralNode node : document.findBy(Map.of("context", ":listing"))) {
      if (node instanceof Block block) {
        if (block.getId() == null) {
          block.setId("code-" + (blocks.size() + 1));
        }
        blocks.add(read(block));
      }
    }
    return blocks;
  }

  private CodeBlock read(Block block) {
    List<String> source = block.getLines();
    Start start = start(block.getSourceLocation());
    Walk walk = new Walk(source, start.file().location(start.line()));
    walk.through(
        start.file(),
        IntStream.rangeClosed(start.firstLine(), start.file().lines().size()).iterator());
    boolean callouts = block.getSubstitutions().contains("callouts");
    return new CodeBlock(
        block.getId(),
        text(block.getAttribute("language")).orElse(""),
        block.getRoles(),
        attributes(block),
        source.stream()
            .map(each -> callouts ? CALLOUTS.matcher(each).replaceAll("") : each)
            .toList(),
        walk.locations(),
        attributeLocation(start.file(), start.line()),
        List.copyOf(walk.included));
  }

  /** The line of a block's delimiter, or of its text where it has none, and that of its text. */
  private record Start(SourceFile file, int line, int firstLine) {}

  /**
   * Asciidoctor looks two lines ahead for section titles. Where the second is an include directive,
   * the block's place is then said to be the line above the first included one, in the included
   * file: the directive itself has to be found again.
   */
  private Start start(@Nullable Cursor cursor) {
    if (cursor == null) {
      return new Start(page, 0, Integer.MAX_VALUE);
    }
    SourceFile file = file(cursor.getFile());
    int line = cursor.getLineNumber();
    Optional<Integer> delimiter =
        Stream.concat(
                Stream.of(line),
                includes.inclusions().values().stream()
                    .filter(inclusion -> inclusion.file().equals(file))
                    .map(inclusion -> inclusion.number(line)))
            .filter(number -> isDelimiter(file, number))
            .findFirst();
    if (delimiter.isPresent()) {
      return new Start(file, delimiter.get(), delimiter.get() + 1);
    }
    List<Directive> directives =
        includes.inclusions().entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().file().equals(file)
                        && !entry.getValue().lines().isEmpty()
                        && entry.getValue().lines().getFirst() == line + 1
                        && isDelimiter(entry.getKey().file(), entry.getKey().line() - 1))
            .map(Map.Entry::getKey)
            .toList();
    Optional<Directive> directive =
        directives.stream().filter(used::add).findFirst().or(() -> directives.stream().findFirst());
    return directive
        .map(found -> new Start(found.file(), found.line() - 1, found.line()))
        .orElse(new Start(file, line, Math.max(1, line)));
  }

  private static boolean isDelimiter(SourceFile file, int line) {
    if (line < 1) {
      return false;
    }
    List<String> lines = file.lines(); // each time split anew
    return line <= lines.size() && DELIMITER.matcher(lines.get(line - 1)).matches();
  }

  private SourceFile file(@Nullable String path) {
    return path == null ? page : includes.file(Path.of(path));
  }

  /** From the first line of a block on, with included lines in place of their directives. */
  private final class Walk {

    private final List<String> source;
    private final Location place;
    private final List<Location> locations = new ArrayList<>();
    private final Set<String> included = new LinkedHashSet<>();
    private boolean conditional;

    Walk(List<String> source, Location place) {
      this.source = source;
      this.place = place;
    }

    void through(SourceFile file, Iterator<Integer> numbers) {
      List<String> lines = file.lines();
      while (numbers.hasNext() && locations.size() < source.size()) {
        int number = numbers.next();
        String line = lines.get(number - 1);
        Optional<Inclusion> inclusion = includes.inclusion(file, number);
        if (inclusion.isPresent()) {
          included.add(inclusion.get().file().path());
          through(inclusion.get().file(), inclusion.get().lines().iterator());
        } else if (CONDITIONAL.matcher(line).matches()) {
          conditional = true;
        } else if (isSame(line, source.get(locations.size()))) {
          locations.add(new Location(file.displayPath(), number, 0, line));
        } else if (!conditional) { // else it may be a line that a condition leaves out
          locations.add(place);
        }
      }
    }

    /** One for each line of the block. */
    List<Location> locations() {
      while (locations.size() < source.size()) {
        locations.add(place);
      }
      return locations;
    }
  }

  /** Asciidoctor may change the indentation, and takes the backslash from an escaped directive. */
  private static boolean isSame(String written, String read) {
    String text = written.strip();
    return text.equals(read.strip()) || text.equals("\\" + read.strip());
  }

  /** The line above the block that says {@code verify=}, else the block's last attribute line. */
  private static Location attributeLocation(SourceFile file, int line) {
    List<String> lines = file.lines();
    int found = line;
    for (int number = line - 1; number >= 1 && number <= lines.size(); number--) {
      String text = lines.get(number - 1);
      if (text.startsWith("[")) {
        found = found == line || text.contains("verify=") ? number : found;
      } else if (!text.startsWith(".") || text.startsWith("..")) {
        break;
      }
    }
    return file.location(found);
  }

  private static Map<String, String> attributes(Block block) {
    Map<String, String> attributes = new TreeMap<>();
    block
        .getAttributes()
        .forEach((name, value) -> text(value).ifPresent(text -> attributes.put(name, text)));
    return attributes;
  }

  private static Optional<String> text(@Nullable Object value) {
    return value == null ? Optional.empty() : Optional.of(value.toString());
  }
}
