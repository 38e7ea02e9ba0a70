package dev.shirube.testcluster.local;

import java.nio.file.Path;
import java.util.List;

/**
 * How a part of a running cluster is.
 *
 * @param part {@code init} for the first process of the host
 * @param ended how it ended; empty while it runs
 * @param log its log file
 * @param lastLines of its log; empty while it runs
 */
public record PartHealth(String host, String part, String ended, Path log, List<String> lastLines) {

  /** EMFILE, as Go's and C's libraries word it: of files, or of inotify instances (inotify(7)). */
  private static final String TOO_MANY = "too many open files";

  public PartHealth {
    lastLines = List.copyOf(lastLines);
  }

  public boolean runs() {
    return ended.isEmpty();
  }

  /** For example {@code etcd on control-plane was killed (signal 9)} and its last log lines. */
  public String description() {
    StringBuilder text = new StringBuilder(part + " on " + host + " " + ended);
    text.append(lastLines.isEmpty() ? "; it logged nothing" : "; its last log lines:");
    lastLines.forEach(line -> text.append("\n    ").append(line));
    if (lastLines.stream().anyMatch(line -> line.contains(TOO_MANY))) {
      text.append(
          """

            why: each node takes some inotify instances, and the kernel gives a user few of them
            fix: fewer nodes, or end other clusters ("shirube cluster status"), or as root:
                 sysctl fs.inotify.max_user_instances=1024
          """
              .stripTrailing());
    }
    return text.toString();
  }
}
