package dev.shirube.testcluster.local;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A program that runs on a host of the cluster.
 *
 * @param name of the part, its script and its log
 * @param command program and arguments; paths are relative to the host's folder
 */
record Part(String name, List<String> command) {

  Part {
    command = List.copyOf(command);
  }

  Part(String name, String program, String... arguments) {
    this(
        name,
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("bin/" + program), java.util.Arrays.stream(arguments))
            .toList());
  }

  /** A shell script that becomes the program: people can read it, and run it by hand. */
  String script() {
    return command.stream().map(Part::quoted).collect(Collectors.joining(" \\\n  ", "exec ", "\n"));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
