package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.Severity;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result as <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF
 * 2.1.0</a>, which forges show beside the lines: a result for each diagnostic, a rule for each
 * code. What the environment is to blame for is a notification of the tool, not a result.
 */
public final class Sarif {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String ROOT = "%SRCROOT%";
  private static final int MOST_LINES = 40;
  private static final int MOST_LINE_CHARS = 300;
  private static final int MOST_MESSAGE_CHARS = 8_000;

  private Sarif() {}

  /** The document, with a line break at its end. */
  public static String render(VerificationResult result) {
    List<Finding> all = Finding.of(result);
    List<Finding> findings = all.stream().filter(finding -> !finding.isUndecided()).toList();
    List<Finding> undecided = all.stream().filter(Finding::isUndecided).toList();

    ObjectNode log = Json.object();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Shirube");
    List<String> rules = rules(findings, driver.putArray("rules"));
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", result.count(Outcome.UNDECIDED) == 0);
    invocation.put("startTimeUtc", Json.time(result.started()));
    invocation.put("endTimeUtc", Json.time(result.started().plus(result.duration())));
    ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
    for (Finding finding : undecided) {
      ObjectNode notification = notifications.addObject();
      notification.put("level", level(finding.diagnostic()));
      notification.putObject("descriptor").put("id", finding.diagnostic().code());
      message(finding, notification);
      location(finding, notification);
    }
    run.putObject("originalUriBaseIds")
        .putObject(ROOT)
        .putObject("description")
        .put("text", "The folder in which Shirube was started.");
    run.put("columnKind", "utf16CodeUnits");
    ObjectNode properties = run.putObject("properties");
    properties.put("cluster", result.cluster());
    properties.put("kubernetes", result.kubernetes());
    List<String> doubles = result.standIns();
    if (!doubles.isEmpty()) {
      ArrayNode names = properties.putArray("doubles");
      doubles.forEach(names::add);
    }

    ArrayNode results = run.putArray("results");
    Fingerprints fingerprints = new Fingerprints();
    for (Finding finding : findings) {
      ObjectNode node = results.addObject();
      node.put("ruleId", finding.diagnostic().code());
      node.put("ruleIndex", rules.indexOf(finding.diagnostic().code()));
      node.put("level", level(finding.diagnostic()));
      message(finding, node);
      location(finding, node);
      node.putObject("partialFingerprints").put("shirubeFinding/v1", fingerprints.of(finding));
      finding
          .snippet()
          .flatMap(SnippetResult::standIn)
          .ifPresent(what -> node.putObject("properties").put("double", what));
    }
    return Json.pretty(log);
  }

  /** Writes a rule for each code, in order; what it wants is what the first diagnostic says. */
  private static List<String> rules(List<Finding> findings, ArrayNode rules) {
    Map<String, Diagnostic> codes = new LinkedHashMap<>();
    for (Finding finding : findings) {
      codes.merge(
          finding.diagnostic().code(),
          finding.diagnostic(),
          (first, next) -> first.why() == null ? next : first);
    }
    for (Diagnostic diagnostic : codes.values()) {
      ObjectNode rule = rules.addObject();
      String name = diagnostic.code().replace('-', ' ');
      rule.put("id", diagnostic.code());
      rule.putObject("shortDescription").put("text", name);
      rule.putObject("help").put("text", help(diagnostic, name));
      rule.putObject("defaultConfiguration").put("level", level(diagnostic));
    }
    return new ArrayList<>(codes.keySet());
  }

  private static String help(Diagnostic diagnostic, String name) {
    List<String> help = new ArrayList<>();
    help.add(name + ", e.g. " + diagnostic.what());
    if (diagnostic.why() != null) {
      help.add("why: " + diagnostic.why());
    }
    if (diagnostic.fix() != null) {
      help.add("fix: " + diagnostic.fix());
    }
    return Texts.shortened(String.join("\n", help), MOST_MESSAGE_CHARS);
  }

  private static String level(Diagnostic diagnostic) {
    return diagnostic.severity() == Severity.ERROR ? "error" : "warning";
  }

  private static void message(Finding finding, ObjectNode node) {
    node.putObject("message")
        .put(
            "text",
            Texts.shortened(finding.message(MOST_LINES, MOST_LINE_CHARS), MOST_MESSAGE_CHARS));
  }

  private static void location(Finding finding, ObjectNode node) {
    Location location = finding.diagnostic().location();
    ObjectNode target = node.putArray("locations").addObject();
    ObjectNode physical = target.putObject("physicalLocation");
    ObjectNode artifact = physical.putObject("artifactLocation");
    artifact.put("uri", FileUri.of(location.file()));
    if (FileUri.isRelative(location.file())) {
      artifact.put("uriBaseId", ROOT);
    }
    if (location.line() > 0) {
      ObjectNode region = physical.putObject("region");
      region.put("startLine", location.line());
      if (location.column() > 0) {
        region.put("startColumn", location.column());
      }
      if (location.sourceLine() != null) {
        region
            .putObject("snippet")
            .put("text", Texts.shortened(location.sourceLine(), MOST_LINE_CHARS));
      }
    }
    finding
        .snippet()
        .map(SnippetResult::id)
        .ifPresent(
            id ->
                target
                    .putArray("logicalLocations")
                    .addObject()
                    .put("name", id)
                    .put(
                        "fullyQualifiedName",
                        finding.snippet().map(SnippetResult::page).orElse("") + "#" + id));
  }
}
