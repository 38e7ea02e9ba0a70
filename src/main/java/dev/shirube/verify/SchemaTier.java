package dev.shirube.verify;

import dev.shirube.diagnose.fingerprint.FingerprintReader;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Severity;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import dev.shirube.verify.match.Expectation;
import dev.shirube.verify.match.ExpectationProblem;
import dev.shirube.verify.match.MatchMode;
import dev.shirube.verify.schema.ManifestDocument;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import dev.shirube.verify.schema.SchemaReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that can be told of snippets without a cluster. */
public final class SchemaTier {

  private final SchemaChecker checker;

  public SchemaTier(SchemaChecker checker) {
    this.checker = checker;
  }

  /**
   * A result for each snippet of a scenario for which no cluster is needed, and for each other one
   * that is wrong already; in the order of the page.
   */
  public List<SnippetResult> check(Scenario scenario) {
    List<SnippetResult> results = new ArrayList<>();
    for (Snippet snippet : scenario.snippets()) {
      long start = System.nanoTime();
      List<Diagnostic> problems = problems(snippet, scenario);
      boolean failed = problems.stream().anyMatch(each -> each.severity() == Severity.ERROR);
      boolean skipped = snippet.verb() == Verb.SKIP;
      if (failed || !Scenario.needsCluster(snippet)) {
        results.add(
            snippet.result(
                failed ? Outcome.FAILED : skipped ? Outcome.SKIPPED : Outcome.PASSED,
                failed || skipped ? Optional.empty() : Optional.of(ProofTier.SCHEMA),
                Duration.ofNanos(System.nanoTime() - start),
                problems,
                "",
                skipped ? snippet.options().because() : ""));
      }
    }
    return results;
  }

  private List<Diagnostic> problems(Snippet snippet, Scenario scenario) {
    Map<String, String> placeholders = scenario.placeholders();
    List<Diagnostic> problems = new ArrayList<>();
    switch (snippet.verb()) {
      case SKIP -> {}
      case REJECT -> {
        if (Manifest.split(snippet.text()).isEmpty()) {
          problems.add(empty(snippet, "manifest"));
        }
      }
      case CHECK, APPLY -> manifests(snippet, placeholders, Completeness.WHOLE, problems);
      case EXPECT -> {
        manifests(snippet, placeholders, Completeness.PARTIAL, problems);
        expectations(snippet, placeholders, problems);
      }
      case FIXTURE, TEARDOWN -> {
        if (snippet.isCommands()) {
          CommandSteps.check(snippet, scenario, problems::add);
        } else {
          manifests(snippet, placeholders, Completeness.WHOLE, problems);
        }
      }
      case RUN -> CommandSteps.check(snippet, scenario, problems::add);
      case OUTPUT -> CommandSteps.checkOutput(snippet, problems::add);
      case FINGERPRINT ->
          FingerprintReader.read(snippet.text(), snippet.block()::location, problems::add);
    }
    return problems;
  }

  private void manifests(
      Snippet snippet,
      Map<String, String> placeholders,
      Completeness completeness,
      List<Diagnostic> problems) {
    if (Manifest.split(snippet.text()).isEmpty()) {
      problems.add(empty(snippet, "manifest"));
      return;
    }
    SchemaReport report =
        checker.check(filled(snippet, placeholders), snippet.block()::location, completeness);
    Optional<ManifestDocument> stranger =
        report.documents().stream()
            .filter(document -> document.standing() == ManifestDocument.Standing.NOT_A_MANIFEST)
            .findFirst();
    if (snippet.verb() == Verb.CHECK && report.hasNoErrors() && stranger.isPresent()) {
      problems.add(
          Diagnostic.error(
              "not-a-manifest",
              stranger.get().location(),
              "this %s is no manifest: it names neither apiVersion nor kind"
                  .formatted(snippet.block().language().toUpperCase(Locale.ROOT)),
              "what is held against nothing is not proven",
              "if it is what commands print, add verify=output; else verify=skip,because=\"…\""));
      return;
    }
    if (snippet.verb() == Verb.CHECK && report.hasNoErrors() && !report.isProven()) {
      problems.add(
          Diagnostic.error(
              "no-schema",
              snippet.location(),
              "Kubernetes " + checker.kubernetes() + " has no schema for " + unknown(report),
              "what is held against nothing is not proven",
              "add verify=skip,because=\"…\", or make it a listing of another language"));
      return;
    }
    problems.addAll(report.diagnostics());
  }

  /** What the server, or the shell, would find nothing wrong with. */
  static Diagnostic empty(Snippet snippet, String what) {
    return Diagnostic.error(
        "empty-snippet",
        snippet.location(),
        "there is no " + what + " in it",
        "what says nothing proves nothing",
        "write one, or leave the listing out");
  }

  private static String unknown(SchemaReport report) {
    return report.documents().stream()
        .filter(document -> document.standing() != ManifestDocument.Standing.CHECKED)
        .map(document -> document.kind() + " of " + document.apiVersion())
        .findFirst()
        .orElse("it");
  }

  /** The text of a snippet as it is applied; the namespace, which is not known yet, is made up. */
  public static String filled(Snippet snippet, Map<String, String> placeholders) {
    Map<String, String> values = new HashMap<>(placeholders);
    values.put(Scenario.NAMESPACE, "namespace");
    return PlaceholderValues.fill(snippet.text(), values);
  }

  private static void expectations(
      Snippet snippet, Map<String, String> placeholders, List<Diagnostic> problems) {
    for (Manifest manifest : Manifest.split(filled(snippet, placeholders))) {
      if (Expectation.parse(MatchMode.JSON, manifest.text()) instanceof Expectation.Faulty faulty) {
        for (ExpectationProblem fault : faulty.problems()) {
          Location place = snippet.block().location(manifest.firstLine() + fault.line() - 1);
          problems.add(
              Diagnostic.error("bad-expectation", place, fault.what(), fault.why(), fault.fix()));
        }
      }
    }
  }
}
