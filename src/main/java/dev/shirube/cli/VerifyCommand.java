package dev.shirube.cli;

import dev.shirube.content.ContentWatch;
import dev.shirube.content.SourceRewriter;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.OutputChange;
import dev.shirube.model.Severity;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.Shards;
import dev.shirube.pipeline.WatchedPlan;
import dev.shirube.report.Freshness;
import dev.shirube.report.Receipts;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.verify.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube verify}: runs the snippets. */
@Command(
    name = "verify",
    description = {
      "Prove the snippets of the content on a test cluster, and write receipts.",
      "Each page runs in a namespace of its own, its commands apart from this machine."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube verify                              all pages, on nodes",
      "  shirube verify --kubernetes 1.37,1.35       on these versions, one after the other",
      "  shirube verify --changed                    only what its receipt does not prove",
      "  shirube verify --page glossary/pod.adoc     one page",
      "  shirube verify --page eks/setup.adoc --update   write its outputs as they came",
      "  shirube verify --watch                      what is saved, within seconds, until Ctrl+C",
      "  shirube verify --tier apiserver             what needs no node; no root needed",
      "  shirube verify --cluster context:kind-tests a cluster that was marked as one for tests",
      "",
      "Reports: junit.xml, shirube.sarif, results.json, code-quality.json, annotations.txt."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final Pattern SHARD = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  @Mixin private ContentOption content = new ContentOption();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Mixin private ProofClusterOptions cluster = new ProofClusterOptions();

  @Option(
      names = "--page",
      paramLabel = "PAGE",
      description = "only this page, e.g. glossary/pod.adoc; can be repeated")
  private List<String> pages = List.of();

  @Option(names = "--changed", description = "only pages with something that no receipt proves")
  private boolean changed;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = {
        "only the Ith of N parts, which take about the same time by the receipts: for several",
        "machines that begin with the same commit"
      })
  private @Nullable String shard;

  @Option(
      names = "--update",
      description = {
        "write the output that came into pages that show another one, where all else is right;",
        "tokens, alternatives and dots stay where they still fit"
      })
  private boolean update;

  @Option(
      names = "--watch",
      description = {
        "begin with what no receipt proves, or with --page, keep the cluster, and prove what each",
        "save concerns, until Ctrl+C"
      })
  private boolean watch;

  @Mixin private ResultOptions output = new ResultOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    DocsVerification verification = proofs.verification();
    if (watch) {
      return watch(verification, spec, terminal);
    }
    Plan whole = verification.plan(ConvertedContent.of(content.folder(), terminal));
    requirePages(whole, spec);
    // Before any page is proven, which changes what the receipts say of its time.
    Optional<Set<String>> part =
        Optional.ofNullable(shard)
            .map(text -> ofShard(whole, proofs.receipts().read(), text, spec));
    List<ClusterRequest> requests = cluster.requests(whole.demanded(), spec, terminal);
    ProofRun run = new ProofRun(terminal, verification);
    List<VerificationResult> results = new ArrayList<>();
    for (ClusterRequest request : requests) {
      Receipts receipts = proofs.receipts().read();
      Plan plan = selected(whole, request, receipts, part);
      ProofRun.Run done =
          changed
              ? run.runWhatIsNeeded(plan, request, cluster.settings())
              : run.run(plan, request, cluster.settings());
      done.keep(
          plan,
          receipts,
          proofs.receipts(),
          requests.size() == 1
              ? proofs.reports()
              : proofs.reports().resolve("kubernetes-" + request.binaries().kubernetes()));
      run.print(done.result());
      results.add(done.result());
    }
    if (pages.isEmpty() && shard == null && isReadable(whole)) {
      proofs.receipts().prune(whole.pages());
    }
    if (update) {
      update(results, terminal);
    }
    output.print(results, spec.commandLine().getOut());
    terminal.line("reports: " + proofs.reports());
    return ProofRun.exitCode(results);
  }

  private int watch(DocsVerification verification, CommandSpec spec, Terminal terminal) {
    if (changed || shard != null || update || output.isAsked()) {
      throw new ParameterException(
          spec.commandLine(),
          "--watch goes with none of --changed, --shard, --update, --json and --annotations: it"
              + " begins with what has changed, and goes on without end");
    }
    changed = pages.isEmpty();
    try (ContentWatch files = ContentWatch.over(List.of(content.folder(), proofs.fixtures()));
        WatchedPlan plans =
            new WatchedPlan(content.folder(), proofs.fixtures(), verification, terminal)) {
      Plan whole = plans.whole();
      requirePages(whole, spec);
      ClusterRequest request = cluster.requests(whole.demanded(), spec, terminal).getFirst();
      Plan first = selected(whole, request, proofs.receipts().read(), Optional.empty());
      return new VerifyWatch(
              terminal,
              new ProofRun(terminal, verification),
              proofs,
              cluster.settings(),
              scenario -> pages.isEmpty() || pages.contains(scenario.page()))
          .run(files, plans, first, request);
    }
  }

  /** Says what it writes; what it has written has to be proven like all else. */
  private void update(List<VerificationResult> results, Terminal terminal) {
    // Of several versions the first decides, and the others will tell whether that suits them too.
    List<OutputChange> changes =
        results.getFirst().snippets().stream()
            .flatMap(snippet -> snippet.change().stream())
            .distinct()
            .toList();
    for (OutputChange change : changes) {
      terminal.line(
          change.places().getFirst().file() + ":" + change.places().getFirst().line() + ": update");
      change.difference().forEach(line -> terminal.line("  " + line));
    }
    SourceRewriter.Result done = new SourceRewriter(content.folder()).write(changes);
    terminal.diagnostics(done.refused());
    terminal.line(
        done.written().size() == 1
            ? "1 output was updated; run it again to prove it"
            : done.written().size() + " outputs were updated; run it again to prove them");
  }

  /** Whether all pages that there are have been seen, so that receipts of others are of none. */
  private static boolean isReadable(Plan whole) {
    return !whole.scenarios().isEmpty()
        && whole.diagnostics().stream().noneMatch(each -> each.severity() == Severity.ERROR);
  }

  private void requirePages(Plan whole, CommandSpec spec) {
    List<String> known = whole.scenarios().stream().map(Scenario::page).toList();
    for (String page : pages) {
      if (!known.contains(page)) {
        throw new ParameterException(
            spec.commandLine(),
            "no page with snippets is called \""
                + page
                + "\""
                + dev.shirube.model.Suggestion.nearest(page, known)
                    .map(near -> "; did you mean \"" + near + "\"?")
                    .orElse(""));
      }
    }
  }

  private Plan selected(
      Plan whole, ClusterRequest request, Receipts receipts, Optional<Set<String>> part) {
    List<String> known = whole.scenarios().stream().map(Scenario::page).toList();
    Set<String> wanted = new java.util.HashSet<>(pages.isEmpty() ? known : pages);
    if (changed) {
      List<KubernetesMinor> minor = ProofRun.likelyMinor(request).stream().toList();
      wanted.retainAll(unproven(whole.on(minor), receipts));
    }
    part.ifPresent(wanted::retainAll);
    Plan plan = whole.only(scenario -> wanted.contains(scenario.page()));
    // Who asks for one page need not hear of the others.
    return pages.isEmpty()
        ? plan
        : new Plan(
            plan.scenarios(),
            plan.diagnostics().stream()
                .filter(each -> pages.stream().anyMatch(each.location().file()::endsWith))
                .toList(),
            plan.demanded(),
            plan.cases());
  }

  /** The pages with something that no receipt proves on each version that the plan demands. */
  static Set<String> unproven(Plan plan, Receipts receipts) {
    return DocsVerification.freshness(plan, receipts).stream()
        .filter(Freshness::isOpen)
        .map(Freshness::page)
        .collect(Collectors.toSet());
  }

  private static Set<String> ofShard(
      Plan whole, Receipts receipts, String shard, CommandSpec spec) {
    Matcher parts = SHARD.matcher(shard);
    int index = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
    int count = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (index < 1 || index > count) {
      throw new ParameterException(
          spec.commandLine(), "--shard takes I/N such as 1/4, not \"" + shard + "\"");
    }
    return Shards.pages(whole, receipts, index, count);
  }
}
