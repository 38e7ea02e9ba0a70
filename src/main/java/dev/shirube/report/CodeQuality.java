package dev.shirube.report;

import dev.shirube.model.Location;
import dev.shirube.model.Severity;
import dev.shirube.model.VerificationResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result as GitLab shows it in a merge request: its <a
 * href="https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format">code quality
 * report</a>. What the environment is to blame for is left out: it is nothing of the code's.
 */
public final class CodeQuality {

  private static final int MOST_LINES = 20;
  private static final int MOST_LINE_CHARS = 200;
  private static final int MOST_MESSAGE_CHARS = 4_000;

  private CodeQuality() {}

  /** The document, with a line break at its end. */
  public static String render(VerificationResult result) {
    ArrayNode report = JsonNodeFactory.instance.arrayNode();
    Fingerprints fingerprints = new Fingerprints();
    for (Finding finding : Finding.of(result)) {
      if (finding.isUndecided()) {
        continue;
      }
      Location location = finding.diagnostic().location();
      ObjectNode issue = report.addObject();
      issue.put(
          "description",
          Texts.shortened(finding.message(MOST_LINES, MOST_LINE_CHARS), MOST_MESSAGE_CHARS));
      issue.put("check_name", finding.diagnostic().code());
      issue.put("fingerprint", fingerprints.of(finding));
      issue.put("severity", finding.diagnostic().severity() == Severity.ERROR ? "major" : "minor");
      ObjectNode place = issue.putObject("location");
      place.put("path", location.file());
      place.putObject("lines").put("begin", Math.max(1, location.line()));
    }
    return Json.pretty(report);
  }
}
