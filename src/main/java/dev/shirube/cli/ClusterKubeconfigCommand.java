package dev.shirube.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shirube cluster kubeconfig}: where a cluster's kubeconfig is. */
@Command(
    name = "kubeconfig",
    description = "Print the path of a cluster's kubeconfig; the user's own is left alone.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  export KUBECONFIG=\"$(shirube cluster kubeconfig)\""})
final class ClusterKubeconfigCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    spec.commandLine().getOut().println(options.require(spec).kubeconfig());
    return ExitCode.OK;
  }
}
