package dev.shirube.pipeline;

import dev.shirube.diagnose.Case;
import dev.shirube.diagnose.fingerprint.FingerprintReader;
import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.PageKind;
import dev.shirube.model.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cases of the content, by their fingerprints.
 *
 * @param diagnostics what is wrong with pages; what is wrong with a fingerprint is told where its
 *     listing is proven
 */
public record Cases(List<Case> cases, List<Diagnostic> diagnostics) {

  private static final String VERB = "fingerprint";

  public Cases {
    cases = List.copyOf(cases);
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * Those of a content folder, of which no other page is converted: that takes most of the time.
   */
  public static ConvertedContent pages(Path folder, Progress progress) {
    return ConvertedContent.of(folder, page -> page.text().contains("verify=" + VERB), progress);
  }

  /** Finds them. */
  public static Cases of(ConvertedContent content) {
    List<Case> cases = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    boolean strict = content.site().containsKey("strict");
    for (ConvertedPage page : content.pages()) {
      List<CodeBlock> fingerprints =
          page.codeBlocks().stream()
              .filter(block -> VERB.equals(block.attributes().get("verify")))
              .toList();
      if (fingerprints.isEmpty() && page.kind() == PageKind.CASE) {
        diagnostics.add(
            new Diagnostic(
                strict ? Severity.ERROR : Severity.WARNING,
                "no-fingerprint",
                page.source().location(1),
                "this case has no fingerprint",
                "\"shirube diagnose\" cannot name what it does not know",
                "add [source#fingerprint,yaml,verify=fingerprint]; see verify/README.md"));
      }
      for (CodeBlock second : fingerprints.stream().skip(1).toList()) {
        diagnostics.add(
            Diagnostic.error(
                "second-fingerprint",
                second.attributeLocation(),
                "this page has a fingerprint already",
                "a page is one case",
                "make it a page of its own"));
      }
      fingerprints.stream()
          .findFirst()
          .flatMap(block -> FingerprintReader.read(block.text(), block::location, told -> {}))
          .ifPresent(
              fingerprint -> cases.add(new Case(page.source().path(), page.title(), fingerprint)));
    }
    return new Cases(cases, diagnostics);
  }
}
