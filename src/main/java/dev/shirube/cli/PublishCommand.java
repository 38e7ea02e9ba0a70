package dev.shirube.cli;

import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.SiteBuild;
import dev.shirube.report.Freshness;
import dev.shirube.report.Receipts;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.verify.Scenario;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
    Set<String> unproven = VerifyCommand.unproven(plan, receipts);
    if (!unproven.isEmpty() || !receipts.problems().isEmpty()) {
      Plan rest = plan.only(scenario -> unproven.contains(scenario.page()));
      int exitCode = prove(verification, rest, receipts, spec, terminal);
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
      tellProofs(plan, freshness, terminal);
    }
    return exitCode;
  }

  private int prove(
      DocsVerification verification,
      Plan plan,
      Receipts receipts,
      CommandSpec spec,
      Terminal terminal) {
    ProofRun run = new ProofRun(terminal, verification);
    boolean needed = plan.scenarios().stream().anyMatch(Scenario::needsCluster);
    ClusterRequest request = cluster.request(spec, terminal);
    ProofRun.Run done =
        needed
            ? run.run(plan, request, cluster.settings())
            : run.withoutCluster(plan, request.binaries(), "no snippet needs one");
    VerificationResult result = done.result();
    done.keep(plan, receipts, proofs);
    int exitCode = ProofRun.exitCode(result);
    if (exitCode != ExitCode.OK) {
      run.print(result);
    }
    return exitCode;
  }

  /** How much of the content is proven. */
  private static void tellProofs(Plan plan, List<Freshness> freshness, Terminal terminal) {
    long fresh = freshness.stream().filter(each -> each.state() == Freshness.State.FRESH).count();
    long all = plan.subjects().size();
    long skipped = plan.snippets().size() - all;
    terminal.line(
        "proofs: %d of %d snippets, %d skipped with a reason%s"
            .formatted(
                fresh,
                all,
                skipped,
                fresh == all
                    ? ""
                    : "   (for the rest: shirube cluster install && shirube verify --changed)"));
  }
}
