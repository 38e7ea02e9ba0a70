package dev.shirube.cli;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.SiteBuild;
import dev.shirube.report.Freshness;
import dev.shirube.report.Receipts;
import dev.shirube.testcluster.provider.ClusterRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shirube publish}: the main job. */
@Command(
    name = "publish",
    description = {
      "Check the content, prove what no receipt proves, and publish it as a site with its index.",
      "What fails stops it. Where there is no cluster, the site says what is not proven."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube publish",
      "  shirube publish --output public",
      "  shirube publish --cluster none     prove nothing on a cluster"
    })
final class PublishCommand implements Callable<Integer> {

  @Mixin private SiteOptions options = new SiteOptions();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Mixin private ProofClusterOptions cluster = new ProofClusterOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    long start = System.nanoTime();
    SiteBuild.Settings settings = options.settings();
    ConvertedContent content = ConvertedContent.of(settings.content(), terminal);
    DocsVerification verification = proofs.verification();
    Plan plan = verification.plan(content);
    Receipts receipts = proofs.receipts().read();
    // On the newest version alone, for it must stay quick; what is missing on others, the site
    // says.
    Plan newest = plan.on(plan.newestDemanded());
    Set<String> unproven = VerifyCommand.unproven(newest, receipts);
    if (!unproven.isEmpty() || !receipts.problems().isEmpty()) {
      Plan rest = newest.only(scenario -> unproven.contains(scenario.page()));
      int exitCode = prove(verification, rest, spec, terminal);
      if (exitCode != ExitCode.OK) {
        terminal.line("nothing was published, " + settings.output() + " is as it was");
        return exitCode;
      }
      receipts = proofs.receipts().read();
    }
    List<Freshness> freshness = DocsVerification.freshness(plan, receipts);
    SiteBuild.Result result =
        new SiteBuild(settings, terminal)
            .run(content, DocsVerification.proofs(plan, freshness, proofs.receipts()));
    int exitCode = BuildCommand.tell(result, settings, start, terminal);
    if (exitCode == ExitCode.OK) {
      BuildCommand.tellMissingAddress(content, terminal);
      tellProofs(plan, freshness, terminal);
    }
    return exitCode;
  }

  private int prove(DocsVerification verification, Plan plan, CommandSpec spec, Terminal terminal) {
    ProofRun run = new ProofRun(terminal, verification);
    for (ClusterRequest request : cluster.requests(plan.demanded(), spec, terminal)) {
      ProofRun.Run done = run.runWhatIsNeeded(plan, request, cluster.settings());
      done.keep(plan, proofs.receipts().read(), proofs.receipts(), proofs.reports());
      int exitCode = ProofRun.exitCode(done.result());
      if (exitCode != ExitCode.OK) {
        run.print(done.result());
        return exitCode;
      }
    }
    return ExitCode.OK;
  }

  /** How much of the content is proven. */
  private static void tellProofs(Plan plan, List<Freshness> freshness, Terminal terminal) {
    long fresh = freshness.stream().filter(each -> each.state() == Freshness.State.FRESH).count();
    long other =
        freshness.stream().filter(each -> each.state() == Freshness.State.OTHER_VERSIONS).count();
    long all = plan.subjects().size() - other;
    long skipped = plan.snippets().size() - all;
    terminal.line(
        "proofs: %d of %d snippets%s, %d skipped with a reason%s"
            .formatted(
                fresh,
                all,
                plan.demanded().isEmpty()
                    ? ""
                    : plan.demanded().stream()
                        .map(KubernetesMinor::toString)
                        .collect(Collectors.joining(" and ", " on Kubernetes ", "")),
                skipped,
                fresh == all
                    ? ""
                    : "   (for the rest: shirube cluster install && shirube verify --changed)"));
  }
}
