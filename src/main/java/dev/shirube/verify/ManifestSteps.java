package dev.shirube.verify;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.verify.Cluster.Answer;
import dev.shirube.verify.Cluster.ObjectName;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.match.Comparison;
import dev.shirube.verify.match.Expectation;
import dev.shirube.verify.match.MatchMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The verbs of manifests: apply, expect, reject. */
final class ManifestSteps {

  private final Cluster cluster;
  private final Map<String, String> placeholders;
  private final Set<ObjectName> applied = new LinkedHashSet<>();

  ManifestSteps(Cluster cluster, Map<String, String> placeholders) {
    this.cluster = cluster;
    this.placeholders = placeholders;
  }

  /** What was made so far, in order; objects that were there before are not among it. */
  List<ObjectName> applied() {
    return List.copyOf(applied);
  }

  private List<Manifest> manifests(String text) {
    return Manifest.split(PlaceholderValues.fill(text, placeholders));
  }

  /** First all of it as a dry run, so that nothing is changed where a part is wrong. */
  Step apply(Snippet snippet, String namespace) {
    Step dry = applyAll(snippet, namespace, true);
    return dry.passed() ? applyAll(snippet, namespace, false) : dry;
  }

  private Step applyAll(Snippet snippet, String namespace, boolean dryRun) {
    List<Diagnostic> problems = new ArrayList<>();
    for (Manifest manifest : manifests(snippet.text())) {
      switch (cluster.apply(manifest, namespace, dryRun)) {
        case Answer.Accepted accepted -> {
          if (!dryRun) {
            remember(accepted);
            accepted
                .warnings()
                .forEach(warning -> problems.add(warning(snippet, manifest, warning)));
          }
        }
        case Answer.Refused refused -> {
          // What is made with the first document may be what the second one needs.
          if (!dryRun || !needsAnother(refused)) {
            problems.add(refusal(snippet, manifest, refused));
          }
        }
      }
    }
    return new Step(problems, "");
  }

  private void remember(Answer.Accepted accepted) {
    if (accepted.created()) {
      applied.add(accepted.object());
    }
  }

  /** A dry run makes neither namespaces nor kinds for the documents that follow. */
  private static boolean needsAnother(Answer.Refused refused) {
    return refused.status() == 404;
  }

  private static Diagnostic warning(Snippet snippet, Manifest manifest, String warning) {
    return Diagnostic.warning(
        "server-warning",
        snippet.block().location(manifest.firstLine()),
        "the API server warns: " + warning,
        null,
        null);
  }

  private static Diagnostic refusal(Snippet snippet, Manifest manifest, Answer.Refused refused) {
    return Diagnostic.error(
        "refused",
        place(snippet, manifest, refused),
        "the API server refuses " + manifest.kind() + " \"" + manifest.name() + "\"",
        refused.message(),
        null);
  }

  /** The line of the first field that the server names and that is there. */
  private static Location place(Snippet snippet, Manifest manifest, Answer.Refused refused) {
    return refused.fields().stream()
        .map(field -> FieldLine.of(manifest.text(), field))
        .flatMap(Optional::stream)
        .findFirst()
        .map(line -> snippet.block().location(manifest.firstLine() + line - 1))
        .orElseGet(() -> snippet.block().location(manifest.firstLine()));
  }

  /** A fixture from outside of the page. */
  Step applyFixture(String name, String text, String namespace, Location page) {
    List<Diagnostic> problems = new ArrayList<>();
    for (Manifest manifest : manifests(text)) {
      switch (cluster.apply(manifest, namespace, false)) {
        case Answer.Accepted accepted -> remember(accepted);
        case Answer.Refused refused ->
            problems.add(
                Diagnostic.error(
                    "fixture-refused",
                    page,
                    "the API server refuses the fixture " + name + ":" + manifest.firstLine(),
                    refused.message(),
                    null));
      }
    }
    return new Step(problems, "");
  }

  /** Each document must be a part of what the cluster has. */
  Step expect(Snippet snippet, String namespace) {
    for (Manifest manifest : manifests(snippet.text())) {
      if (!(Expectation.parse(MatchMode.JSON, manifest.text())
          instanceof Expectation.Ready ready)) {
        throw new IllegalStateException("checked before: " + snippet.location());
      }
      Location place = snippet.block().location(manifest.firstLine());
      Optional<String> actual = cluster.get(manifest, namespace);
      if (actual.isEmpty()) {
        return Step.failed(
            Diagnostic.error(
                "no-such-object",
                place,
                "there is no " + manifest.kind() + " \"" + manifest.name() + "\"",
                null,
                null));
      }
      if (ready.expectation().compare(actual.get()) instanceof Comparison.Mismatch mismatch) {
        return new Step(
            List.of(
                Diagnostic.error(
                    "not-as-expected",
                    snippet.block().location(manifest.firstLine() + mismatch.expectedLine() - 1),
                    mismatch.what(),
                    null,
                    null)),
            mismatch.diff());
      }
    }
    return Step.DONE;
  }

  /** The server must refuse it; it is only asked, so that nothing is left where it does not. */
  Step reject(Snippet snippet, String namespace) {
    for (Manifest manifest : manifests(snippet.text())) {
      switch (cluster.apply(manifest, namespace, true)) {
        case Answer.Accepted accepted -> {
          return Step.failed(
              Diagnostic.error(
                  "not-refused",
                  snippet.block().location(manifest.firstLine()),
                  "the API server takes " + accepted.object() + ", which it should refuse",
                  null,
                  null));
        }
        case Answer.Refused refused -> {
          String wanted = snippet.options().message();
          if (wanted.isBlank()) {
            return Step.failed(
                Diagnostic.error(
                    "missing-key",
                    snippet.block().attributeLocation(),
                    "nothing is said of why the API server refuses it",
                    "it would pass whatever the reason is",
                    "add message= with the telling part of: " + refused.message()));
          }
          if (!refused.message().contains(wanted)) {
            return Step.failed(
                Diagnostic.error(
                    "other-refusal",
                    snippet.block().location(manifest.firstLine()),
                    "the API server refuses it for another reason than \"" + wanted + "\"",
                    refused.message(),
                    null));
          }
        }
      }
    }
    return Step.DONE;
  }

  /** Deletes what a manifest names. */
  void delete(String text, String namespace) {
    manifests(text)
        .forEach(
            manifest ->
                cluster.delete(
                    new ObjectName(
                        manifest.apiVersion(),
                        manifest.kind(),
                        Optional.of(manifest.namespace().orElse(namespace)),
                        manifest.name())));
  }
}
