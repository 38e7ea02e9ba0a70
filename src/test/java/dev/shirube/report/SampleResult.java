package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Results of runs that never were. */
final class SampleResult {

  private static final String POD = "glossary/pod.adoc";
  private static final String FORWARD = "eks/ポート フォワード.adoc";

  private SampleResult() {}

  /** A run with something of everything. */
  static VerificationResult mixed() {
    return of(
        List.of(
            snippet("pod-manifest", "apply", 12, Outcome.PASSED, ProofTier.NODE, 1_234)
                .withStandIn("aws"),
            new SnippetResult(
                POD,
                "pod-old",
                "apply",
                at(POD, 20),
                Outcome.PASSED,
                Optional.of(ProofTier.SCHEMA),
                Duration.ofMillis(3),
                List.of(
                    Diagnostic.warning(
                        "deprecated-api",
                        new Location("content/" + POD, 21, 13, "apiVersion: policy/v1beta1"),
                        "policy/v1beta1 PodDisruptionBudget is deprecated",
                        "it was removed in Kubernetes 1.25",
                        "write policy/v1")),
                "",
                ""),
            new SnippetResult(
                POD,
                "pod-list",
                "run",
                at(POD, 42),
                Outcome.FAILED,
                Optional.of(ProofTier.NODE),
                Duration.ofMillis(30_050),
                List.of(
                    Diagnostic.error(
                        "unexpected-output",
                        new Location("content/" + POD, 43, 5, "web  1/1   Running 0"),
                        "column READY of web is 0/1, not 1/1",
                        "the output must be as the page says within 30 s",
                        "write what kubectl prints, or repair the manifest"),
                    Diagnostic.warning(
                        "api-warning",
                        at(POD, 42),
                        "the API server warns: spec.x is unknown",
                        null,
                        null)),
                "  NAME READY STATUS\n- web  1/1   Running\n+ web  0/1   ErrImagePull\n",
                "",
                Optional.of("aws"),
                Optional.empty()),
            new SnippetResult(
                FORWARD,
                "forward",
                "run",
                at(FORWARD, 7),
                Outcome.NOT_RUN,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                "",
                "#service before it failed"),
            new SnippetResult(
                FORWARD,
                "console",
                "skip",
                at(FORWARD, 15),
                Outcome.SKIPPED,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                "",
                "needs the AWS console"),
            new SnippetResult(
                FORWARD,
                "service",
                "apply",
                at(FORWARD, 3),
                Outcome.UNDECIDED,
                Optional.empty(),
                Duration.ofMillis(10),
                List.of(
                    Diagnostic.error(
                        "cluster-unavailable",
                        at(FORWARD, 3),
                        "the API server does not answer: connection refused",
                        null,
                        "start it again: shirube cluster up")),
                "",
                "")),
        List.of(
            Diagnostic.error(
                "left-over",
                Location.of("content/eks/setup.adoc"),
                "the page left a ClusterRole behind: reader",
                "a scenario leaves the cluster as it found it",
                "add a teardown snippet"),
            Diagnostic.warning(
                "unused-placeholder",
                new Location("content/index.adoc", 3, 0, null),
                "nobody uses {zone}",
                null,
                null)));
  }

  /** A run in which all is well. */
  static VerificationResult good() {
    return of(
        List.of(
            snippet("a", "apply", 1, Outcome.PASSED, ProofTier.NODE, 900),
            snippet("b", "apply", 9, Outcome.PASSED, ProofTier.APISERVER, 90),
            snippet("c", "expect", 19, Outcome.PASSED, ProofTier.NODE, 9_000)),
        List.of());
  }

  /** What a page, a cluster or an attacker may put into a report. */
  static VerificationResult hostile() {
    String text =
        "]]> <b>&amp; \u0000\u001b[2J %0A %25 ::error file=x::y , : \r\n第二行 😀 \ud800 \u202e \"'";
    String file = "content/a b/100%:,;.adoc";
    return of(
        List.of(
            new SnippetResult(
                "a b/100%:,;.adoc",
                "]]>&\"<x>\u0001",
                "run",
                new Location(file, 1, 1, text),
                Outcome.FAILED,
                Optional.of(ProofTier.NODE),
                Duration.ofSeconds(1),
                List.of(Diagnostic.error("bad", new Location(file, 1, 1, text), text, text, text)),
                "- " + text + "\n+ x\n",
                ""),
            new SnippetResult(
                "/absolute/x.adoc",
                "y",
                "run",
                new Location("/absolute/x.adoc", 1, 0, null),
                Outcome.NOT_RUN,
                Optional.empty(),
                Duration.ZERO,
                List.of(
                    Diagnostic.warning("odd", Location.of("/absolute/x.adoc"), text, text, text)),
                "",
                text)),
        List.of(Diagnostic.error("bad", Location.of(file), text, text, text)));
  }

  /** A command that printed ten megabytes, half of them on one line. */
  static VerificationResult huge() {
    String lines = "+ endless 無限 😀\n".repeat(300_000) + "+ " + "x".repeat(5_000_000) + "\n";
    return of(
        List.of(
            new SnippetResult(
                POD,
                "endless",
                "run",
                at(POD, 5),
                Outcome.FAILED,
                Optional.of(ProofTier.NODE),
                Duration.ofSeconds(1),
                List.of(
                    Diagnostic.error(
                        "unexpected-output", at(POD, 5), "y".repeat(100_000), null, null)),
                lines,
                "")),
        List.of());
  }

  private static VerificationResult of(List<SnippetResult> snippets, List<Diagnostic> problems) {
    return new VerificationResult(
        Instant.parse("2026-11-24T10:15:30.123Z"),
        Duration.ofMillis(41_300),
        "Kubernetes 1.37.2, tier node, 1 node",
        "1.37.2",
        snippets,
        problems);
  }

  private static SnippetResult snippet(
      String id, String verb, int line, Outcome outcome, ProofTier tier, long millis) {
    return new SnippetResult(
        POD,
        id,
        verb,
        at(POD, line),
        outcome,
        Optional.of(tier),
        Duration.ofMillis(millis),
        List.of(),
        "",
        "");
  }

  private static Location at(String page, int line) {
    return new Location("content/" + page, line, 0, null);
  }
}
