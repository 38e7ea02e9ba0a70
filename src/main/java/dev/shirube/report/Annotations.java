package dev.shirube.report;

import dev.shirube.model.Location;
import dev.shirube.model.Severity;
import dev.shirube.model.VerificationResult;
import java.util.stream.Collectors;

/**
 * The result as workflow commands, which GitHub and Gitea show beside the lines. They are printed
 * to the log of the job; <a
 * href="https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts">the runner's own
 * library</a> says what is escaped in them.
 */
public final class Annotations {

  private static final int MOST_LINES = 30;
  private static final int MOST_LINE_CHARS = 200;
  private static final int MOST_MESSAGE_CHARS = 4_000;

  private Annotations() {}

  /** A line for each diagnostic; empty where there is none. */
  public static String render(VerificationResult result) {
    return Finding.of(result).stream()
        .map(finding -> line(finding) + "\n")
        .collect(Collectors.joining());
  }

  private static String line(Finding finding) {
    Location location = finding.diagnostic().location();
    StringBuilder line = new StringBuilder("::");
    line.append(finding.diagnostic().severity() == Severity.ERROR ? "error" : "warning");
    line.append(" file=").append(property(location.file()));
    if (location.line() > 0) {
      line.append(",line=").append(location.line());
    }
    if (location.column() > 0) {
      line.append(",col=").append(location.column());
    }
    line.append(",title=").append(property(finding.diagnostic().code()));
    String message = finding.message(MOST_LINES, MOST_LINE_CHARS);
    return line.append("::").append(data(Texts.shortened(message, MOST_MESSAGE_CHARS))).toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
