package dev.shirube.verify.match;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import dev.shirube.verify.match.DiffLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The lines of two texts beside each other, as short as they show the difference. */
final class LineDiff {
  /** Lines that are alike, before and after a difference. */
  private static final int CONTEXT_LINES = 3;

  /** The time for a diff grows with the square of the differences. */
  private static final int LONGEST_TEXT_LINES = 400;

  /** Whether a line of the output is the one expected. */
  interface Equality {
    boolean test(int expectedLine, String actual);
  }

  /** A line of either text: of the expected one, the number is not negative. */
  private record Side(int number, String text) {}

  private LineDiff() {}

  /**
   * Compares line by line.
   *
   * @param gap whether an expected line (0-based) stands for any lines, which then are not shown
   */
  static List<DiffLine> between(
      List<String> expected, List<String> actual, Equality equality, IntPredicate gap) {
    int alike = 0;
    while (alike < expected.size()
        && alike < actual.size()
        && !gap.test(alike)
        && equality.test(alike, actual.get(alike))) {
      alike++;
    }
    int start = Math.max(0, alike - CONTEXT_LINES);
    int expectedEnd = Math.min(expected.size(), start + LONGEST_TEXT_LINES);
    int actualEnd = Math.min(actual.size(), start + LONGEST_TEXT_LINES);
    List<DiffLine> lines = new ArrayList<>();
    if (start > 0) {
      lines.add(leftOut(start));
    }
    List<Side> left =
        IntStream.range(start, expectedEnd).mapToObj(i -> new Side(i, expected.get(i))).toList();
    List<Side> right =
        actual.subList(start, actualEnd).stream().map(text -> new Side(-1, text)).toList();
    compare(
        left,
        right,
        (x, y) -> equal(x, y, equality, gap),
        side -> lines.add(new DiffLine(Mark.BOTH, side.text())),
        (onlyExpected, onlyActual) -> addDifferent(onlyExpected, onlyActual, gap, lines));
    int rest = Math.max(expected.size() - expectedEnd, actual.size() - actualEnd);
    if (rest > 0) {
      lines.add(new DiffLine(Mark.LEFT_OUT, "(" + rest + " more lines, not compared)"));
    }
    return shortened(lines);
  }

  /**
   * The expected lines brought up to date: those that are alike stay, the others give way to those
   * of the output; dots stay as well, with as many lines on either side as before.
   */
  static List<RewrittenLine> rewritten(
      int expected, List<String> actual, Equality equality, IntPredicate gap) {
    List<Side> left = IntStream.range(0, expected).mapToObj(i -> new Side(i, "")).toList();
    List<Side> right = actual.stream().map(text -> new Side(-1, text)).toList();
    List<RewrittenLine> lines = new ArrayList<>();
    compare(
        left,
        right,
        (x, y) -> equal(x, y, equality, gap),
        side -> lines.add(new RewrittenLine.Kept(side.number() + 1)),
        (onlyExpected, onlyActual) -> addRewritten(onlyExpected, onlyActual, gap, lines));
    return List.copyOf(lines);
  }

  /**
   * Tells of the lines in their order: of each that is alike, and before it, and at the end, of all
   * that are not, expected ones and actual ones. The lists may be empty; the receiver clears them.
   */
  private static void compare(
      List<Side> left,
      List<Side> right,
      BiPredicate<Side, Side> equal,
      Consumer<Side> alike,
      BiConsumer<List<Side>, List<Side>> different) {
    Patch<Side> patch =
        DiffUtils.diff(left, right, new MyersDiffWithLinearSpace<>(equal), null, true);
    List<Side> onlyExpected = new ArrayList<>();
    List<Side> onlyActual = new ArrayList<>();
    for (AbstractDelta<Side> delta : patch.getDeltas()) {
      switch (delta.getType()) {
        case EQUAL -> {
          different.accept(onlyExpected, onlyActual);
          delta.getSource().getLines().forEach(alike);
        }
        // What is not expected may come first; to a reader it comes second.
        case CHANGE, DELETE, INSERT -> {
          onlyExpected.addAll(delta.getSource().getLines());
          onlyActual.addAll(delta.getTarget().getLines());
        }
      }
    }
    different.accept(onlyExpected, onlyActual);
  }

  private static void addRewritten(
      List<Side> expected, List<Side> actual, IntPredicate gap, List<RewrittenLine> lines) {
    List<Integer> dots =
        IntStream.range(0, expected.size())
            .filter(i -> gap.test(expected.get(i).number()))
            .boxed()
            .toList();
    int all = actual.size();
    // Without dots all of them; else as many before and behind the dots as there were.
    int before = dots.isEmpty() ? all : Math.min(dots.getFirst(), all);
    int behind = dots.isEmpty() ? 0 : Math.min(expected.size() - 1 - dots.getLast(), all - before);
    actual.subList(0, before).forEach(side -> lines.add(new RewrittenLine.Changed(side.text())));
    if (!dots.isEmpty()) {
      lines.add(new RewrittenLine.Kept(expected.get(dots.getFirst()).number() + 1));
    }
    actual
        .subList(all - behind, all)
        .forEach(side -> lines.add(new RewrittenLine.Changed(side.text())));
    expected.clear();
    actual.clear();
  }

  /** The algorithm asks in either order. */
  private static boolean equal(Side a, Side b, Equality equality, IntPredicate gap) {
    Side expected = a.number() >= 0 ? a : b;
    Side actual = a.number() >= 0 ? b : a;
    return !gap.test(expected.number()) && equality.test(expected.number(), actual.text());
  }

  /** Moves what differs to the lines of the diff. */
  private static void addDifferent(
      List<Side> expected, List<Side> actual, IntPredicate gap, List<DiffLine> lines) {
    boolean onlyGaps = !expected.isEmpty();
    for (Side side : expected) {
      boolean dots = gap.test(side.number());
      onlyGaps &= dots;
      lines.add(new DiffLine(dots ? Mark.BOTH : Mark.EXPECTED, side.text()));
    }
    if (!onlyGaps) {
      actual.forEach(side -> lines.add(new DiffLine(Mark.ACTUAL, side.text())));
    }
    expected.clear();
    actual.clear();
  }

  private static List<DiffLine> shortened(List<DiffLine> lines) {
    List<DiffLine> shortened = new ArrayList<>();
    int start = 0;
    while (start < lines.size()) {
      int end = start;
      while (end < lines.size() && lines.get(end).mark() == Mark.BOTH) {
        end++;
      }
      int before = start == 0 ? 0 : CONTEXT_LINES;
      int after = end == lines.size() ? 0 : CONTEXT_LINES;
      int leftOut = end - start - before - after;
      if (leftOut > 1) {
        shortened.addAll(lines.subList(start, start + before));
        shortened.add(leftOut(leftOut));
        shortened.addAll(lines.subList(end - after, end));
      } else {
        shortened.addAll(lines.subList(start, end));
      }
      if (end < lines.size()) {
        shortened.add(lines.get(end));
      }
      start = end + 1;
    }
    return shortened;
  }

  private static DiffLine leftOut(int count) {
    return new DiffLine(Mark.LEFT_OUT, "(" + count + (count == 1 ? " line" : " lines") + " alike)");
  }
}
