package dev.shirube.cli;

import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.testcluster.provider.ProviderName;
import dev.shirube.verify.Verifier;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say on which cluster snippets are proven, and how. */
final class ProofClusterOptions {

  @Option(
      names = "--cluster",
      paramLabel = "WHICH",
      defaultValue = "auto",
      converter = ProviderConverter.class,
      description = "auto, local, k3s, context:NAME or none (default: ${DEFAULT-VALUE})")
  private ProviderName provider = ProviderName.AUTO;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "verify",
      description =
          "the cluster of \"shirube cluster up --name NAME\" if it is up, else one that is started"
              + " for this run (default: ${DEFAULT-VALUE})")
  private String name = "verify";

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "node",
      description = "the least that will do: apiserver or node (default: ${DEFAULT-VALUE})")
  private Tier tier = Tier.NODE;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "4",
      description = "how many pages at a time (default: ${DEFAULT-VALUE})")
  private int jobs = 4;

  @Option(names = "--fail-fast", description = "start no other page once one has failed")
  private boolean failFast;

  @Mixin private BinariesOptions commands = new BinariesOptions();

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  Verifier.Settings settings() {
    return new Verifier.Settings(Math.max(1, jobs), failFast);
  }

  ClusterRequest request(CommandSpec spec, Terminal terminal) {
    String kubernetes = commands.kubernetes(spec);
    RunFolder folder = RunFolder.ofName(name);
    return new ClusterRequest(
        provider,
        name,
        tier,
        1,
        commands.namesVersion() ? Optional.of(kubernetes) : Optional.empty(),
        Binaries.of(commands.cache(), commands.definitions(), kubernetes),
        folder.telling(
            () -> terminal.line("waiting for another command that works on " + folder.path())),
        ClusterStart.PATIENCE,
        kubeconfig.file());
  }
}
