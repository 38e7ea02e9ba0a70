package dev.shirube.cli;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.DocsVerification.Target;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterChoice;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.testcluster.provider.ProviderName;
import dev.shirube.verify.Verifier;
import dev.shirube.verify.Watchdog;
import dev.shirube.verify.kubernetes.KubernetesCluster;
import dev.shirube.verify.schema.KubernetesMinor;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.schema.Snapshots;
import dev.shirube.verify.shell.AllowedPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shirube verify}: runs the snippets. */
@Command(
    name = "verify",
    description = "Prove every snippet of the content on a test cluster.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube verify",
      "  shirube verify --page glossary/pod.adoc --tier node",
      "  shirube verify --cluster context:kind-tests"
    })
final class VerifyCommand implements Callable<Integer> {

  @Option(
      names = "--content",
      paramLabel = "DIR",
      defaultValue = "content",
      description = "the pages (default: ${DEFAULT-VALUE})")
  private Path content = Path.of("content");

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      defaultValue = "verify/fixtures",
      description = "manifests that pages begin with (default: ${DEFAULT-VALUE})")
  private Path fixtures = Path.of("verify/fixtures");

  @Option(
      names = "--cluster",
      paramLabel = "WHICH",
      defaultValue = "auto",
      converter = ProviderConverter.class,
      description = "auto, local, k3s, context:NAME or none (default: ${DEFAULT-VALUE})")
  private ProviderName provider = ProviderName.AUTO;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "verify",
      description =
          "the cluster of \"shirube cluster up --name NAME\" if it is up, else one that is started"
              + " for this run (default: ${DEFAULT-VALUE})")
  private String name = "verify";

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "node",
      description = "the least that will do: apiserver or node (default: ${DEFAULT-VALUE})")
  private Tier tier = Tier.NODE;

  @Option(
      names = "--page",
      paramLabel = "PAGE",
      description = "only this page, e.g. glossary/pod.adoc; can be repeated")
  private List<String> pages = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "4",
      description = "how many pages at a time (default: ${DEFAULT-VALUE})")
  private int jobs = 4;

  @Option(names = "--fail-fast", description = "end with the first failure")
  private boolean failFast;

  @Mixin private BinariesOptions commands = new BinariesOptions();

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    DocsVerification verification =
        new DocsVerification(
            new DocsVerification.Settings(content, fixtures, Clock.systemUTC()), terminal);
    Plan plan = verification.plan().only(s -> pages.isEmpty() || pages.contains(s.page()));
    VerificationResult result = verify(verification, plan, terminal, spec);
    terminal.diagnostics(result.problems());
    for (SnippetResult snippet : result.snippets()) {
      terminal.diagnostics(snippet.problems());
      if (!snippet.difference().isEmpty()) {
        terminal.line(snippet.difference());
      }
    }
    for (Outcome outcome : Outcome.values()) {
      terminal.line(outcome.id() + ": " + result.count(outcome));
    }
    terminal.line(result.cluster() + ", " + result.duration().toMillis() / 1000.0 + " s");
    return result.count(Outcome.UNDECIDED) > 0
        ? ExitCode.ENVIRONMENT
        : DocsVerification.isWrong(result) ? ExitCode.CONTENT : ExitCode.OK;
  }

  private VerificationResult verify(
      DocsVerification verification, Plan plan, Terminal terminal, CommandSpec spec) {
    String kubernetes = commands.kubernetes(spec);
    Binaries binaries = Binaries.of(commands.cache(), commands.definitions(), kubernetes);
    RunFolder run = RunFolder.ofName(name);
    ClusterChoice choice =
        ClusterProviders.open(
            new ClusterRequest(
                provider,
                name,
                tier,
                1,
                commands.namesVersion() ? Optional.of(kubernetes) : Optional.empty(),
                binaries,
                run,
                ClusterStart.PATIENCE,
                kubeconfig.file()),
            step -> terminal.at(step, 0, 1));
    choice
        .passedOver()
        .forEach(each -> terminal.line(each.provider() + " was passed over: " + each.reason()));
    if (choice.cluster().isEmpty()) {
      return verification.withoutCluster(
          plan, checker(kubernetes), "there is no cluster: only schemas are held against");
    }
    TestCluster cluster = choice.cluster().get();
    // A cluster that was there before is left as it was.
    try (Watchdog watchdog = Watchdog.over(choice.found() ? List.of("true") : endOf(run))) {
      try (KubernetesCluster api = api(cluster)) {
        return verification.on(
            new Target(
                api,
                cluster.tier() == Tier.NODE ? ProofTier.NODE : ProofTier.APISERVER,
                cluster.description(),
                AllowedPrograms.ofTheMachine().with("kubectl", binaries.path("kubectl"))),
            plan,
            checker(cluster.kubernetesVersion()),
            new Verifier.Settings(jobs, failFast),
            done -> done.forEach(each -> terminal.line(line(each))));
      } finally {
        if (!choice.found()) {
          cluster.close();
        }
      }
    }
  }

  private static String line(SnippetResult result) {
    return String.format(
        Locale.ROOT,
        "%-9s %s#%s  %.1f s %s",
        result.outcome().id(),
        result.page(),
        result.id(),
        result.duration().toMillis() / 1000.0,
        result.reason());
  }

  /** The command that ends the cluster of a run folder. */
  private static List<String> endOf(RunFolder run) {
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

  private static SchemaChecker checker(String kubernetes) {
    return KubernetesMinor.parse(kubernetes)
        .flatMap(SchemaChecker::of)
        .or(() -> SchemaChecker.of(Snapshots.minors().getLast()))
        .orElseThrow();
  }
}
