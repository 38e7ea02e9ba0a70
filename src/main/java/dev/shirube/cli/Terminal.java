package dev.shirube.cli;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Severity;
import dev.shirube.pipeline.Progress;
import dev.shirube.report.ConsoleReport;
import dev.shirube.testcluster.install.Shortfall;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * Writes messages for people: in colour and with progress in place on a terminal, as plain lines
 * elsewhere.
 */
final class Terminal implements Progress {

  private final PrintWriter out;
  private final Ansi ansi;
  private final boolean interactive;
  private boolean progressShown;

  Terminal(PrintWriter out) {
    this.out = out;
    ansi = Ansi.AUTO;
    interactive = ansi.enabled() && System.getenv("CI") == null;
  }

  @Override
  public void at(String what, int done, int total) {
    if (interactive) {
      String count = total > 1 ? " " + (done + 1) + "/" + total : "";
      out.print("\r\033[K" + ansi.string("@|faint " + what + count + " …|@"));
      out.flush();
      progressShown = true;
    }
  }

  /** Whether progress is shown in place; elsewhere a long command may print a line now and then. */
  boolean isInteractive() {
    return interactive;
  }

  /** For example {@code 2 pages}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  void line(String text) {
    clearProgress();
    out.println(text);
  }

  void error(String text) {
    clearProgress();
    out.println(ansi.string("@|bold,red error|@: ") + text);
  }

  /** Why a tier of the test cluster is not there. */
  void shortfall(Shortfall shortfall) {
    clearProgress();
    out.println(
        ansi.string(shortfall.failed() ? "@|bold,red error|@" : "@|bold,yellow warning|@")
            + " ["
            + shortfall.code()
            + "]: "
            + shortfall.what());
    out.println("  why: " + shortfall.why());
    out.println("  fix: " + shortfall.fix());
  }

  /** Removes the progress, so that other output starts on an empty line. */
  void clearProgress() {
    if (progressShown) {
      out.print("\r\033[K");
      out.flush();
      progressShown = false;
    }
  }

  /** Lines of a report, each part in the colour of its style. */
  void report(List<ConsoleReport.Line> lines) {
    clearProgress();
    for (ConsoleReport.Line line : lines) {
      StringBuilder text = new StringBuilder();
      for (ConsoleReport.Part part : line.parts()) {
        text.append(
            switch (part.style()) {
              case PLAIN -> part.text();
              case ERROR, EXPECTED -> styled("red", part.text());
              case WARNING -> styled("yellow", part.text());
              case GOOD, ACTUAL, CARET -> styled("green", part.text());
              case FAINT -> styled("faint", part.text());
            });
      }
      out.println(text);
    }
    out.flush();
  }

  private String styled(String style, String text) {
    return ansi.enabled()
        ? Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style))
        : text;
  }

  void diagnostics(List<Diagnostic> diagnostics) {
    clearProgress();
    for (Diagnostic diagnostic : diagnostics) {
      diagnostic(diagnostic);
      out.println();
    }
    out.flush();
  }

  private void diagnostic(Diagnostic diagnostic) {
    Location location = diagnostic.location();
    StringBuilder place = new StringBuilder(location.file());
    if (location.line() > 0) {
      place.append(':').append(location.line());
    }
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    String colour = diagnostic.severity() == Severity.ERROR ? "red" : "yellow";
    out.println(
        place
            + ": "
            + ansi.string("@|bold," + colour + " " + severity + "|@")
            + " ["
            + diagnostic.code()
            + "]: "
            + diagnostic.what());
    String sourceLine = location.sourceLine();
    if (sourceLine != null && !sourceLine.isBlank()) {
      out.println("  " + sourceLine.replace('\t', ' '));
      if (location.column() > 0) {
        String before =
            sourceLine.substring(0, Math.min(location.column() - 1, sourceLine.length()));
        out.println("  " + " ".repeat(width(before)) + ansi.string("@|bold,green ^|@"));
      }
    }
    if (diagnostic.why() != null) {
      out.println("  why: " + diagnostic.why());
    }
    if (diagnostic.fix() != null) {
      out.println("  fix: " + diagnostic.fix());
    }
  }

  /** Terminal columns of a text: East Asian wide characters take two. */
  private static int width(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && c != 0x2026 ? 2 : 1).sum();
  }
}
