package dev.shirube.cli;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.image.ImageStore;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.provider.ClusterChoice;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.testcluster.provider.PassedOver;
import dev.shirube.testcluster.provider.ProviderName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shirube cluster up}: starts a cluster that outlives the command, or takes one up. */
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
      "Providers:",
      "  local          processes of this machine, from \"shirube cluster install\"",
      "  k3s            a container of k3s; needs Docker",
      "  context:NAME   a cluster of yours, once \"shirube cluster mark\" allows it",
      "  auto           the first that works of local and k3s; tells why others do not",
      "  none           no cluster: the schema tier is all there is",
      "",
      "Examples:",
      "  shirube cluster up",
      "  shirube cluster up --tier node --nodes 2",
      "  shirube cluster up --kubernetes 1.36 --name older",
      "  shirube cluster up --provider auto --tier node",
      "  shirube cluster up --provider context:kind-tests --name kind"
    })
final class ClusterUpCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      defaultValue = "local",
      converter = ProviderConverter.class,
      description = "where it comes from, see below (default: ${DEFAULT-VALUE})")
  private ProviderName provider = ProviderName.LOCAL;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "apiserver",
      description = "the least that will do: apiserver or node (default: ${DEFAULT-VALUE})")
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

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    String kubernetes = commands.kubernetes(spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    long begin = System.nanoTime();
    terminal.at("looking for a cluster", 0, 1);
    ClusterChoice choice =
        ClusterProviders.open(
            new ClusterRequest(
                provider,
                options.name(),
                tier,
                nodes,
                commands.namesVersion() ? Optional.of(kubernetes) : Optional.empty(),
                Binaries.of(commands.cache(), commands.definitions(), kubernetes),
                options.run(terminal),
                Duration.ofSeconds(patience),
                kubeconfig.file()),
            step ->
                terminal.line(
                    String.format(
                        Locale.ROOT, "%5.1f s  %s", (System.nanoTime() - begin) / 1e9, step)));
    for (PassedOver each : choice.passedOver()) {
      terminal.line(each.provider() + " was passed over: " + each.reason());
    }
    // It is not closed: that would end it.
    return choice
        .cluster()
        .map(cluster -> tell(choice, cluster, terminal))
        .orElseGet(() -> tellNone(terminal));
  }

  private int tell(ClusterChoice choice, TestCluster cluster, Terminal terminal) {
    if (provider.equals(ProviderName.AUTO)) {
      terminal.line("took " + choice.provider());
    }
    if (choice.found()) {
      terminal.line(options.name() + " is up already");
    }
    terminal.line(cluster.description());
    terminal.line("kubeconfig: " + cluster.kubeconfig() + "   (context " + cluster.context() + ")");
    if (cluster instanceof LocalCluster
        && tier == Tier.NODE
        && new ImageStore(commands.cache()).images().isEmpty()) {
      terminal.line(
          "there are no images yet, so Pods cannot start; make them with: shirube cluster image");
    }
    return ExitCode.OK;
  }

  /** That there is no cluster is a failure, but for those who have asked for none. */
  private int tellNone(Terminal terminal) {
    terminal.line("took none: no cluster is up, the schema tier is all there is");
    return provider.equals(ProviderName.NONE) ? ExitCode.OK : ExitCode.ENVIRONMENT;
  }
}
