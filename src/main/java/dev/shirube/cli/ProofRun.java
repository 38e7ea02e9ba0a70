package dev.shirube.cli;

import dev.shirube.model.Coverage;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.DocsVerification.Target;
import dev.shirube.report.Annotations;
import dev.shirube.report.CodeQuality;
import dev.shirube.report.ConsoleReport;
import dev.shirube.report.CoverageJson;
import dev.shirube.report.JUnitXml;
import dev.shirube.report.JsonReport;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.report.Receipts;
import dev.shirube.report.Sarif;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.AwsCli;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterChoice;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.verify.ClusterUnavailableException;
import dev.shirube.verify.ForeignClusterException;
import dev.shirube.verify.OwnClusters;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.Verifier;
import dev.shirube.verify.Watchdog;
import dev.shirube.verify.aws.AwsSupport;
import dev.shirube.verify.aws.TokenWebhook;
import dev.shirube.verify.kubernetes.KubernetesCluster;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.schema.Snapshots;
import dev.shirube.verify.shell.AllowedPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Proves a plan on the cluster that answers a request, and tells how it went. */
final class ProofRun {

  private final Terminal terminal;
  private final DocsVerification verification;

  ProofRun(Terminal terminal, DocsVerification verification) {
    this.terminal = terminal;
    this.verification = verification;
  }

  /**
   * What came of it.
   *
   * @param schema the minor whose OpenAPI documents manifests were held against
   */
  record Run(VerificationResult result, KubernetesMinor schema) {

    /**
     * Writes receipts and reports.
     *
     * @param receipts those before the run
     * @param reports the folder of the reports
     */
    void keep(Plan plan, Receipts receipts, ReceiptFolder folder, Path reports) {
      folder.write(DocsVerification.updated(plan, result, schema, receipts).only(plan.pages()));
      ProofRun.write(result, reports);
    }
  }

  /**
   * The version that a request will most likely be answered with: which one it is for sure is known
   * once there is a cluster.
   */
  static Optional<KubernetesMinor> likelyMinor(ClusterRequest request) {
    return switch (request.provider().kind()) {
      case AUTO, LOCAL, K3S, NONE ->
          KubernetesMinor.parse(
              ClusterProviders.find(request.run()) instanceof ClusterProviders.Finding.Up up
                      && request.kubernetes().isEmpty()
                  ? up.cluster().kubernetesVersion()
                  : request.binaries().kubernetes());
      case CONTEXT -> request.kubernetes().flatMap(KubernetesMinor::parse);
    };
  }

  /** Starts no cluster where nothing needs one. */
  Run runWhatIsNeeded(Plan plan, ClusterRequest request, Verifier.Settings how) {
    return plan.scenarios().stream().anyMatch(Scenario::needsCluster)
        ? run(plan, request, how)
        : withoutCluster(plan, request.binaries(), "no snippet needs one");
  }

  /** Without a cluster only schemas are held against. */
  Run run(Plan plan, ClusterRequest request, Verifier.Settings how) {
    try (Session session = open(request)) {
      return session.run(plan, how);
    }
  }

  /** Opens the cluster that answers a request. */
  Session open(ClusterRequest request) {
    ClusterChoice choice = ClusterProviders.open(request, step -> terminal.at(step, 0, 1));
    choice
        .passedOver()
        .forEach(each -> terminal.line(each.provider() + " was passed over: " + each.reason()));
    return new Session(request, choice);
  }

  /** A cluster on which one plan after the other is proven; none where there is none. */
  final class Session implements AutoCloseable {
    private final ClusterRequest request;
    private final ClusterChoice choice;
    private final Optional<Watchdog> watchdog;

    private Session(ClusterRequest request, ClusterChoice choice) {
      this.request = request;
      this.choice = choice;
      // A cluster that was there before stays; one that was started for this run ends with it.
      watchdog =
          choice
              .cluster()
              .map(
                  cluster ->
                      Watchdog.over(
                          choice.found()
                              ? cleaning(cluster, request.binaries())
                              : endOf(request.run())));
    }

    /** What it is, for people. */
    String description() {
      return choice.cluster().map(TestCluster::description).orElse("no cluster");
    }

    Run run(Plan plan, Verifier.Settings how) {
      Binaries binaries = request.binaries();
      if (choice.cluster().isEmpty()) {
        return withoutCluster(plan, binaries, "there is no cluster");
      }
      TestCluster cluster = choice.cluster().get();
      SchemaChecker checker = checker(cluster.kubernetesVersion());
      OwnClusters own = OwnLocalClusters.beside(choice, request, ProofRun::api);
      return new Run(on(cluster, plan, checker, binaries, own, how), checker.kubernetes());
    }

    /** In place of {@link #close()} where a proof goes on and this process is about to end. */
    void abandon(Duration patience) {
      watchdog.ifPresent(each -> each.fire(patience));
    }

    @Override
    public void close() {
      if (!choice.found() && choice.cluster().isPresent()) {
        terminal.at("ending the cluster", 0, 1);
        choice.close();
      }
      watchdog.ifPresent(Watchdog::close);
    }
  }

  /** Only holds manifests against schemas. */
  Run withoutCluster(Plan plan, Binaries binaries, String why) {
    SchemaChecker checker = checker(binaries.kubernetes());
    return new Run(verification.withoutCluster(plan, checker, why), checker.kubernetes());
  }

  private VerificationResult on(
      TestCluster cluster,
      Plan plan,
      SchemaChecker checker,
      Binaries binaries,
      OwnClusters own,
      Verifier.Settings how) {
    AtomicInteger done = new AtomicInteger();
    Optional<Path> aws =
        plan.scenarios().stream().anyMatch(Scenario::usesAws)
            ? new AwsCli(Machine.here()).find()
            : Optional.empty();
    AllowedPrograms programs =
        AllowedPrograms.ofTheMachine().with("kubectl", binaries.path("kubectl"));
    int total = (int) plan.scenarios().stream().filter(each -> each.needsCluster()).count();
    terminal.at("proving pages on " + cluster.description(), 0, total);
    try (KubernetesCluster api = api(cluster)) {
      return verification.on(
          new Target(
              api,
              cluster.tier() == Tier.NODE ? ProofTier.NODE : ProofTier.APISERVER,
              cluster.description(),
              aws.map(file -> programs.with("aws", file, folder(file))).orElse(programs),
              own,
              support(cluster, aws)),
          plan,
          checker,
          how,
          results -> {
            if (!terminal.isInteractive() || hasFailed(results)) {
              results.stream().findFirst().ifPresent(first -> terminal.line(line(first, results)));
            }
            terminal.at("proving pages on " + cluster.description(), done.incrementAndGet(), total);
          });
    } catch (ClusterUnavailableException | ForeignClusterException e) {
      throw new EnvironmentException(String.valueOf(e.getMessage()));
    }
  }

  /** Its libraries lie beside it where it is no package of the machine's. */
  private static Path folder(Path program) {
    return Objects.requireNonNull(program.getParent());
  }

  private static AwsSupport support(TestCluster cluster, Optional<Path> aws) {
    if (aws.isEmpty()) {
      return new AwsSupport.Missing(
          "it needs the AWS CLI, which \"shirube cluster install\" installs where it can");
    }
    return cluster
        .tokenWebhook()
        .<AwsSupport>map(
            webhook ->
                new AwsSupport.Ready(new TokenWebhook(webhook.address(), webhook.identity())))
        .orElseGet(
            () ->
                new AwsSupport.Missing(
                    "its API server has to ask for tokens of EKS, as those do that \"shirube"
                        + " cluster up\" starts"));
  }

  private static boolean hasFailed(List<SnippetResult> results) {
    return results.stream().anyMatch(each -> each.outcome() == Outcome.FAILED);
  }

  /** For example {@code ok glossary/pod.adoc (3)}. */
  private static String line(SnippetResult first, List<SnippetResult> results) {
    boolean undecided = results.stream().anyMatch(each -> each.outcome() == Outcome.UNDECIDED);
    return (hasFailed(results) ? "failed  " : undecided ? "unknown " : "ok      ")
        + first.page()
        + " ("
        + results.size()
        + ")";
  }

  /** The command that deletes the namespaces of this run. */
  private static List<String> cleaning(TestCluster cluster, Binaries binaries) {
    return List.of(
        binaries.path("kubectl").toString(),
        "--kubeconfig=" + cluster.kubeconfig(),
        "--context=" + cluster.context(),
        "delete",
        "namespaces",
        "--wait=false",
        "--selector=" + KubernetesCluster.selectorOfThisProcess());
  }

  /** The command that ends the cluster of a run folder. */
  static List<String> endOf(RunFolder run) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "cluster",
        "down",
        "--run",
        run.path().toString());
  }

  private static KubernetesCluster api(TestCluster cluster) {
    try {
      return new KubernetesCluster(
          Files.readString(cluster.kubeconfig()),
          new KubernetesCluster.Marker(
              TestCluster.MARKER_NAMESPACE,
              TestCluster.MARKER,
              TestCluster.NONCE_KEY,
              cluster.nonce()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + cluster.kubeconfig() + ": " + e, e);
    }
  }

  /** Of the minor of a version; of the newest known one where that is newer. */
  static SchemaChecker checker(String kubernetes) {
    return KubernetesMinor.parse(kubernetes)
        .flatMap(SchemaChecker::of)
        .or(() -> SchemaChecker.of(Snapshots.minors().getLast()))
        .orElseThrow();
  }

  /** Prints what is wrong, and the summary. */
  void print(VerificationResult result) {
    terminal.report(ConsoleReport.lines(result));
  }

  /** Writes all reports. */
  static void write(VerificationResult result, Path folder) {
    try {
      Files.createDirectories(folder);
      write(folder.resolve("junit.xml"), () -> JUnitXml.render(result));
      write(folder.resolve("shirube.sarif"), () -> Sarif.render(result));
      write(folder.resolve("results.json"), () -> JsonReport.render(result));
      write(folder.resolve("code-quality.json"), () -> CodeQuality.render(result));
      write(folder.resolve("annotations.txt"), () -> Annotations.render(result));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write reports to " + folder + ": " + e, e);
    }
  }

  /** Writes {@code coverage.json} beside the reports. */
  static void write(Coverage coverage, Path folder) {
    try {
      Files.createDirectories(folder);
      write(folder.resolve("coverage.json"), () -> CoverageJson.render(coverage));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write reports to " + folder + ": " + e, e);
    }
  }

  private static void write(Path file, Supplier<String> text) throws IOException {
    Files.writeString(file, text.get());
  }

  /** The exit code of several runs: that of wrong content goes before the others. */
  static int exitCode(List<VerificationResult> results) {
    List<Integer> codes = results.stream().map(ProofRun::exitCode).toList();
    return codes.contains(ExitCode.CONTENT)
        ? ExitCode.CONTENT
        : codes.contains(ExitCode.ENVIRONMENT) ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  /** The exit code of a result. */
  static int exitCode(VerificationResult result) {
    if (DocsVerification.isWrong(result)) {
      return ExitCode.CONTENT;
    }
    return result.count(Outcome.UNDECIDED) > 0 ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }
}
