package dev.shirube.verify.grammar;

import dev.shirube.asciidoc.PageConverter;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A page as a writer types it, read by the real Asciidoctor and the real grammar. */
public record WrittenPage(
    ConvertedPage page, List<Snippet> snippets, List<Diagnostic> diagnostics) {

  /** The day on which all pages of tests are read. */
  public static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  /** Starting Asciidoctor takes seconds: all tests share one. */
  private static final class Shared {
    static final List<Diagnostic> PROBLEMS = new ArrayList<>();
    static final Path ROOT = root();
    static final PageConverter CONVERTER = new PageConverter(ROOT, PROBLEMS::add);

    private static Path root() {
      try {
        Path root = Files.createTempDirectory("written-pages").toRealPath();
        root.toFile().deleteOnExit();
        return root;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The page {@code page.adoc}. */
  public static WrittenPage of(String text) {
    return named("page.adoc", text);
  }

  /** A page of another name. */
  public static WrittenPage named(String path, String text) {
    synchronized (Shared.CONVERTER) {
      Shared.PROBLEMS.clear();
      ConvertedPage page = Shared.CONVERTER.convert(new SourceFile(path, path, text));
      List<Diagnostic> diagnostics = new ArrayList<>(Shared.PROBLEMS);
      List<Snippet> snippets = new SnippetReader(TODAY, diagnostics::add).read(page);
      return new WrittenPage(page, snippets, diagnostics);
    }
  }

  /** Writes a file that pages can include. */
  public static void include(String name, String text) {
    try {
      Path file = Files.writeString(Shared.ROOT.resolve(name), text);
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only snippet. */
  public Snippet snippet() {
    if (snippets.size() != 1) {
      throw new IllegalStateException(snippets.size() + " snippets, " + problems());
    }
    return snippets.getFirst();
  }

  /** What is wrong: {@code page.adoc:3:9 unknown-key: there is no key "witin"}. */
  public List<String> problems() {
    return diagnostics.stream()
        .map(
            d ->
                d.location().file()
                    + ":"
                    + d.location().line()
                    + ":"
                    + d.location().column()
                    + " "
                    + d.code()
                    + ": "
                    + d.what())
        .toList();
  }
}
