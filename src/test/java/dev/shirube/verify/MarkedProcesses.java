package dev.shirube.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes that were started with a variable in their environment, or by those.
 *
 * @param variable of this test alone
 * @param value of this run alone
 */
record MarkedProcesses(String variable, String value) {

  /** Those that run, with their command lines. */
  List<String> now() {
    return ProcessHandle.allProcesses()
        .filter(process -> isMarked(process.pid()))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .toList();
  }

  private boolean isMarked(long pid) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1)
          .contains(variable + "=" + value);
    } catch (IOException e) {
      return false; // it has just ended
    }
  }
}
