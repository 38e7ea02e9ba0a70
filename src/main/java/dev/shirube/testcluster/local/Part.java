package dev.shirube.testcluster.local;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A program that runs on a host of the cluster.
 *
 * @param name of the part, its script and its log
 * @param command program and arguments; paths are relative to the host's folder
 * @param after the file that another part makes, and without which this one would end at once;
 *     empty where it needs none
 */
record Part(String name, List<String> command, String after) {

  Part {
    command = List.copyOf(command);
  }

  Part(String name, List<String> command) {
    this(name, command, "");
  }

  Part(String name, String program, String... arguments) {
    this(
        name,
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("bin/" + program), java.util.Arrays.stream(arguments))
            .toList());
  }

  /** The same part, started once a file is there. */
  Part after(String file) {
    return new Part(name, command, file);
  }

  /** A shell script that becomes the program: people can read it, and run it by hand. */
  String script() {
    String wait =
        after.isEmpty() ? "" : "until [ -e " + quoted(after) + " ]; do sleep 0.05; done\n";
    return wait
        + command.stream().map(Part::quoted).collect(Collectors.joining(" \\\n  ", "exec ", "\n"));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
