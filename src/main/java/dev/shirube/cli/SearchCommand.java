package dev.shirube.cli;

import dev.shirube.model.Hit;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code shirube search}: the index on the command line. */
@Command(
    name = "search",
    description = "Search the published wiki.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube search イメージが取得できない",
      "  shirube search --json --limit 3 'trying and failing to pull image'"
    })
final class SearchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "what to look for")
  private List<String> words = List.of();

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
    if (!Files.isDirectory(index)) {
      throw new EnvironmentException(
          "there is no search index at " + index + "; make it with: shirube build");
    }
    List<Hit> hits;
    try (Searcher searcher = Searcher.open(index)) {
      hits = searcher.search(String.join(" ", words), limit);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(out, hits);
    } else if (hits.isEmpty()) {
      spec.commandLine().getErr().println("nothing found for: " + String.join(" ", words));
    } else {
      print(out, hits);
    }
    return ExitCode.OK;
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
              + ansi.string("  @|faint [" + hit.kind().id() + "]|@"));
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
    List<Map<String, Object>> rows =
        hits.stream()
            .map(
                hit -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("url", hit.url());
                  row.put("title", hit.title());
                  row.put("section", hit.section());
                  row.put("kind", hit.kind().id());
                  row.put("score", hit.score());
                  row.put("excerpt", highlighted(hit.excerpt(), Ansi.OFF));
                  return row;
                })
            .toList();
    out.println(JsonMapper.shared().writeValueAsString(Map.of("hits", rows)));
    out.flush();
  }
}
