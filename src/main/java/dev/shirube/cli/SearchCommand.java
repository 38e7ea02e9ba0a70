package dev.shirube.cli;

import dev.shirube.model.Hit;
import dev.shirube.model.PageKind;
import dev.shirube.search.HitsJson;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code shirube search}: the index on the command line. */
@Command(
    name = "search",
    description = "Search the published wiki.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube search イメージが取得できない",
      "  shirube search --json --limit 3 'trying and failing to pull image'",
      "  kubectl describe pod web | shirube search --stdin --kind case"
    })
final class SearchCommand implements Callable<Integer> {

  /** Of the query in a message. */
  private static final int LONGEST_ECHO = 100;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "what to look for")
  private List<String> words = List.of();

  @Option(names = "--stdin", description = "look for the error lines that standard input holds")
  private boolean stdin;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = KindConverter.class,
      description = "only pages of a kind: home, guide, glossary, term, case")
  private @Nullable PageKind kind;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      defaultValue = "target/index",
      description = "the search index (default: ${DEFAULT-VALUE})")
  private Path index = Path.of("target/index");

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "at most so many results (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    if (limit < 1) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--limit must be at least 1, not " + limit);
    }
    if (words.isEmpty() != stdin) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "name what to look for: either WORD... or --stdin");
    }
    if (!Files.isDirectory(index)) {
      throw new EnvironmentException(
          "there is no search index at " + index + "; make it with: shirube build");
    }
    String query = stdin ? standardInput() : String.join(" ", words);
    List<Hit> hits;
    List<String> nearest;
    try (Searcher searcher = Searcher.open(index)) {
      hits = searcher.search(query, limit, kind);
      nearest = hits.isEmpty() ? searcher.nearestTerms(query) : List.of();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(out, hits);
    } else if (hits.isEmpty()) {
      printNothingFound(spec.commandLine().getErr(), query, nearest);
    } else {
      print(out, hits);
    }
    return ExitCode.OK;
  }

  private static String standardInput() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private void printNothingFound(PrintWriter err, String query, List<String> nearest) {
    String line = query.lines().findFirst().orElse("").strip();
    err.println(
        "nothing found for: "
            + (line.length() > LONGEST_ECHO ? line.substring(0, LONGEST_ECHO) + "…" : line));
    if (!nearest.isEmpty()) {
      err.println("  near: " + String.join(", ", nearest));
    }
    err.println(
        kind == null
            ? "  try fewer or shorter words, the English name, or the whole error line"
            : "  try without --kind " + kind.id());
  }

  private static void print(PrintWriter out, List<Hit> hits) {
    Ansi ansi = Ansi.AUTO;
    int rank = 1;
    for (Hit hit : hits) {
      String section = hit.section().isEmpty() ? "" : " › " + hit.section();
      out.println(
          ansi.string("@|bold " + rank++ + ".|@ ")
              + hit.title()
              + section
              + ansi.string("  @|faint [" + hit.kind().id() + "]|@")
              + (hit.matchesError() ? ansi.string("  @|bold,green matches this error|@") : ""));
      out.println("   " + hit.url());
      if (!hit.excerpt().isEmpty()) {
        out.println("   " + highlighted(hit.excerpt(), ansi));
      }
    }
    out.flush();
  }

  private static String highlighted(String excerpt, Ansi ansi) {
    return excerpt
        .replace(String.valueOf(Hit.MARK_START), ansi.enabled() ? "\033[1;33m" : "")
        .replace(String.valueOf(Hit.MARK_END), ansi.enabled() ? "\033[0m" : "");
  }

  private static void printJson(PrintWriter out, List<Hit> hits) {
    out.println(HitsJson.render(hits));
    out.flush();
  }

  /** Kinds are written in lower case, as in the content. */
  static final class KindConverter implements ITypeConverter<PageKind> {
    @Override
    public PageKind convert(String id) {
      return PageKind.of(id)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\""
                          + id
                          + "\" is none of "
                          + Stream.of(PageKind.values()).map(PageKind::id).toList()));
    }
  }
}
