package dev.shirube.cli;

import dev.shirube.testcluster.install.Binaries;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which Kubernetes, and where its commands are. */
final class BinariesOptions {

  @Option(
      names = "--kubernetes",
      paramLabel = "1.X",
      description = "a minor version, or one of its patches (default: the newest)")
  private @Nullable String kubernetes;

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

  /**
   * The version to use: a minor or a patch of it.
   *
   * @throws ParameterException where it was given and is none
   */
  String kubernetes(CommandSpec spec) {
    if (kubernetes == null) {
      return Binaries.newest(definitions);
    }
    if (!kubernetes.matches("1\\.\\d+(\\.\\d+)?")) {
      throw new ParameterException(
          spec.commandLine(), "--kubernetes is a version such as 1.36, not \"" + kubernetes + "\"");
    }
    return kubernetes;
  }

  /** Whether a version was asked for. */
  boolean namesVersion() {
    return kubernetes != null;
  }

  Path cache() {
    return cache == null ? Binaries.defaultCache() : cache;
  }

  Path definitions() {
    return definitions.normalize();
  }
}
