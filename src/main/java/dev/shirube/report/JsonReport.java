package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result for programs: what {@code verify --json} prints. Durations are seconds; a line or
 * column that is not known is left out.
 */
public final class JsonReport {

  private static final int MOST_LINES = 2_000;
  private static final int MOST_LINE_CHARS = 2_000;

  private JsonReport() {}

  /** The document, with a line break at its end. */
  public static String render(VerificationResult result) {
    return Json.pretty(report(result));
  }

  /** One document for the runs on several versions: {@code runs} has the document of each. */
  public static String render(List<VerificationResult> results) {
    ObjectNode all = Json.object();
    ArrayNode runs = all.putArray("runs");
    results.forEach(result -> runs.add(report(result)));
    return Json.pretty(all);
  }

  private static ObjectNode report(VerificationResult result) {
    ObjectNode report = Json.object();
    report.put("started", Json.time(result.started()));
    report.put("duration", seconds(result.duration()));
    report.put("cluster", result.cluster());
    report.put("kubernetes", result.kubernetes());
    ObjectNode summary = report.putObject("summary");
    for (Outcome outcome : Outcome.values()) {
      summary.put(outcome.id(), result.count(outcome));
    }
    ArrayNode snippets = report.putArray("snippets");
    for (SnippetResult snippet : result.snippets()) {
      ObjectNode node = snippets.addObject();
      node.put("page", snippet.page());
      node.put("id", snippet.id());
      place(snippet.location(), node);
      node.put("verb", snippet.verb());
      node.put("outcome", snippet.outcome().id());
      snippet.tier().map(ProofTier::id).ifPresent(tier -> node.put("tier", tier));
      snippet.standIn().ifPresent(what -> node.put("double", what));
      snippet.by().ifPresent(id -> node.put("by", id));
      node.put("duration", seconds(snippet.duration()));
      if (!snippet.reason().isEmpty()) {
        node.put("reason", snippet.reason());
      }
      if (!snippet.difference().isEmpty()) {
        ArrayNode lines = node.putArray("difference");
        Texts.shortenedLines(snippet.difference(), MOST_LINES, MOST_LINE_CHARS).forEach(lines::add);
      }
      diagnostics(snippet.problems(), node);
    }
    diagnostics(result.problems(), report);
    return report;
  }

  private static void diagnostics(List<Diagnostic> diagnostics, ObjectNode owner) {
    ArrayNode nodes = owner.putArray("diagnostics");
    for (Diagnostic diagnostic : diagnostics) {
      ObjectNode node = nodes.addObject();
      node.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
      node.put("code", diagnostic.code());
      place(diagnostic.location(), node);
      node.put("what", diagnostic.what());
      if (diagnostic.why() != null) {
        node.put("why", diagnostic.why());
      }
      if (diagnostic.fix() != null) {
        node.put("fix", diagnostic.fix());
      }
    }
  }

  private static void place(Location location, ObjectNode node) {
    node.put("file", location.file());
    if (location.line() > 0) {
      node.put("line", location.line());
    }
    if (location.column() > 0) {
      node.put("column", location.column());
    }
  }

  private static BigDecimal seconds(Duration duration) {
    return new BigDecimal(Texts.seconds(duration));
  }
}
