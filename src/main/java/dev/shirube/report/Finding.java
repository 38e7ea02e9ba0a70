package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A diagnostic of a run, with the snippet it belongs to.
 *
 * @param snippet empty where it belongs to the run
 * @param difference as in {@link SnippetResult}; only the first finding of a snippet has it
 */
record Finding(Diagnostic diagnostic, Optional<SnippetResult> snippet, String difference) {

  /** All of them: those of the snippets in their order, then those of the run. */
  static List<Finding> of(VerificationResult result) {
    List<Finding> findings = new ArrayList<>();
    for (SnippetResult snippet : result.snippets()) {
      findings.addAll(of(snippet));
    }
    for (Diagnostic problem : result.problems()) {
      findings.add(new Finding(problem, Optional.empty(), ""));
    }
    return findings;
  }

  /** Those of a snippet. What failed has one, even where nobody could say why. */
  static List<Finding> of(SnippetResult snippet) {
    List<Diagnostic> problems = snippet.problems();
    boolean bad = snippet.outcome() == Outcome.FAILED || snippet.outcome() == Outcome.UNDECIDED;
    if (bad && problems.isEmpty()) {
      problems =
          List.of(
              Diagnostic.error(
                  snippet.outcome().id() + "-snippet",
                  snippet.location(),
                  "#" + snippet.id() + " " + past(snippet.outcome()),
                  null,
                  null));
    }
    List<Finding> findings = new ArrayList<>();
    for (Diagnostic problem : problems) {
      String difference = findings.isEmpty() ? snippet.difference() : "";
      findings.add(new Finding(problem, Optional.of(snippet), difference));
    }
    return findings;
  }

  private static String past(Outcome outcome) {
    return outcome == Outcome.FAILED ? "is not as the page says" : "could not be decided";
  }

  /** Whether the environment is to blame, not the content. */
  boolean isUndecided() {
    return snippet.filter(s -> s.outcome() == Outcome.UNDECIDED).isPresent();
  }

  /** What, why and fix, each on its own line, and the difference. */
  String message(int mostLines, int mostLineChars) {
    StringBuilder message = new StringBuilder(diagnostic.what());
    if (diagnostic.why() != null) {
      message.append("\nwhy: ").append(diagnostic.why());
    }
    if (diagnostic.fix() != null) {
      message.append("\nfix: ").append(diagnostic.fix());
    }
    if (!difference.isEmpty()) {
      message.append("\nexpected (-) and actual (+):");
      Texts.shortenedLines(difference, mostLines, mostLineChars)
          .forEach(line -> message.append('\n').append(line));
    }
    return message.toString();
  }
}
