package dev.shirube.cli;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Outcome;
import dev.shirube.model.Severity;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.CheckMemory;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.SiteBuild;
import dev.shirube.report.ConsoleReport;
import dev.shirube.report.Freshness;
import dev.shirube.report.Receipts;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.SchemaTier;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import dev.shirube.verify.schema.DriftMatrix;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import dev.shirube.verify.schema.Snapshots;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube check}: the quick gate. */
@Command(
    name = "check",
    description = {
      "Tell whether the content is right and every snippet proven, without a cluster:",
      "links and structure, the grammar of snippets, manifests against their schemas, receipts."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube check",
      "  shirube check --kubernetes 1.29..1.37    which manifest stops working on which version"
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private SiteOptions site = new SiteOptions();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Option(
      names = "--kubernetes",
      paramLabel = "1.X[..1.Y]",
      description = "hold manifests against these minors, and print what works on which")
  private @Nullable String kubernetes;

  @Mixin private ResultOptions output = new ResultOptions();

  @Option(
      names = "--definitions",
      hidden = true,
      defaultValue = "${sys:shirube.home:-.}/verify/cluster")
  private Path definitions = Path.of("verify/cluster");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    if (kubernetes != null) {
      return matrix(kubernetes, spec, terminal);
    }
    CheckMemory memory =
        new CheckMemory(
            proofs.reports(),
            List.of(
                site.settings().content(),
                site.settings().theme(),
                proofs.fixtures(),
                proofs.receiptsFolder(),
                definitions),
            site.settings().strict() + " " + version(),
            Clock.systemUTC());
    Optional<String> remembered = output.isAsked() ? Optional.empty() : memory.recall();
    if (remembered.isPresent()) {
      terminal.line(remembered.get() + " (nothing has changed since the last check)");
      return ExitCode.OK;
    }
    VerificationResult result = check(terminal);
    terminal.report(ConsoleReport.lines(result));
    output.print(result, spec.commandLine().getOut());
    ProofRun.write(result, proofs.reports());
    if (DocsVerification.isWrong(result)) {
      return ExitCode.CONTENT;
    }
    if (saysNothing(result)) {
      memory.keep(summary(result));
    }
    return ExitCode.OK;
  }

  /** A warning is told each time, so that it is not overlooked. */
  private static boolean saysNothing(VerificationResult result) {
    return result.problems().isEmpty()
        && result.snippets().stream().allMatch(snippet -> snippet.problems().isEmpty());
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  private static String summary(VerificationResult result) {
    return "%s: %d proven, %d skipped with a reason"
        .formatted(
            Terminal.count(result.snippets().size(), "snippet"),
            result.count(Outcome.PASSED),
            result.count(Outcome.SKIPPED));
  }

  private VerificationResult check(Terminal terminal) {
    ConvertedContent content = ConvertedContent.of(site.settings().content(), terminal);
    SiteBuild.Result build = new SiteBuild(site.settings(), terminal).check(content);
    DocsVerification verification = proofs.verification();
    Plan plan = verification.plan(content);
    Receipts receipts = proofs.receipts().read();
    List<Freshness> freshness = DocsVerification.freshness(plan, receipts);
    DocsVerification.proofs(plan, freshness, proofs.receipts())
        .coverage(build.pages())
        .ifPresent(coverage -> ProofRun.write(coverage, proofs.reports()));
    VerificationResult schema =
        verification.withoutCluster(
            plan,
            ProofRun.checker(
                plan.newestDemanded().stream()
                    .map(KubernetesMinor::toString)
                    .findFirst()
                    .orElseGet(() -> Binaries.newest(definitions))),
            "what needs a cluster counts by its receipt");
    return DocsVerification.byReceipts(schema, build.diagnostics(), receipts, freshness);
  }

  /** Which manifest works on which minor. */
  private int matrix(String range, CommandSpec spec, Terminal terminal) {
    List<KubernetesMinor> minors =
        KubernetesMinor.parseRange(range)
            .filter(Snapshots.minors()::containsAll)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--kubernetes takes minors from %s to %s, such as 1.29..1.37, not \"%s\""
                            .formatted(
                                Snapshots.minors().getFirst(),
                                Snapshots.minors().getLast(),
                                range)));
    DocsVerification verification = proofs.verification();
    Plan plan = verification.plan(ConvertedContent.of(site.settings().content(), terminal));
    terminal.clearProgress();
    List<Snippet> snippets = new ArrayList<>();
    List<DriftMatrix.Manifest> manifests = new ArrayList<>();
    for (Scenario scenario : plan.scenarios()) {
      for (Snippet snippet : scenario.snippets()) {
        if (!snippet.isCommands() && isHeldAgainstSchemas(snippet.verb())) {
          snippets.add(snippet);
          manifests.add(manifest(snippet, scenario.placeholders()));
        }
      }
    }
    // A listing that could not be read is missing from the matrix: then it is not all right.
    List<Diagnostic> errors =
        plan.diagnostics().stream().filter(each -> each.severity() == Severity.ERROR).toList();
    int exitCode =
        print(
            DriftMatrix.of(manifests, minors),
            snippets,
            errors,
            spec.commandLine().getOut(),
            terminal);
    return errors.isEmpty() ? exitCode : ExitCode.CONTENT;
  }

  private static DriftMatrix.Manifest manifest(Snippet snippet, Map<String, String> placeholders) {
    return new DriftMatrix.Manifest(
        SchemaTier.filled(snippet, placeholders),
        snippet.block()::location,
        snippet.verb() == Verb.EXPECT ? Completeness.PARTIAL : Completeness.WHOLE);
  }

  private static boolean isHeldAgainstSchemas(Verb verb) {
    return switch (verb) {
      case CHECK, APPLY, EXPECT, FIXTURE -> true;
      case RUN, REJECT, OUTPUT, FINGERPRINT, TEARDOWN, SKIP -> false;
    };
  }

  private static int print(
      DriftMatrix matrix,
      List<Snippet> snippets,
      List<Diagnostic> errors,
      PrintWriter out,
      Terminal terminal) {
    List<Diagnostic> problems = new ArrayList<>(errors);
    List<String> names =
        snippets.stream().map(snippet -> snippet.page() + "#" + snippet.id()).toList();
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder header = new StringBuilder(" ".repeat(width));
    matrix.minors().forEach(minor -> header.append("  ").append(minor));
    out.println(header);
    boolean wrong = false;
    for (int i = 0; i < names.size(); i++) {
      DriftMatrix.Row row = matrix.rows().get(i);
      StringBuilder line = new StringBuilder(names.get(i));
      line.append(" ".repeat(width - names.get(i).length()));
      for (KubernetesMinor minor : matrix.minors()) {
        boolean works =
            !snippets.get(i).options().versions().contains(minor.minor()) || row.works(minor);
        line.append(works ? "     ok" : "   FAIL", 1, 7);
        if (!works) {
          wrong = true;
          problems.addAll(row.errors(minor));
        }
      }
      out.println(line);
    }
    out.flush();
    TreeSet<Diagnostic> sorted = new TreeSet<>(Diagnostic.ORDER);
    sorted.addAll(problems);
    terminal.diagnostics(List.copyOf(sorted));
    terminal.line(
        "%s on %s: %s"
            .formatted(
                Terminal.count(names.size(), "manifest"),
                Terminal.count(matrix.minors().size(), "minor"),
                Terminal.count(sorted.size(), "problem")));
    return wrong ? ExitCode.CONTENT : ExitCode.OK;
  }
}
