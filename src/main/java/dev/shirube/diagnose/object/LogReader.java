package dev.shirube.diagnose.object;

import java.util.List;

/** Where the logs of containers are. */
@FunctionalInterface
public interface LogReader {

  /** There are none. */
  LogReader NONE = (namespace, pod, container, previous) -> List.of();

  /**
   * The last lines of a log; empty where there is none.
   *
   * @param previous of the container that ran before
   */
  List<String> read(String namespace, String pod, String container, boolean previous);
}
