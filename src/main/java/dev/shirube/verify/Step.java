package dev.shirube.verify;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Severity;
import java.util.List;

/**
 * What came of trying a snippet once.
 *
 * @param problems errors are why it failed
 * @param difference see {@link dev.shirube.model.SnippetResult}
 */
record Step(List<Diagnostic> problems, String difference) {

  static final Step DONE = new Step(List.of(), "");

  Step {
    problems = List.copyOf(problems);
  }

  static Step failed(Diagnostic problem) {
    return new Step(List.of(problem), "");
  }

  boolean passed() {
    return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
  }
}
