package dev.shirube.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube cluster}: a real Kubernetes to prove snippets on. */
@Command(
    name = "cluster",
    description = "Install, start and stop a real Kubernetes cluster to prove snippets on.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ClusterInstallCommand.class,
      ClusterImageCommand.class,
      ClusterUpCommand.class,
      ClusterDownCommand.class,
      ClusterStatusCommand.class,
      ClusterKubeconfigCommand.class,
      ClusterNodeCommand.class,
      ClusterMarkCommand.class,
      ClusterUnmarkCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  shirube cluster install              find, download or build Kubernetes, once",
      "  shirube cluster image                make the images that its nodes pull",
      "  shirube cluster up --tier node       start a cluster whose Pods run",
      "  kubectl --kubeconfig \"$(shirube cluster kubeconfig)\" get nodes",
      "  shirube cluster down",
      "  shirube cluster mark --context NAME  allow a cluster of yours to be used for tests"
    })
final class ClusterCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command?");
  }
}
