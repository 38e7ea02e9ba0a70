package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.util.List;

/** The same results after lines were put before them. */
final class Moved {

  private static final int LINES = 10;

  private Moved() {}

  static VerificationResult byTenLines(VerificationResult result) {
    return new VerificationResult(
        result.started(),
        result.duration(),
        result.cluster(),
        result.kubernetes(),
        result.snippets().stream().map(Moved::moved).toList(),
        moved(result.problems()));
  }

  private static SnippetResult moved(SnippetResult snippet) {
    return new SnippetResult(
        snippet.page(),
        snippet.id(),
        snippet.verb(),
        moved(snippet.location()),
        snippet.outcome(),
        snippet.tier(),
        snippet.duration(),
        moved(snippet.problems()),
        snippet.difference(),
        snippet.reason(),
        snippet.standIn(),
        snippet.by());
  }

  private static List<Diagnostic> moved(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(
            d ->
                new Diagnostic(
                    d.severity(), d.code(), moved(d.location()), d.what(), d.why(), d.fix()))
        .toList();
  }

  private static Location moved(Location location) {
    return location.line() == 0
        ? location
        : new Location(
            location.file(), location.line() + LINES, location.column(), location.sourceLine());
  }
}
