package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Severity;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result for people: what is wrong, at its line, then a summary. The lines say what their parts
 * are; whoever prints them gives the colours.
 */
public final class ConsoleReport {

  private static final int MOST_DIFFERENCE_LINES = 60;
  private static final int MOST_LINE_CHARS = 400;

  private ConsoleReport() {}

  /** What a part of a line is. */
  public enum Style {
    PLAIN,
    /** The word {@code error}, and how many failed. */
    ERROR,
    /** The word {@code warning}, and how many are undecided. */
    WARNING,
    /** How many passed. */
    GOOD,
    /** The mark below a column. */
    CARET,
    /** A line that is expected and not there. */
    EXPECTED,
    /** A line that is there and not expected. */
    ACTUAL,
    /** What matters less. */
    FAINT
  }

  /** A part of a line; it holds no control characters. */
  public record Part(Style style, String text) {}

  /** A line, without its line break. */
  public record Line(List<Part> parts) {

    public Line {
      parts = List.copyOf(parts);
    }

    /** Without styles. */
    public String text() {
      return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    private static Line of(Style style, String text) {
      return new Line(List.of(part(style, text)));
    }

    private static Line of(String text) {
      return of(Style.PLAIN, text);
    }
  }

  /** Each diagnostic followed by an empty line, then the summary. */
  public static List<Line> lines(VerificationResult result) {
    List<Line> lines = new ArrayList<>();
    for (Finding finding : Finding.of(result)) {
      diagnostic(finding.diagnostic(), lines);
      difference(finding, lines);
      lines.add(Line.of(""));
    }
    reasons(result, lines);
    lines.add(summary(result));
    return lines;
  }

  /** All lines without styles, each with its line break. */
  public static String text(VerificationResult result) {
    return lines(result).stream().map(line -> line.text() + "\n").collect(Collectors.joining());
  }

  private static void diagnostic(Diagnostic diagnostic, List<Line> lines) {
    Location location = diagnostic.location();
    boolean error = diagnostic.severity() == Severity.ERROR;
    lines.add(
        new Line(
            List.of(
                part(
                    Style.PLAIN,
                    location.file() + (location.line() > 0 ? ":" + location.line() : "") + ": "),
                part(
                    error ? Style.ERROR : Style.WARNING,
                    diagnostic.severity().name().toLowerCase(Locale.ROOT)),
                part(Style.PLAIN, " [" + diagnostic.code() + "]: " + diagnostic.what()))));
    String source = location.sourceLine();
    if (source != null && !source.isBlank()) {
      // A tab would move the caret.
      lines.add(Line.of("  " + source.replace('\t', ' ')));
      if (location.column() > 0 && location.column() <= MOST_LINE_CHARS) {
        String before = source.substring(0, Math.min(location.column() - 1, source.length()));
        lines.add(
            new Line(
                List.of(
                    part(Style.PLAIN, "  " + " ".repeat(columns(before))),
                    part(Style.CARET, "^"))));
      }
    }
    more("why", diagnostic.why(), lines);
    more("fix", diagnostic.fix(), lines);
  }

  /** Further lines of the text stand below its first. */
  private static void more(String name, @Nullable String text, List<Line> lines) {
    if (text == null) {
      return;
    }
    String prefix = "  " + name + ": ";
    for (String line : text.lines().toList()) {
      lines.add(Line.of(prefix + line));
      prefix = " ".repeat(prefix.length());
    }
  }

  private static void difference(Finding finding, List<Line> lines) {
    if (finding.difference().isEmpty()) {
      return;
    }
    lines.add(Line.of("  expected (-) and actual (+):"));
    for (String line :
        Texts.shortenedLines(finding.difference(), MOST_DIFFERENCE_LINES, MOST_LINE_CHARS)) {
      Style style =
          line.startsWith("-") ? Style.EXPECTED : line.startsWith("+") ? Style.ACTUAL : Style.PLAIN;
      lines.add(Line.of(style, "  " + line));
    }
  }

  /** Why snippets were not tried, each reason once. */
  private static void reasons(VerificationResult result, List<Line> lines) {
    Map<String, Long> reasons =
        result.snippets().stream()
            .filter(snippet -> snippet.outcome() == Outcome.NOT_RUN)
            .filter(snippet -> !snippet.reason().isEmpty())
            .collect(
                Collectors.groupingBy(SnippetResult::reason, TreeMap::new, Collectors.counting()));
    reasons.forEach(
        (reason, count) ->
            lines.add(Line.of(Style.FAINT, count + " not run: " + Texts.oneLine(reason))));
  }

  private static Line summary(VerificationResult result) {
    int all = result.snippets().size();
    List<Part> parts = new ArrayList<>();
    parts.add(part(Style.PLAIN, all + (all == 1 ? " snippet: " : " snippets: ")));
    parts.add(
        part(
            result.count(Outcome.PASSED) > 0 ? Style.GOOD : Style.PLAIN,
            result.count(Outcome.PASSED) + " passed"));
    parts.add(part(Style.PLAIN, tiers(result)));
    count(result, Outcome.FAILED, Style.ERROR, " failed", parts);
    count(result, Outcome.UNDECIDED, Style.WARNING, " undecided", parts);
    count(result, Outcome.SKIPPED, Style.PLAIN, " skipped with a reason", parts);
    count(result, Outcome.NOT_RUN, Style.PLAIN, " not run", parts);
    for (String what : result.standIns()) {
      long proven =
          result.snippets().stream()
              .filter(snippet -> snippet.outcome() == Outcome.PASSED)
              .filter(snippet -> snippet.standIn().equals(Optional.of(what)))
              .count();
      parts.add(part(Style.PLAIN, ", " + proven + " passed with a double of " + what));
    }
    parts.add(
        part(
            Style.PLAIN,
            "; "
                + (result.kubernetes().isEmpty()
                    ? result.cluster()
                    : "Kubernetes " + result.kubernetes())
                + ", "
                + String.format(Locale.ROOT, "%.1f s", result.duration().toMillis() / 1000.0)));
    return new Line(parts);
  }

  private static void count(
      VerificationResult result, Outcome outcome, Style style, String what, List<Part> parts) {
    if (result.count(outcome) > 0) {
      parts.add(part(Style.PLAIN, ", "));
      parts.add(part(style, result.count(outcome) + what));
    }
  }

  private static String tiers(VerificationResult result) {
    Map<ProofTier, Long> passed =
        result.snippets().stream()
            .filter(snippet -> snippet.outcome() == Outcome.PASSED)
            .flatMap(snippet -> snippet.tier().stream())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    String tiers =
        Arrays.stream(ProofTier.values())
            .sorted(Comparator.reverseOrder())
            .filter(passed::containsKey)
            .map(tier -> passed.get(tier) + " " + tier.id())
            .collect(Collectors.joining(", "));
    return tiers.isEmpty() ? "" : " (" + tiers + ")";
  }

  private static Part part(Style style, String text) {
    return new Part(style, Texts.shortened(Texts.forTerminal(text), 2 * MOST_LINE_CHARS));
  }

  /** Terminal columns of a text: East Asian wide characters take two. */
  private static int columns(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && c != 0x2026 ? 2 : 1).sum();
  }
}
