package dev.shirube.cli;

import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ProviderName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shirube cluster down}: ends a cluster and removes all of it but its logs. */
@Command(
    name = "down",
    description = {
      "End a cluster; its logs stay.",
      "Of a cluster that was named by its context, only our copy of its kubeconfig goes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube cluster down",
      "  shirube cluster down --name older",
      "  shirube cluster down --all      those too whose run folder was deleted"
    })
final class ClusterDownCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(names = "--all", description = "end every cluster on this machine that the user may end")
  private boolean all;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Terminal terminal = new Terminal(java.util.Objects.requireNonNull(spec).commandLine().getErr());
    if (all) {
      RunFolder.ofRunningClusters().forEach(run -> end(run, terminal));
    } else {
      end(options.run(terminal), terminal);
    }
    return ExitCode.OK;
  }

  private void end(RunFolder run, Terminal terminal) {
    switch (LocalCluster.find(run)) {
      case Finding.Up up -> {
        LocalCluster cluster = up.cluster();
        cluster.close();
        terminal.line(cluster.name() + " is down; its logs: " + run.logs());
      }
      case Finding.Died died -> terminal.line(ClusterOptions.died(died.how(), run));
      case Finding.Down down ->
          terminal.line(
              ClusterProviders.end(run)
                  .map(provider -> ended(provider, run))
                  .orElse("no cluster is up in " + run.path()));
    }
  }

  private String ended(ProviderName provider, RunFolder run) {
    return provider.kind() == ProviderName.Kind.CONTEXT
        ? options.name() + " has let go of " + provider + "; the cluster is as it was"
        : options.name() + " is down; its logs: " + run.logs();
  }
}
