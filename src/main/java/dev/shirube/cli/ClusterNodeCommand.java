package dev.shirube.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shirube cluster node}: takes a node away and brings it back. */
@Command(
    name = "node",
    description = "Take a node of a cluster away, and bring it back.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube cluster node stop node-2",
      "  shirube cluster node start node-2"
    })
final class ClusterNodeCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "stop or start?");
  }

  @Command(
      name = "stop",
      description = "End a node with all that runs on it, as a power failure does.",
      mixinStandardHelpOptions = true)
  int stop(
      @Mixin ClusterOptions options,
      @Parameters(paramLabel = "NAME", description = "for example node-2") String name) {
    long begin = System.nanoTime();
    options.requireLocal(java.util.Objects.requireNonNull(spec)).stopNode(name);
    return done(name + " is stopped", begin);
  }

  @Command(
      name = "start",
      description = "Start a stopped node and wait until it is ready.",
      mixinStandardHelpOptions = true)
  int start(
      @Mixin ClusterOptions options,
      @Parameters(paramLabel = "NAME", description = "for example node-2") String name) {
    long begin = System.nanoTime();
    options.requireLocal(java.util.Objects.requireNonNull(spec)).startNode(name);
    return done(name + " is ready", begin);
  }

  private int done(String what, long begin) {
    new Terminal(java.util.Objects.requireNonNull(spec).commandLine().getErr())
        .line(String.format(Locale.ROOT, "%s, %.1f s", what, (System.nanoTime() - begin) / 1e9));
    return ExitCode.OK;
  }
}
