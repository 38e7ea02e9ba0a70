package dev.shirube.verify;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.OutputChange;
import dev.shirube.model.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What came of trying a snippet once.
 *
 * @param problems errors are why it failed
 * @param difference see {@link dev.shirube.model.SnippetResult}
 * @param change how the page would have to be written; empty where that cannot be told
 */
record Step(List<Diagnostic> problems, String difference, Optional<OutputChange> change) {

  static final Step DONE = new Step(List.of(), "");

  Step {
    problems = List.copyOf(problems);
  }

  Step(List<Diagnostic> problems, String difference) {
    this(problems, difference, Optional.empty());
  }

  static Step failed(Diagnostic problem) {
    return new Step(List.of(problem), "");
  }

  boolean passed() {
    return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
  }
}
