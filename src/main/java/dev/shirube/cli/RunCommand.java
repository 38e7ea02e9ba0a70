package dev.shirube.cli;

import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.Suggestion;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.SnippetListener;
import dev.shirube.verify.Verifier;
import dev.shirube.verify.grammar.Snippet;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shirube run}: a page's snippets, to be watched. */
@Command(
    name = "run",
    description = {
      "Run a page on a test cluster and watch what each snippet does, up to one of them or all.",
      "Takes the cluster that is up, else starts one and ends it. Writes no receipts."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube run glossary/pod.adoc",
      "  shirube run glossary/pod.adoc#status      up to this snippet",
      "  shirube cluster up --tier node --name verify && shirube run glossary/job",
      "",
      "Exit codes: 0 all is as on the page, 1 it is not, 2 wrong usage, 3 the cluster failed."
    })
final class RunCommand implements Callable<Integer> {

  private static final String PAGE_ENDING = ".adoc";

  @Parameters(
      paramLabel = "PAGE[#ID]",
      description = "a page below the content folder, and the id of a snippet of it")
  private String place = "";

  @Mixin private ContentOption content = new ContentOption();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Mixin private ProofClusterOptions cluster = new ProofClusterOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    Plan whole = proofs.verification().plan(ConvertedContent.of(content.folder(), terminal));
    Scenario scenario = scenario(whole, spec);
    Plan plan = new Plan(List.of(scenario), List.of(), whole.demanded(), whole.cases());
    ClusterRequest request = cluster.requests(whole.demanded(), spec, terminal).getFirst();
    ProofRun run = new ProofRun(terminal, proofs.verification());
    ProofRun.Run done =
        run.runWhatIsNeeded(
            plan,
            request,
            new Verifier.Settings(1, true, new Telling(spec.commandLine().getOut(), terminal)));
    run.print(done.result());
    return ProofRun.exitCode(done.result());
  }

  private Scenario scenario(Plan plan, CommandSpec spec) {
    int hash = place.indexOf('#');
    String named = hash < 0 ? place : place.substring(0, hash);
    String page = named.endsWith(PAGE_ENDING) ? named : named + PAGE_ENDING;
    List<String> pages = plan.scenarios().stream().map(Scenario::page).toList();
    Scenario scenario =
        plan.scenarios().stream()
            .filter(each -> each.page().equals(page))
            .findFirst()
            .orElseThrow(
                () ->
                    unknown("no page with snippets is called \"" + page + "\"", page, pages, spec));
    if (hash < 0) {
      return scenario;
    }
    String id = place.substring(hash + 1);
    List<String> ids = scenario.snippets().stream().map(Snippet::id).toList();
    if (!ids.contains(id)) {
      throw unknown(page + " has no snippet #" + id, id, ids, spec);
    }
    return scenario.upTo(id);
  }

  private static ParameterException unknown(
      String what, String wrong, List<String> right, CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        what
            + Suggestion.nearest(wrong, right)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; there are: " + String.join(", ", right)));
  }

  /**
   * Prints each snippet when it is done: what it showed, and whether that is what the page says.
   */
  private record Telling(PrintWriter out, Terminal terminal) implements SnippetListener {

    @Override
    public void begins(Snippet snippet) {
      terminal.at("running #" + snippet.id(), 0, 1);
    }

    @Override
    public void ended(Snippet snippet, SnippetResult result, String shown) {
      if (result.outcome() == Outcome.NOT_RUN) {
        return; // the summary says why
      }
      terminal.clearProgress();
      out.println(
          "#%s (%s:%d)"
              .formatted(snippet.id(), snippet.location().file(), snippet.location().line()));
      shown.lines().forEach(line -> out.println("  " + printable(line)));
      out.println(
          String.format(
              Locale.ROOT,
              "  %s, %.1f s",
              verdict(snippet, result.outcome()),
              result.duration().toMillis() / 1000.0));
      out.flush();
    }

    private static String verdict(Snippet snippet, Outcome outcome) {
      return switch (outcome) {
        case PASSED -> snippet.isCommands() ? "as on the page" : "true of the cluster";
        case FAILED -> "not as on the page, see below";
        case UNDECIDED -> "cannot be told, see below";
        case SKIPPED, NOT_RUN -> "not run";
      };
    }

    /** What a command prints must not steer the terminal. */
    private static String printable(String line) {
      return line.codePoints()
          .map(c -> Character.isISOControl(c) && c != '\t' ? '?' : c)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }
}
