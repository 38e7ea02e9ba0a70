package dev.shirube.cli;

import dev.shirube.model.PageKind;
import dev.shirube.model.Severity;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.SiteBuild;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shirube build}: content to site and index. */
@Command(
    name = "build",
    description = "Render the content into a site with its search index.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube build",
      "  shirube build --content docs --output public --strict"
    })
final class BuildCommand implements Callable<Integer> {

  @Mixin private SiteOptions options = new SiteOptions();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    long start = System.nanoTime();
    SiteBuild.Settings settings = options.settings();
    ConvertedContent content = ConvertedContent.of(settings.content(), terminal);
    Plan plan = proofs.verification().plan(content);
    SiteBuild.Result result =
        new SiteBuild(settings, terminal)
            .run(
                content,
                DocsVerification.proofs(
                    plan,
                    DocsVerification.freshness(plan, proofs.receipts().read()),
                    proofs.receipts()));
    int exitCode = tell(result, settings, start, terminal);
    if (exitCode == ExitCode.OK) {
      tellMissingAddress(content, terminal);
    }
    return exitCode;
  }

  /** Says what the site lacks where its address is not known. */
  static void tellMissingAddress(ConvertedContent content, Terminal terminal) {
    if (content.siteUrl().isEmpty()) {
      terminal.line(
          "no feeds, site map and canonical links: they need whole addresses, so set :site-url: in"
              + " nav.adoc");
    }
  }

  /** Says how it went; returns the exit code. */
  static int tell(
      SiteBuild.Result result, SiteBuild.Settings settings, long start, Terminal terminal) {
    terminal.diagnostics(result.diagnostics());
    if (!result.published()) {
      terminal.line(
          String.format(
              Locale.ROOT,
              "%s, %s; nothing was published, %s is as it was",
              Terminal.count(result.count(Severity.ERROR), "error"),
              Terminal.count(result.count(Severity.WARNING), "warning"),
              settings.output()));
      return ExitCode.CONTENT;
    }
    terminal.line(
        String.format(
            Locale.ROOT,
            "%s (%s, %s), %s, %.1f s",
            Terminal.count(result.pages().size(), "page"),
            Terminal.count(result.count(PageKind.TERM), "term"),
            Terminal.count(result.count(PageKind.CASE), "case"),
            Terminal.count(result.count(Severity.WARNING), "warning"),
            (System.nanoTime() - start) / 1e9));
    terminal.line("site:  " + settings.output().resolve("index.html"));
    terminal.line("index: " + settings.index() + "   (shirube search WORDS)");
    return ExitCode.OK;
  }
}
