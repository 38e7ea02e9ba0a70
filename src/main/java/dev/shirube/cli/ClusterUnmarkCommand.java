package dev.shirube.cli;

import dev.shirube.testcluster.provider.ForeignCluster;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shirube cluster unmark}: takes back what {@code mark} allowed. */
@Command(
    name = "unmark",
    description = "Take the marker of a test cluster away: nothing in it is changed any more.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  shirube cluster unmark --context kind-tests"})
final class ClusterUnmarkCommand implements Callable<Integer> {

  @Mixin private ContextOptions options = new ContextOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    String context = options.context();
    Terminal terminal = new Terminal(java.util.Objects.requireNonNull(spec).commandLine().getErr());
    try (ForeignCluster cluster = options.open()) {
      terminal.line(context + (cluster.unmark() ? " is not marked any more" : " was not marked"));
    }
    return ExitCode.OK;
  }
}
