package dev.shirube.cli;

import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.image.ImageStore;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import dev.shirube.testcluster.local.RunFolder;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long each part may take to be ready (default: 90)")
  private long patience = ClusterStart.PATIENCE.toSeconds();

  @Mixin private BinariesOptions commands = new BinariesOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    String kubernetes = commands.kubernetes(spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    Binaries binaries = Binaries.of(commands.cache(), commands.definitions(), kubernetes);
    RunFolder run = options.run(terminal);
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
        || (commands.namesVersion()
            && !cluster.kubernetesVersion().equals(binaries.kubernetes()))) {
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
            new ClusterStart.Settings(options.name(), tier, nodes, Duration.ofSeconds(patience)),
            binaries,
            step ->
                terminal.line(
                    String.format(
                        Locale.ROOT, "%5.1f s  %s", (System.nanoTime() - begin) / 1e9, step)));
    requireSame(cluster, binaries); // another command may have started it meanwhile
    tell(cluster, terminal);
    if (tier == Tier.NODE && new ImageStore(commands.cache()).images().isEmpty()) {
      terminal.line(
          "there are no images yet, so Pods cannot start; make them with: shirube cluster image");
    }
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
