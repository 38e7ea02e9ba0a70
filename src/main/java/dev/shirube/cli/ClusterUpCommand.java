package dev.shirube.cli;

import dev.shirube.testcluster.Binaries;
import dev.shirube.testcluster.ClusterStart;
import dev.shirube.testcluster.LocalCluster;
import dev.shirube.testcluster.LocalCluster.Finding;
import dev.shirube.testcluster.RunFolder;
import dev.shirube.testcluster.Tier;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube cluster up}: starts a cluster that outlives the command. */
@Command(
    name = "up",
    description = "Start a cluster and wait until it can be used.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Tiers:",
      "  apiserver   etcd, API server and controllers on loopback; no root, no Pods that run",
      "  node        nodes too, each in Linux namespaces of its own; needs root",
      "",
      "Examples:",
      "  shirube cluster up",
      "  shirube cluster up --tier node --nodes 2",
      "  shirube cluster up --kubernetes 1.36 --name older"
    })
final class ClusterUpCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "apiserver",
      description = "apiserver or node (default: ${DEFAULT-VALUE})")
  private Tier tier = Tier.APISERVER;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many, with --tier node (default: ${DEFAULT-VALUE})")
  private int nodes = 1;

  @Option(
      names = "--kubernetes",
      paramLabel = "1.X",
      description =
          "a minor version that is installed, or one of its patches (default: the newest)")
  private @Nullable String kubernetes;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where its commands are (default: shirube/cluster in the user's cache folder)")
  private @Nullable Path cache;

  @Option(
      names = "--definitions",
      hidden = true,
      defaultValue = "${sys:shirube.home:-.}/verify/cluster")
  private Path definitions = Path.of("verify/cluster");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    if (kubernetes != null && !kubernetes.matches("1\\.\\d+(\\.\\d+)?")) {
      throw new ParameterException(
          spec.commandLine(), "--kubernetes is a version such as 1.36, not \"" + kubernetes + "\"");
    }
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    Binaries binaries =
        Binaries.of(
            cache == null ? Binaries.defaultCache() : cache,
            definitions.normalize(),
            kubernetes == null ? Binaries.newest(definitions) : kubernetes);
    RunFolder run = options.run();
    switch (LocalCluster.find(run)) {
      case Finding.Up up -> {
        LocalCluster cluster = up.cluster();
        requireSame(cluster, binaries);
        terminal.line(cluster.name() + " is up already");
        tell(cluster, terminal);
      }
      case Finding.Died died -> {
        terminal.line(ClusterOptions.died(died.how(), run));
        start(run, binaries, terminal);
      }
      case Finding.Down down -> start(run, binaries, terminal);
    }
    return ExitCode.OK;
  }

  private void requireSame(LocalCluster cluster, Binaries binaries) {
    int wanted = tier == Tier.NODE ? nodes : 0;
    if (cluster.tier() != tier
        || cluster.nodes().size() != wanted
        || (kubernetes != null && !cluster.kubernetesVersion().equals(binaries.kubernetes()))) {
      throw new EnvironmentException(
          "another cluster is up in "
              + cluster.run().path()
              + ": "
              + description(cluster)
              + "\n  fix: end it with \"shirube cluster down\", or give this one a --name");
    }
  }

  private void start(RunFolder run, Binaries binaries, Terminal terminal) {
    long begin = System.nanoTime();
    terminal.at("starting Kubernetes " + binaries.kubernetes(), 0, 1);
    LocalCluster cluster =
        ClusterStart.start(
            run,
            new ClusterStart.Settings(options.name(), tier, nodes),
            binaries,
            step ->
                terminal.line(
                    String.format(
                        Locale.ROOT, "%5.1f s  %s", (System.nanoTime() - begin) / 1e9, step)));
    tell(cluster, terminal);
  }

  private static void tell(LocalCluster cluster, Terminal terminal) {
    terminal.line(description(cluster));
    terminal.line("kubeconfig: " + cluster.kubeconfig() + "   (context " + cluster.context() + ")");
  }

  /** For example {@code Kubernetes 1.37.2, tier node, 2 nodes}. */
  static String description(LocalCluster cluster) {
    int nodes = cluster.nodes().size();
    return "Kubernetes "
        + cluster.kubernetesVersion()
        + ", tier "
        + cluster.tier().id()
        + (nodes == 0 ? "" : ", " + nodes + (nodes == 1 ? " node" : " nodes"));
  }
}
