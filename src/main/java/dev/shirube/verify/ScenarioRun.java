package dev.shirube.verify;

import dev.shirube.diagnose.Case;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.OutputChange;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.Cluster.ObjectName;
import dev.shirube.verify.aws.AwsSupport;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import dev.shirube.verify.redact.Redactor;
import dev.shirube.verify.shell.ScenarioShell;
import dev.shirube.verify.shell.ShellException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Proves the snippets of one scenario, once. */
final class ScenarioRun implements CaseProof.Run {

  private final Scenario scenario;
  private final Cluster cluster;
  private final ProofTier clusterTier;
  private final AwsSupport aws;
  private final Heartbeat heartbeat;
  private final String namespace;
  private final Map<String, String> placeholders;
  private final ScenarioShell shell;
  private final SnippetListener listener;
  private final ManifestSteps manifests;
  private final CommandSteps commands;
  private final FingerprintSteps fingerprints;
  private final Redactor redactor = new Redactor();
  private final Map<String, SnippetResult> results = new HashMap<>();
  private final List<String> madeNamespaces = new ArrayList<>();

  /** Why the snippets that follow are not run. */
  private @Nullable String stopped;

  private boolean undecided;

  ScenarioRun(
      Scenario scenario,
      Cluster cluster,
      ProofTier clusterTier,
      AwsSupport aws,
      Heartbeat heartbeat,
      String namespace,
      ScenarioShell shell,
      List<Case> cases,
      SnippetListener listener) {
    this.scenario = scenario;
    this.cluster = cluster;
    this.clusterTier = clusterTier;
    this.aws = aws;
    this.heartbeat = heartbeat;
    this.namespace = namespace;
    this.shell = shell;
    this.listener = listener;
    placeholders = scenario.placeholdersIn(namespace);
    manifests = new ManifestSteps(cluster, placeholders);
    commands = new CommandSteps(shell, placeholders);
    fingerprints = new FingerprintSteps(cluster, cases);
    shell.putKubeconfig(cluster.kubeconfig(namespace));
    scenario
        .files()
        .forEach(
            (name, text) ->
                shell.put(
                    name.replaceFirst("^~(?=/)", shell.home()),
                    PlaceholderValues.fill(text, placeholders).getBytes(StandardCharsets.UTF_8)));
  }

  /** One result for each snippet that needs a cluster, in the order of the page. */
  List<SnippetResult> run() {
    List<Snippet> proven = scenario.snippets().stream().filter(Scenario::needsCluster).toList();
    CaseProof proof = new CaseProof(proven, results, this);
    try {
      fixtures(proven);
      proof.controls();
      for (Snippet snippet : proof.causeFirst()) {
        if (snippet.verb() == Verb.FIXTURE || snippet.verb() == Verb.TEARDOWN) {
          continue;
        }
        proof.checkThatItLasts(snippet);
        // What the control or a fixture has found out about it is not to be lost.
        if (!isDecided(snippet)) {
          results.put(snippet.id(), heard(snippet, () -> step(snippet)));
          commands.stopAfter(snippet);
        }
      }
      proof.checkThatItHeals();
    } finally {
      proven.stream()
          .filter(snippet -> snippet.verb() == Verb.TEARDOWN)
          .forEach(snippet -> results.put(snippet.id(), teardown(snippet)));
    }
    return proven.stream().map(snippet -> result(snippet)).toList();
  }

  private SnippetResult heard(Snippet snippet, Supplier<Step> step) {
    if (!isEnded()) {
      listener.begins(snippet);
    }
    SnippetResult result = attempt(snippet, step);
    listener.ended(snippet, result, redactor.redact(commands.session(snippet)));
    return result;
  }

  private boolean isDecided(Snippet snippet) {
    SnippetResult result = results.get(snippet.id());
    return result != null && result.outcome() != Outcome.NOT_RUN;
  }

  private SnippetResult result(Snippet snippet) {
    SnippetResult result = results.get(snippet.id());
    return result == null ? snippet.without(Outcome.NOT_RUN, "the run was ended") : result;
  }

  private void fixtures(List<Snippet> proven) {
    for (Map.Entry<String, String> fixture : scenario.fixtures().entrySet()) {
      if (stopped != null) {
        break;
      }
      Location page = Location.of(proven.getFirst().location().file());
      Step step = manifests.applyFixture(fixture.getKey(), fixture.getValue(), namespace, page);
      if (!step.passed()) {
        Snippet first = proven.getFirst();
        results.put(first.id(), result(first, Outcome.FAILED, step, Duration.ZERO));
        stopped = "the fixture " + fixture.getKey() + " was refused";
      }
    }
    for (Snippet snippet : proven) {
      if (snippet.verb() == Verb.FIXTURE && !isDecided(snippet)) {
        results.put(snippet.id(), heard(snippet, () -> fixture(snippet)));
      }
    }
  }

  private Step fixture(Snippet snippet) {
    return snippet.isCommands()
        ? commands.run(snippet, within(snippet))
        : manifests.apply(snippet, namespace(snippet));
  }

  private Step step(Snippet snippet) {
    return switch (snippet.verb()) {
      case APPLY -> manifests.apply(snippet, namespace(snippet));
      case REJECT -> manifests.reject(snippet, namespace(snippet));
      case EXPECT ->
          Waiting.until(within(snippet), () -> manifests.expect(snippet, namespace(snippet)));
      case RUN -> inNamespace(snippet, () -> commands.run(snippet, within(snippet)));
      case OUTPUT -> commands.output(snippet);
      case FINGERPRINT ->
          Waiting.until(
              snippet.options().within().orElse(CaseProof.SHOWS),
              () -> diagnose(snippet, true, true));
      case CHECK, SKIP, FIXTURE, TEARDOWN -> Step.DONE;
    };
  }

  private static Duration within(Snippet snippet) {
    return snippet.options().within().orElse(Duration.ZERO);
  }

  /** The namespace of a snippet, made where it is not there. */
  private String namespace(Snippet snippet) {
    Optional<String> own =
        snippet.options().namespace().map(name -> PlaceholderValues.fill(name, placeholders));
    own.filter(name -> !cluster.hasNamespace(name))
        .ifPresent(
            name -> {
              cluster.createNamespace(name);
              madeNamespaces.add(name);
            });
    return own.orElse(namespace);
  }

  private <T> T inNamespace(Snippet snippet, Supplier<T> step) {
    if (snippet.options().namespace().isEmpty()) {
      return step.get();
    }
    shell.putKubeconfig(cluster.kubeconfig(namespace(snippet)));
    try {
      return step.get();
    } finally {
      shell.putKubeconfig(cluster.kubeconfig(namespace));
    }
  }

  /** Tries a snippet, unless something before it failed; tells trouble with the cluster apart. */
  @Override
  public SnippetResult attempt(Snippet snippet, Supplier<Step> step) {
    if (stopped != null) {
      return snippet.without(Outcome.NOT_RUN, stopped);
    }
    if (undecided) {
      return result(snippet, Outcome.UNDECIDED, Step.DONE, Duration.ZERO);
    }
    if (!snippet.options().versions().contains(cluster.minor())) {
      return snippet.without(
          Outcome.NOT_RUN,
          "it is about Kubernetes " + snippet.options().versions() + ", not " + cluster.version());
    }
    if (snippet.tier().compareTo(clusterTier) > 0) {
      stopped = "#" + snippet.id() + " before it needs the tier " + snippet.tier().id();
      return snippet.without(
          Outcome.NOT_RUN,
          "it needs the tier " + snippet.tier().id() + "; this is " + clusterTier.id());
    }
    if (aws instanceof AwsSupport.Missing missing && Scenario.usesAws(snippet)) {
      stopped = "#" + snippet.id() + " before it calls AWS";
      return snippet.without(Outcome.NOT_RUN, missing.why());
    }
    long start = System.nanoTime();
    try {
      cluster.requireMarker();
      Step tried = step.get();
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      if (tried.passed()) {
        return result(snippet, Outcome.PASSED, tried, duration);
      }
      if (heartbeat.wasAwaySince(start)) {
        return undecided(snippet, "the API server did not answer while it ran", duration);
      }
      stopped = "#" + snippet.id() + " before it failed";
      return result(snippet, Outcome.FAILED, tried, duration);
    } catch (ClusterUnavailableException | ForeignClusterException | ShellException e) {
      return undecided(
          snippet, String.valueOf(e.getMessage()), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private SnippetResult undecided(Snippet snippet, String what, Duration duration) {
    undecided = true;
    return snippet.undecided(redactor.redact(what), duration);
  }

  private SnippetResult result(Snippet snippet, Outcome outcome, Step step, Duration duration) {
    SnippetResult result =
        snippet
            .result(
                outcome,
                outcome == Outcome.PASSED ? Optional.of(provenTier(snippet)) : Optional.empty(),
                duration,
                step.problems().stream().map(this::redacted).toList(),
                redactor.redact(step.difference()),
                "")
            .withChange(step.change().filter(this::holdsNoSecret));
    return outcome == Outcome.PASSED && scenario.meetsDouble(snippet)
        ? result.withStandIn(Scenario.AWS)
        : result;
  }

  private boolean holdsNoSecret(OutputChange change) {
    return change.now().stream().allMatch(line -> redactor.redact(line).equals(line));
  }

  /**
   * What only an API server took is not called run on nodes, though there are some; of commands
   * that prepare or tidy up the writer says where nodes have a part in them.
   */
  private ProofTier provenTier(Snippet snippet) {
    return switch (snippet.verb()) {
      case APPLY, REJECT -> ProofTier.APISERVER;
      case RUN, EXPECT, OUTPUT, FINGERPRINT, FIXTURE, TEARDOWN ->
          clusterTier.compareTo(snippet.tier()) < 0 ? clusterTier : snippet.tier();
      case CHECK, SKIP -> ProofTier.SCHEMA;
    };
  }

  private Diagnostic redacted(Diagnostic d) {
    String why = d.why();
    return new Diagnostic(
        d.severity(),
        d.code(),
        d.location(),
        redactor.redact(d.what()),
        why == null ? null : redactor.redact(why),
        d.fix());
  }

  // --- what the proof of a case asks for ---------------------------------------------------------

  @Override
  public boolean canRun(Snippet snippet) {
    return !isEnded() && snippet.tier().compareTo(clusterTier) <= 0;
  }

  @Override
  public boolean isEnded() {
    return stopped != null || undecided;
  }

  /** Shows the symptom once, without waiting for it. */
  @Override
  public boolean shows(Snippet symptom) {
    return (symptom.verb() == Verb.EXPECT
            ? manifests.expect(symptom, namespace(symptom))
            : inNamespace(symptom, () -> commands.run(symptom, Duration.ZERO)))
        .passed();
  }

  @Override
  public Step diagnose(Snippet fingerprint, boolean named, boolean causeIsThere) {
    return fingerprints.diagnose(
        fingerprint,
        named,
        namespace,
        () ->
            scenario.snippets().stream()
                .map(snippet -> printed(snippet, causeIsThere))
                .collect(Collectors.joining()));
  }

  /** What the commands of a symptom print now; and those in the background, since the cause. */
  private String printed(Snippet snippet, boolean causeIsThere) {
    if (snippet.options().background().isPresent()) {
      return causeIsThere && snippet.part().isPresent() ? commands.printedSoFar(snippet) : "";
    }
    return CaseProof.isSymptom(snippet) && snippet.verb() == Verb.RUN
        ? inNamespace(snippet, () -> commands.printed(snippet))
        : "";
  }

  // --- the end -----------------------------------------------------------------------------------

  private SnippetResult teardown(Snippet snippet) {
    String before = stopped;
    stopped = null;
    SnippetResult result =
        attempt(
            snippet,
            () -> {
              if (snippet.isCommands()) {
                return inNamespace(snippet, () -> commands.run(snippet, within(snippet)));
              }
              manifests.delete(snippet.text(), namespace(snippet));
              return Step.DONE;
            });
    stopped = before;
    return result;
  }

  /** Removes what the scenario made; where the cluster is away, nothing can be. */
  void clean() {
    try {
      cluster.requireMarker();
      for (ObjectName object : manifests.applied().reversed()) {
        if (object.namespace().isEmpty() || !object.namespace().get().equals(namespace)) {
          cluster.delete(object);
        }
      }
      new TreeSet<>(madeNamespaces).forEach(cluster::deleteNamespace);
      cluster.deleteNamespace(namespace);
    } catch (ClusterUnavailableException | ForeignClusterException e) {
      // The results say so already; the next run on the cluster removes it.
    }
  }
}
