package dev.shirube.cli;

import dev.shirube.testcluster.install.Binaries;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where the commands of a test cluster are. */
final class CacheOptions {

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where the commands are (default: shirube/cluster in the user's cache folder)")
  private @Nullable Path cache;

  @Option(
      names = "--definitions",
      hidden = true,
      defaultValue = "${sys:shirube.home:-.}/verify/cluster")
  private Path definitions = Path.of("verify/cluster");

  Path cache() {
    return cache == null ? Binaries.defaultCache() : cache;
  }

  Path definitions() {
    return definitions.normalize();
  }

  /**
   * A version as it was given.
   *
   * @throws ParameterException where it is none
   */
  static String version(String given, CommandSpec spec) {
    if (!given.matches("1\\.\\d+(\\.\\d+)?")) {
      throw new ParameterException(
          spec.commandLine(), "--kubernetes is a version such as 1.36, not \"" + given + "\"");
    }
    return given;
  }
}
