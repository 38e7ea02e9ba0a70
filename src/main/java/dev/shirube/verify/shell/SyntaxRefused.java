package dev.shirube.verify.shell;

/** Stops the parser at the first thing of a line that the grammar does not know. */
final class SyntaxRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ShellProblem problem;
  private final boolean unfinished;

  /**
   * @param unfinished whether more lines could put it right
   */
  SyntaxRefused(ShellProblem problem, boolean unfinished) {
    super(problem.what(), null, false, false);
    this.problem = problem;
    this.unfinished = unfinished;
  }

  ShellProblem problem() {
    return problem;
  }

  boolean unfinished() {
    return unfinished;
  }
}
