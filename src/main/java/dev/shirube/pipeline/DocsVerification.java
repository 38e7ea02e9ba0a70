package dev.shirube.pipeline;

import dev.shirube.diagnose.Case;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Severity;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.report.Demand;
import dev.shirube.report.Freshness;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.report.Receipts;
import dev.shirube.verify.Carriers;
import dev.shirube.verify.Cluster;
import dev.shirube.verify.OwnClusters;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.ScenarioBuilder;
import dev.shirube.verify.SchemaTier;
import dev.shirube.verify.Subjects;
import dev.shirube.verify.Verifier;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.SnippetReader;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.shell.AllowedPrograms;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Content to results: what is proven of each snippet. */
public final class DocsVerification {

  private final Settings settings;

  /**
   * Where from.
   *
   * @param fixtures the folder with one folder of manifests per page
   * @param clock says when proofs were made, and when reasons for skipping end
   */
  public record Settings(Path fixtures, Clock clock) {}

  /**
   * What there is to prove.
   *
   * @param scenarios one for each page that has snippets, in the order of their paths
   * @param diagnostics what is wrong with the content, apart from the snippets themselves
   * @param demanded the versions on which the site wants its snippets proven, the newest first;
   *     empty where any one will do
   * @param cases of the whole content, whatever part of it is proven
   */
  public record Plan(
      List<Scenario> scenarios,
      List<Diagnostic> diagnostics,
      List<KubernetesMinor> demanded,
      List<Case> cases) {
    public Plan {
      scenarios = List.copyOf(scenarios);
      cases = List.copyOf(cases);
      diagnostics = List.copyOf(diagnostics);
      demanded = List.copyOf(demanded);
    }

    /** A plan for which any one version will do. */
    public Plan(List<Scenario> scenarios, List<Diagnostic> diagnostics) {
      this(scenarios, diagnostics, List.of(), List.of());
    }

    /** The same with fewer scenarios. */
    public Plan only(Predicate<Scenario> wanted) {
      return new Plan(scenarios.stream().filter(wanted).toList(), diagnostics, demanded, cases);
    }

    /** The same with other versions. */
    public Plan on(List<KubernetesMinor> minors) {
      return new Plan(scenarios, diagnostics, minors, cases);
    }

    /** The newest of the versions that are demanded; none where any one will do. */
    public List<KubernetesMinor> newestDemanded() {
      return demanded.stream().limit(1).toList();
    }

    /** The pages that have snippets. */
    public Set<String> pages() {
      return scenarios.stream().map(Scenario::page).collect(Collectors.toSet());
    }

    /** What the proofs are about. */
    public List<ProofSubject> subjects() {
      return scenarios.stream().flatMap(scenario -> Subjects.of(scenario).stream()).toList();
    }

    /** All snippets. */
    public List<Snippet> snippets() {
      return scenarios.stream().flatMap(scenario -> scenario.snippets().stream()).toList();
    }
  }

  /**
   * A cluster to prove on.
   *
   * @param description for people
   * @param own clusters for pages that ask for one of their own
   */
  public record Target(
      Cluster cluster,
      ProofTier tier,
      String description,
      AllowedPrograms programs,
      OwnClusters own) {

    /** One beside which no others are started. */
    public Target(Cluster cluster, ProofTier tier, String description, AllowedPrograms programs) {
      this(
          cluster,
          tier,
          description,
          programs,
          OwnClusters.none("it needs a cluster of its own, which this run does not start"));
    }
  }

  public DocsVerification(Settings settings) {
    this.settings = settings;
  }

  /** Finds out what there is to prove. */
  public Plan plan(ConvertedContent content) {
    List<Diagnostic> diagnostics = new ArrayList<>(content.diagnostics());
    SnippetReader reader = new SnippetReader(LocalDate.now(settings.clock()), diagnostics::add);
    ScenarioBuilder builder =
        new ScenarioBuilder(content.site(), settings.fixtures(), diagnostics::add);
    Cases cases = Cases.of(content);
    List<Scenario> scenarios = new ArrayList<>();
    for (ConvertedPage page : content.pages()) {
      List<Snippet> snippets = reader.read(page);
      if (!snippets.isEmpty()) {
        scenarios.add(builder.build(page, snippets));
      }
    }
    cases.diagnostics().forEach(diagnostics::add);
    List<KubernetesMinor> demanded =
        DemandedVersions.of(content.site(), content.navigationFile(), diagnostics::add);
    return new Plan(
        scenarios,
        diagnostics.stream().distinct().sorted(Diagnostic.ORDER).toList(),
        demanded,
        cases.cases());
  }

  /**
   * Proves what can be proven without a cluster.
   *
   * @param why why there is none
   */
  public VerificationResult withoutCluster(Plan plan, SchemaChecker checker, String why) {
    Instant start = settings.clock().instant();
    Map<String, List<SnippetResult>> schema = schema(plan, checker);
    return result(start, why, "", plan, join(plan, schema, List.of(), why), List.of());
  }

  /**
   * Proves all of it.
   *
   * @param done hears of the results of each scenario
   */
  public VerificationResult on(
      Target target,
      Plan plan,
      SchemaChecker checker,
      Verifier.Settings how,
      Consumer<List<SnippetResult>> done) {
    Instant start = settings.clock().instant();
    Map<String, List<SnippetResult>> schema = schema(plan, checker);
    List<Scenario> runnable =
        plan.scenarios().stream()
            .filter(Scenario::needsCluster)
            .filter(scenario -> !hasFailed(schema.getOrDefault(scenario.page(), List.of())))
            .toList();
    Verifier.Result run =
        new Verifier(
                target.cluster(), target.tier(), target.programs(), target.own(), how, plan.cases())
            .run(runnable, done);
    return result(
        start,
        target.description()
            + run.confinement().map(each -> "; commands: " + each.description()).orElse(""),
        target.cluster().version(),
        plan,
        join(plan, schema, run.snippets(), "the page is wrong already, see above"),
        run.problems());
  }

  /** By page: a scenario as a key would be hashed with all its texts. */
  private Map<String, List<SnippetResult>> schema(Plan plan, SchemaChecker checker) {
    SchemaTier tier = new SchemaTier(checker);
    Map<String, List<SnippetResult>> results = new HashMap<>();
    plan.scenarios().forEach(scenario -> results.put(scenario.page(), tier.check(scenario)));
    return results;
  }

  private static boolean hasFailed(List<SnippetResult> results) {
    return results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
  }

  /** One result for each snippet, in order: what schemas say first, then what the cluster does. */
  private static List<SnippetResult> join(
      Plan plan,
      Map<String, List<SnippetResult>> schema,
      List<SnippetResult> cluster,
      String whyNot) {
    Map<String, SnippetResult> results = new HashMap<>();
    cluster.forEach(result -> results.put(key(result.page(), result.id()), result));
    schema.values().stream()
        .flatMap(List::stream)
        .forEach(result -> results.put(key(result.page(), result.id()), result));
    plan.scenarios().forEach(scenario -> raise(scenario, results));
    return plan.snippets().stream()
        .map(
            snippet ->
                results.getOrDefault(
                    key(snippet.page(), snippet.id()), snippet.without(Outcome.NOT_RUN, whyNot)))
        .toList();
  }

  /** A listing that a command brought to the cluster was not only held against a schema. */
  private static void raise(Scenario scenario, Map<String, SnippetResult> results) {
    Carriers.of(scenario)
        .forEach(
            (listing, carriers) ->
                carriers.stream()
                    .map(carrier -> Optional.ofNullable(results.get(key(scenario.page(), carrier))))
                    .flatMap(Optional::stream)
                    .filter(each -> each.outcome() == Outcome.PASSED)
                    .findFirst()
                    .ifPresent(
                        carrier ->
                            results.computeIfPresent(
                                key(scenario.page(), listing),
                                (any, result) ->
                                    result.outcome() == Outcome.PASSED
                                        ? result.provenBy(carrier)
                                        : result)));
  }

  private static String key(String page, String id) {
    return page + "#" + id;
  }

  private VerificationResult result(
      Instant start,
      String cluster,
      String kubernetes,
      Plan plan,
      List<SnippetResult> snippets,
      List<Diagnostic> problems) {
    Set<Diagnostic> all =
        new java.util.TreeSet<>(
            Diagnostic.ORDER.thenComparing(Diagnostic::severity, Comparator.naturalOrder()));
    all.addAll(plan.diagnostics());
    all.addAll(problems);
    return new VerificationResult(
        start,
        Duration.between(start, settings.clock().instant()),
        cluster,
        kubernetes,
        snippets,
        List.copyOf(all));
  }

  /** What the site says of the proofs. */
  public static Proofs proofs(Plan plan, List<Freshness> freshness, ReceiptFolder folder) {
    return Proofs.of(plan, freshness, folder);
  }

  /** What the receipts are worth for the content as it is, and for the versions it demands. */
  public static List<Freshness> freshness(Plan plan, Receipts receipts) {
    Map<String, Snippet> snippets = new HashMap<>();
    plan.snippets().forEach(snippet -> snippets.put(key(snippet.page(), snippet.id()), snippet));
    return Freshness.of(
        plan.subjects(),
        receipts,
        new Demand(
            plan.demanded(),
            (subject, minor) -> isAbout(snippets.get(key(subject.page(), subject.id())), minor)),
        subject -> {
          Snippet snippet = snippets.get(key(subject.page(), subject.id()));
          return snippet == null ? Location.of(subject.page()) : snippet.location();
        });
  }

  private static boolean isAbout(@Nullable Snippet snippet, KubernetesMinor minor) {
    return snippet == null || snippet.options().versions().contains(minor.minor());
  }

  /**
   * What is known without running anything: what schemas say, and for the rest, what receipts do.
   * What no receipt proves has failed.
   */
  public static VerificationResult byReceipts(
      VerificationResult schema,
      List<Diagnostic> content,
      Receipts receipts,
      List<Freshness> freshness) {
    Map<String, Freshness> known = new HashMap<>();
    Set<Diagnostic> problems = new java.util.TreeSet<>(Diagnostic.ORDER);
    problems.addAll(content);
    problems.addAll(receipts.problems());
    problems.addAll(schema.problems());
    for (Freshness each : freshness) {
      if (each.subject().isPresent()) {
        known.put(key(each.page(), each.id()), each);
      } else {
        each.diagnostic().ifPresent(problems::add);
      }
    }
    return new VerificationResult(
        schema.started(),
        schema.duration(),
        schema.cluster(),
        schema.kubernetes(),
        schema.snippets().stream()
            .map(
                snippet ->
                    byReceipt(
                        snippet, Optional.ofNullable(known.get(key(snippet.page(), snippet.id())))))
            .toList(),
        List.copyOf(problems));
  }

  private static SnippetResult byReceipt(SnippetResult snippet, Optional<Freshness> found) {
    if (snippet.outcome() == Outcome.FAILED || snippet.outcome() == Outcome.SKIPPED) {
      return snippet;
    }
    boolean other =
        found.filter(each -> each.state() == Freshness.State.OTHER_VERSIONS).isPresent();
    Optional<Proof> proof =
        found
            .filter(freshness -> freshness.state() == Freshness.State.FRESH)
            .flatMap(Freshness::receipt)
            .map(receipt -> receipt.proofs().getFirst());
    List<Diagnostic> problems = new ArrayList<>(snippet.problems());
    found
        .flatMap(Freshness::diagnostic)
        .ifPresent(
            d ->
                problems.add(Diagnostic.error(d.code(), d.location(), d.what(), d.why(), d.fix())));
    return new SnippetResult(
        snippet.page(),
        snippet.id(),
        snippet.verb(),
        snippet.location(),
        other ? Outcome.SKIPPED : proof.isPresent() ? Outcome.PASSED : Outcome.FAILED,
        proof.map(Proof::tier),
        Duration.ZERO,
        problems,
        snippet.difference(),
        other ? "it is about none of the versions that the site demands" : "",
        proof.flatMap(Proof::standIn),
        proof.flatMap(Proof::by));
  }

  /**
   * The receipts after a run.
   *
   * @param schema the minor whose OpenAPI documents manifests were held against
   */
  public static Receipts updated(
      Plan plan, VerificationResult result, KubernetesMinor schema, Receipts receipts) {
    Map<String, SnippetResult> results = new HashMap<>();
    result.snippets().forEach(each -> results.put(key(each.page(), each.id()), each));
    LocalDate day = LocalDate.ofInstant(result.started(), ZoneOffset.UTC);
    List<ProofSubject> subjects = plan.subjects();
    Map<ProofSubject, Proof> proven = new HashMap<>();
    Set<ProofSubject> failed = new HashSet<>();
    for (ProofSubject subject : subjects) {
      SnippetResult found = results.get(key(subject.page(), subject.id()));
      if (found != null && found.outcome() == Outcome.FAILED) {
        failed.add(subject);
      }
      if (found != null && found.outcome() == Outcome.PASSED && found.tier().isPresent()) {
        ProofTier tier = found.tier().get();
        String kubernetes = tier == ProofTier.SCHEMA ? schema.toString() : result.kubernetes();
        proven.put(
            subject,
            new Proof(tier, kubernetes, day, found.duration(), found.standIn(), found.by()));
      }
    }
    return receipts.updated(
        subjects, proven, failed, KubernetesMinor.parse(result.kubernetes()).orElse(schema));
  }

  /** Whether anything is wrong with the content. */
  public static boolean isWrong(VerificationResult result) {
    return result.count(Outcome.FAILED) > 0
        || result.problems().stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }
}
