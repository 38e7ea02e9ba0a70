package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Words for a run of Go that failed.
 *
 * @param log where all of it was written
 */
record GoFailure(Command.Result result, Path log) {

  static final String MAKE_ROOM =
      "make room (sources, build cache and commands take some 12 GB), then install again";

  private static final int COMPLAINTS = 12;

  /** How Go ended, and the last of what it complained about. */
  String why() {
    List<String> complaints = GoBuild.complaints(result);
    return "go ended with exit code "
        + result.exitCode()
        + (complaints.isEmpty() ? " and said nothing" : " and said\n" + quoted(complaints));
  }

  /** What to do about it. */
  String fix() {
    String said = result.output();
    String wholeLog = "; the whole log: " + log;
    if (saysDiskIsFull(said)) {
      return MAKE_ROOM + wholeLog;
    }
    if (said.contains("dial tcp") || said.contains("GOPROXY=off")) {
      return "let Go reach a module proxy (go env GOPROXY), then install again" + wholeLog;
    }
    return "install again to go on where this one ended" + wholeLog;
  }

  /** Whether the complaint is that of a full disk, as the system or Go words it. */
  static boolean saysDiskIsFull(String text) {
    return text.toLowerCase(Locale.ROOT).contains("no space left on device");
  }

  /** The last of some lines, set off from the text around them. */
  static String quoted(List<String> lines) {
    List<String> last = lines.subList(Math.max(0, lines.size() - COMPLAINTS), lines.size());
    return String.join("\n", last.stream().map(line -> "    | " + line).toList());
  }
}
