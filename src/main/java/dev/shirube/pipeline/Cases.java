package dev.shirube.pipeline;

import dev.shirube.diagnose.Case;
import dev.shirube.diagnose.fingerprint.Criteria;
import dev.shirube.diagnose.fingerprint.EventPattern;
import dev.shirube.diagnose.fingerprint.FingerprintReader;
import dev.shirube.model.CaseSymptoms;
import dev.shirube.model.CaseSymptoms.Clue;
import dev.shirube.model.CaseSymptoms.Where;
import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.PageKind;
import dev.shirube.model.Severity;
import dev.shirube.verify.match.Fragment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What each is known by, for readers. */
  List<CaseSymptoms> symptoms() {
    return cases.stream().map(Cases::symptoms).toList();
  }

  private static CaseSymptoms symptoms(Case known) {
    Criteria required = known.fingerprint().required();
    List<Clue> clues = new ArrayList<>();
    required.reasons().stream().sorted().forEach(each -> clues.add(new Clue(Where.REASON, each)));
    required.exits().stream()
        .sorted()
        .forEach(each -> clues.add(new Clue(Where.EXIT, each.toString())));
    required.messages().forEach(each -> clues.add(new Clue(Where.MESSAGE, text(each))));
    for (EventPattern event : required.events()) {
      clues.add(
          new Clue(
              Where.EVENT,
              Stream.of(event.reason(), event.message().map(Cases::text))
                  .flatMap(Optional::stream)
                  .collect(Collectors.joining(": "))));
    }
    required.logs().forEach(each -> clues.add(new Clue(Where.LOG, text(each))));
    required.outputs().forEach(each -> clues.add(new Clue(Where.OUTPUT, text(each))));
    return new CaseSymptoms(
        known.page(),
        known.fingerprint().object().id(),
        required.states().stream().sorted().toList(),
        clues);
  }

  /** As people write it: an ellipsis for whatever varies. */
  private static String text(Fragment fragment) {
    return fragment.source().replaceAll("<[a-z]+>|\\.\\.\\.", "…").strip();
  }
}
