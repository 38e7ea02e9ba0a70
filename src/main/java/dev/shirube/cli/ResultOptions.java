package dev.shirube.cli;

import dev.shirube.model.VerificationResult;
import dev.shirube.report.Annotations;
import dev.shirube.report.JsonReport;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that prints a result for programs. */
final class ResultOptions {

  @Option(names = "--json", description = "print each snippet with its outcome as JSON")
  private boolean json;

  @Option(names = "--annotations", description = "print problems as a forge's workflow reads them")
  private boolean annotations;

  /** Whether a program reads the result. */
  boolean isAsked() {
    return json || annotations;
  }

  void print(VerificationResult result, PrintWriter out) {
    print(List.of(result), out);
  }

  /** The results of runs on several versions, as one document. */
  void print(List<VerificationResult> results, PrintWriter out) {
    if (json) {
      out.print(
          results.size() == 1
              ? JsonReport.render(results.getFirst())
              : JsonReport.render(results));
    }
    if (annotations) {
      results.forEach(result -> out.print(Annotations.render(result)));
    }
    out.flush();
  }
}
