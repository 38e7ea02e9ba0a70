package dev.shirube.cli;

import dev.shirube.content.ContentReader;
import dev.shirube.importer.MarkdownImport;
import dev.shirube.importer.MarkdownImport.Imported;
import dev.shirube.model.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shirube import}: pages of another wiki become pages of this one. */
@Command(
    name = "import",
    description = {
      "Turn a Markdown page, or the folder of a GitBook, HonKit or mdBook, into AsciiDoc pages.",
      "Nothing that is there is overwritten; manifests and commands come in as skipped, to be",
      "proven one after the other."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube import ../old-wiki --into runbooks     all pages; SUMMARY.md gives their order",
      "  shirube import notes.md --dry-run              only print what it would become"
    })
final class ImportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SOURCE", description = "a Markdown file, or a folder of them")
  private Path source = Path.of("unset");

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "",
      description = "the folder below the content folder (default: the content folder itself)")
  private String into = "";

  @Mixin private ContentOption content = new ContentOption();

  @Option(names = "--dry-run", description = "print the pages, write nothing")
  private boolean dryRun;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    String folder = Path.of(into).normalize().toString().replace('\\', '/');
    if (folder.startsWith("/") || folder.startsWith("..")) {
      throw new ParameterException(
          spec.commandLine(), "--into names a folder below the content folder, not " + into);
    }
    if (!Files.exists(source)) {
      throw new ParameterException(spec.commandLine(), "there is no " + source);
    }
    List<Diagnostic> diagnostics = new ArrayList<>();
    Imported imported = MarkdownImport.of(source, folder, diagnostics::add);
    diagnostics.sort(Diagnostic.ORDER);
    terminal.diagnostics(diagnostics);
    if (imported.pages().isEmpty()) {
      terminal.error(
          "there is no Markdown in "
              + source
              + "\n  fix: name a file that ends with .md, or its folder");
      return ExitCode.CONTENT;
    }
    if (dryRun) {
      imported
          .pages()
          .forEach(
              (path, text) -> spec.commandLine().getOut().print("// " + path + "\n" + text + "\n"));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
    List<String> there =
        Stream.concat(imported.pages().keySet().stream(), imported.files().keySet().stream())
            .filter(path -> Files.exists(content.folder().resolve(path)))
            .map(path -> content.folder().resolve(path).toString())
            .toList();
    if (!there.isEmpty()) {
      terminal.error(
          "these are there already: "
              + String.join(", ", there)
              + "\n  why: nothing is overwritten, so nothing was written"
              + "\n  fix: name another folder with --into, or move them away");
      return ExitCode.CONTENT;
    }
    write(imported);
    terminal.line(summary(imported));
    return ExitCode.OK;
  }

  private String summary(Imported imported) {
    long skipped =
        imported.pages().values().stream()
            .flatMap(String::lines)
            .filter(line -> line.contains(",verify=skip,because="))
            .count();
    return "%s and %s went to %s; the pages are named at the end of %s%s"
        .formatted(
            Terminal.count(imported.pages().size(), "page"),
            Terminal.count(imported.files().size(), "other file"),
            content.folder().resolve(into),
            content.folder().resolve(ContentReader.NAVIGATION),
            skipped == 0
                ? ""
                : "\nverify=skip stands at %s: prove them, see verify/README.md"
                    .formatted(Terminal.count(skipped, "block")));
  }

  /** All of it or nothing. */
  private void write(Imported imported) {
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, String> page : imported.pages().entrySet()) {
        Files.writeString(target(page.getKey(), written), page.getValue());
      }
      for (Map.Entry<String, Path> file : imported.files().entrySet()) {
        Files.copy(file.getValue(), target(file.getKey(), written));
      }
      name(imported.navigation());
    } catch (IOException e) {
      for (Path path : written) {
        path.toFile().delete(); // what cannot be taken back is found by the next call
      }
      throw new UncheckedIOException("cannot write the pages, none is left: " + e, e);
    }
  }

  private Path target(String path, List<Path> written) throws IOException {
    Path target = content.folder().resolve(path);
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    written.add(target);
    return target;
  }

  private void name(List<String> lines) throws IOException {
    Path navigation = content.folder().resolve(ContentReader.NAVIGATION);
    String before = Files.exists(navigation) ? Files.readString(navigation) : "= Wiki\n\n";
    String text = (before.endsWith("\n") ? "" : "\n") + String.join("\n", lines) + "\n";
    Files.writeString(
        navigation,
        Files.exists(navigation) ? text : before + text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
