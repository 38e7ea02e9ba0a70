package dev.shirube.asciidoc;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import dev.shirube.model.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.asciidoctor.ast.Document;
import org.asciidoctor.extension.IncludeProcessor;
import org.asciidoctor.extension.PreprocessorReader;
import org.jspecify.annotations.Nullable;

/**
 * Resolves every include directive: inside the content folder only, UTF-8 only, and remembering
 * what was included. Asciidoctor's own processor knows only the page's folder as a jail and follows
 * symbolic links out of it.
 */
final class Includes extends IncludeProcessor {

  /** As Asciidoctor's own default, {@code max-include-depth}. */
  private static final int MAX_DEPTH = 64;

  private final Path root;
  private final Consumer<Diagnostic> diagnostics;
  private final Map<Path, SourceFile> included = new LinkedHashMap<>();
  private final Map<Path, Integer> depths = new HashMap<>();
  private final Map<Directive, Inclusion> inclusions = new LinkedHashMap<>();
  private final Map<SourceFile, Inclusion> latest = new HashMap<>();
  private @Nullable SourceFile page;

  Includes(Path root, Consumer<Diagnostic> diagnostics) {
    this.root = root;
    this.diagnostics = diagnostics;
  }

  /** Forgets the page before. */
  void start(SourceFile nextPage) {
    page = nextPage;
    included.clear();
    depths.clear();
    inclusions.clear();
    latest.clear();
  }

  /** The files included since {@link #start}, in order of first use. */
  List<SourceFile> included() {
    return List.copyOf(included.values());
  }

  /** Where an include directive stands. */
  record Directive(SourceFile file, int line) {}

  /** What stands in place of an include directive: these lines of this file. */
  record Inclusion(SourceFile file, List<Integer> lines) {

    /**
     * The number that a line has in the file, where Asciidoctor counts on from the first selected
     * one; 0 for a line beyond the last.
     */
    int number(int counted) {
      int index = lines.isEmpty() ? -1 : counted - lines.getFirst();
      return index >= 0 && index < lines.size() ? lines.get(index) : 0;
    }
  }

  /** All include directives that brought something, in the order in which they were met. */
  Map<Directive, Inclusion> inclusions() {
    return Collections.unmodifiableMap(inclusions);
  }

  /** What a line of the page or of an included file was replaced by; empty where it stayed. */
  Optional<Inclusion> inclusion(SourceFile file, int line) {
    return Optional.ofNullable(inclusions.get(new Directive(file, line)));
  }

  /** The file at a path, where it was included since {@link #start}; else the page. */
  SourceFile file(Path path) {
    return included.getOrDefault(path, page());
  }

  @Override
  public boolean handles(String target) {
    return true;
  }

  @Override
  public void process(
      Document document, PreprocessorReader reader, String target, Map<String, Object> attributes) {
    Path including = includingFile(reader);
    int line = line(including, reader.getLineNumber() - 1);
    Location location = location(including, line, target);
    Optional<Path> file = resolve(including, target, attributes, location);
    if (file.isEmpty()) {
      return;
    }
    int depth = depths.getOrDefault(including, 0) + 1;
    if (depth > MAX_DEPTH) {
      report(
          "include-depth",
          location,
          "includes are nested more than " + MAX_DEPTH + " deep",
          "a file must not include itself, directly or through others");
      return;
    }
    depths.put(file.get(), depth);
    SourceFile source = read(file.get());
    if (source == null) {
      return;
    }
    IncludedLines lines =
        IncludedLines.select(
            source, attributes, (code, what) -> report(code, location, what, null));
    Inclusion inclusion = new Inclusion(source, lines.numbers());
    inclusions.put(new Directive(file(including), line), inclusion);
    latest.put(source, inclusion);
    if (!lines.text().isEmpty()) {
      reader.pushInclude(
          lines.text(), file.get().toString(), target, lines.numbers().getFirst(), attributes);
    }
  }

  private int line(Path including, int counted) {
    Inclusion inclusion = latest.get(file(including));
    return inclusion == null ? counted : inclusion.number(counted);
  }

  private Path includingFile(PreprocessorReader reader) {
    String file = reader.getFile();
    return file == null ? root.resolve(page().path()) : Path.of(file);
  }

  private SourceFile page() {
    if (page == null) {
      throw new IllegalStateException("no page is being converted");
    }
    return page;
  }

  private Optional<Path> resolve(
      Path including, String target, Map<String, Object> attributes, Location location) {
    if (target.contains("://")) {
      report(
          "include-outside",
          location,
          "an include must not reach the network: " + target,
          "copy the file into the content folder and include it from there");
      return Optional.empty();
    }
    Path file = parent(including).resolve(target).normalize();
    if (!file.startsWith(root)) {
      report(
          "include-outside",
          location,
          "the include leaves the content folder: " + target,
          "move the file below the content folder");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      if (!attributes.containsKey("optional-option")) {
        report(
            "missing-include",
            location,
            "there is no file \"" + target + "\"",
            nearestFile(file)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("the path is relative to the including file"));
      }
      return Optional.empty();
    }
    try {
      if (!file.toRealPath().startsWith(root)) {
        report(
            "include-outside",
            location,
            "the include leads out of the content folder through a symbolic link: " + target,
            "put the file itself into the content folder");
        return Optional.empty();
      }
    } catch (IOException e) {
      report(
          "missing-include", location, "cannot read \"" + target + "\": " + e.getMessage(), null);
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** Whether the files have the texts that they had when they were included. */
  boolean areAsBefore(List<SourceFile> files) {
    for (SourceFile file : files) {
      try {
        Path path = root.resolve(file.path());
        if (!path.toRealPath().startsWith(root)
            || !Utf8.decode(Files.readAllBytes(path)).equals(file.text())) {
          return false;
        }
      } catch (IOException e) {
        return false; // what is wrong with it, the conversion tells
      }
    }
    return true;
  }

  private @Nullable SourceFile read(Path file) {
    SourceFile known = included.get(file);
    if (known != null) {
      return known;
    }
    String path = root.relativize(file).toString().replace('\\', '/');
    String displayPath = displayPath(path);
    try {
      byte[] bytes = Files.readAllBytes(file);
      try {
        SourceFile source = new SourceFile(path, displayPath, Utf8.decode(bytes));
        included.put(file, source);
        return source;
      } catch (CharacterCodingException e) {
        diagnostics.accept(Utf8.notUtf8(displayPath, bytes));
      }
    } catch (IOException e) {
      report(
          "missing-include", Location.of(displayPath), "cannot be read: " + e.getMessage(), null);
    }
    return null;
  }

  private String displayPath(String path) {
    String shownPage = page().displayPath();
    return shownPage.substring(0, shownPage.length() - page().path().length()) + path;
  }

  private Location location(Path including, int line, String target) {
    SourceFile file = file(including);
    List<String> lines = file.lines();
    int column = line >= 1 && line <= lines.size() ? lines.get(line - 1).indexOf(target) + 1 : 0;
    return file.location(line, Math.max(column, 0));
  }

  private static Optional<String> nearestFile(Path file) {
    try (Stream<Path> siblings = Files.list(parent(file))) {
      return Suggestion.nearest(
          file.getFileName().toString(),
          siblings.map(sibling -> sibling.getFileName().toString()).toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private void report(String code, Location location, String what, @Nullable String fix) {
    diagnostics.accept(
        Diagnostic.error(
            code, location, what, "an include names a file below the content folder", fix));
  }
}
