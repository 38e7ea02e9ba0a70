package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs Go, and keeps what it said in a log. */
final class GoBuild {

  private static final Duration TOO_LONG = Duration.ofHours(2);

  private final Machine machine;
  private final Machine.Go go;
  private final Path log;
  private final Consumer<String> tick;

  /**
   * @param log is appended to
   * @param tick hears about once a second what Go said last
   */
  GoBuild(Machine machine, Machine.Go go, Path log, Consumer<String> tick) {
    this.machine = machine;
    this.go = go;
    this.log = log;
    this.tick = tick;
  }

  /** Downloads the sources of all commands of a set, those that are here already aside. */
  Command.Result download(ToolSet set) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("list", "-deps", "-f", ""));
    arguments.addAll(set.flags().stream().filter(flag -> !flag.startsWith("-ldflags")).toList());
    arguments.addAll(set.module().tools());
    return run(set.module().folder(), set.environment(), arguments);
  }

  /**
   * Builds one command. Its packages come from Go's build cache as far as they were compiled
   * before, also by a build that was interrupted.
   */
  Command.Result build(ToolSet set, Tool tool, Path output) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("build", "-v", "-o", output.toString()));
    arguments.addAll(set.flags());
    arguments.add(tool.packagePath());
    return run(set.module().folder(), set.environment(), arguments);
  }

  /** Runs any Go command. */
  Command.Result run(Path folder, Map<String, String> settings, List<String> arguments)
      throws IOException {
    List<String> command =
        Stream.concat(Stream.of(go.command().toString()), arguments.stream()).toList();
    // GOPROXY and the like stay as the machine has them.
    Map<String, String> environment = new HashMap<>(machine.environment());
    environment.keySet().removeAll(List.of("GOROOT", "GOOS", "GOARCH"));
    environment.put("GOTOOLCHAIN", "local");
    environment.put("GOWORK", "off");
    environment.putAll(settings);
    Command.Result result =
        Command.of(command)
            .in(folder)
            .withEnvironment(environment)
            .within(TOO_LONG)
            .telling(tick)
            .result();
    try (BufferedWriter writer =
        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write("$ cd " + folder + " && " + String.join(" ", command) + "\n");
      for (String line : result.lines()) {
        if (!line.isBlank()) {
          writer.write(line + "\n");
        }
      }
      writer.write("exit code " + result.exitCode() + "\n\n");
    }
    return result;
  }

  /** Of what Go said, the lines about a failure: not those that only tell how far it has come. */
  static List<String> complaints(Command.Result result) {
    return result.lines().stream()
        .filter(line -> line.strip().contains(" ") && !line.startsWith("go: downloading "))
        .distinct() // a download that fails is tried for each package
        .toList();
  }
}
