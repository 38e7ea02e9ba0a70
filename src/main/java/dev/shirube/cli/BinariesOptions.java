package dev.shirube.cli;

import dev.shirube.testcluster.install.Binaries;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin private CacheOptions commands = new CacheOptions();

  /**
   * The version to use: a minor or a patch of it.
   *
   * @throws ParameterException where it was given and is none
   */
  String kubernetes(CommandSpec spec) {
    return kubernetes == null
        ? Binaries.newest(definitions())
        : CacheOptions.version(kubernetes, spec);
  }

  /** Whether a version was asked for. */
  boolean namesVersion() {
    return kubernetes != null;
  }

  Path cache() {
    return commands.cache();
  }

  Path definitions() {
    return commands.definitions();
  }
}
