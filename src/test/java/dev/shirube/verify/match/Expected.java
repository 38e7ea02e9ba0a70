package dev.shirube.verify.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;

/** Expected texts, as short as a test wants them. */
final class Expected {

  private Expected() {}

  static Comparison compare(MatchMode mode, String expected, String actual) {
    return ready(mode, expected).compare(actual);
  }

  static Expectation ready(MatchMode mode, String expected) {
    return assertInstanceOf(Expectation.Ready.class, Expectation.parse(mode, expected))
        .expectation();
  }

  static void assertMatches(MatchMode mode, String expected, String actual) {
    assertEquals(new Comparison.Match(), compare(mode, expected, actual));
  }

  static Comparison.Mismatch mismatch(MatchMode mode, String expected, String actual) {
    return assertInstanceOf(Comparison.Mismatch.class, compare(mode, expected, actual));
  }

  /** The mismatch as {@code LINE:COLUMN WHAT}. */
  static String where(Comparison.Mismatch mismatch) {
    return mismatch.expectedLine() + ":" + mismatch.expectedColumn() + " " + mismatch.what();
  }

  static List<ExpectationProblem> problems(MatchMode mode, String expected) {
    return assertInstanceOf(Expectation.Faulty.class, Expectation.parse(mode, expected)).problems();
  }

  /** The problem, of which there is one, as {@code LINE:COLUMN WHAT}. */
  static String problem(MatchMode mode, String expected) {
    List<ExpectationProblem> problems = problems(mode, expected);
    assertEquals(1, problems.size(), problems::toString);
    ExpectationProblem problem = problems.getFirst();
    return problem.line() + ":" + problem.column() + " " + problem.what();
  }
}
