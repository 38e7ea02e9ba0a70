package dev.shirube.verify.match;

import dev.shirube.verify.match.TextPattern.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lines, some of which may stand for any number of lines.
 *
 * <p>Between two gaps the first place that fits is taken: where a later one fits as well, so does
 * the first, as the gap behind it takes what is left over. So no choice is ever taken back beyond
 * the last gap, and the time grows with the lines of both texts multiplied.
 */
final class TextExpectation implements Expectation {

  /** One line, or a gap. */
  private record Line(TextPattern pattern, boolean gap) {}

  private final List<Line> lines;

  private TextExpectation(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * @param vary words of the text that are examples: others of their kind do as well
   */
  static TextExpectation parse(
      String text, boolean elided, Set<String> vary, List<ExpectationProblem> problems) {
    Place place = elided ? Place.ELIDED_LINE : Place.EXACT_LINE;
    List<Line> lines = new ArrayList<>();
    for (String line : Lines.of(text)) {
      TextPattern pattern = TextPattern.parse(line, place, lines.size() + 1, 1, vary, problems);
      lines.add(new Line(pattern, elided && Lines.isDots(line)));
    }
    return new TextExpectation(lines);
  }

  @Override
  public Comparison compare(String actual) {
    List<String> output = Lines.of(actual);
    int expected = 0;
    int at = 0;
    int gap = -1;
    int afterGap = 0;
    // The farthest that was come: of the expected lines first, then of the output.
    int farthest = 0;
    int farthestAt = 0;
    while (at < output.size() || expected < lines.size()) {
      if (expected < lines.size() && lines.get(expected).gap()) {
        gap = expected;
        afterGap = at;
        expected++;
      } else if (expected < lines.size()
          && at < output.size()
          && lines.get(expected).pattern().matches(output.get(at))) {
        expected++;
        at++;
      } else if (gap >= 0 && afterGap < output.size()) {
        afterGap++;
        at = afterGap;
        expected = gap + 1;
      } else {
        break;
      }
      if (expected > farthest) {
        farthest = expected;
        farthestAt = at;
      }
    }
    if (expected == lines.size() && at == output.size()) {
      return new Comparison.Match();
    }
    return mismatch(output, farthest, farthestAt);
  }

  @Override
  public Optional<List<RewrittenLine>> rewritten(String actual) {
    return Optional.of(
        LineDiff.rewritten(
            lines.size(),
            Lines.of(actual),
            (line, text) -> lines.get(line).pattern().matches(text),
            line -> lines.get(line).gap()));
  }

  private Comparison mismatch(List<String> output, int expected, int at) {
    List<DiffLine> diff =
        LineDiff.between(
            lines.stream().map(line -> line.pattern().source()).toList(),
            output,
            (line, text) -> lines.get(line).pattern().matches(text),
            line -> lines.get(line).gap());
    if (expected == lines.size()) {
      String what =
          lines.isEmpty()
              ? "expected no output, was " + Lines.quote(output.get(at))
              : "the output goes on after the last expected line with "
                  + Lines.quote(output.get(at));
      return new Comparison.Mismatch(what, Math.max(1, lines.size()), 1, diff);
    }
    TextPattern line = lines.get(expected).pattern();
    String wanted = "expected " + Lines.quote(line.source());
    boolean afterGap = expected > 0 && lines.get(expected - 1).gap();
    if (output.isEmpty()) {
      return new Comparison.Mismatch(wanted + ", there was no output", expected + 1, 1, diff);
    }
    if (afterGap) {
      String where = at == 0 ? "" : " after " + Lines.quote(output.get(at - 1));
      return new Comparison.Mismatch(
          wanted + ", no line of the output" + where + " is that", expected + 1, 1, diff);
    }
    if (at >= output.size()) {
      return new Comparison.Mismatch(wanted + ", the output ends before it", expected + 1, 1, diff);
    }
    return new Comparison.Mismatch(
        wanted + ", was " + Lines.quote(output.get(at)),
        expected + 1,
        line.progress(output.get(at)).expectedColumn(),
        diff);
  }
}
