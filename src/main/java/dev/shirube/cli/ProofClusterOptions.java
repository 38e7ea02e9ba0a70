package dev.shirube.cli;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterProviders.Finding;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.testcluster.provider.ProviderName;
import dev.shirube.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
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

  @Option(
      names = "--kubernetes",
      paramLabel = "1.X",
      split = ",",
      description =
          "a minor version, or one of its patches; can be repeated: one is proven after the other"
              + " (default: those that the site demands and that are installed, else the newest)")
  private List<String> versions = List.of();

  @Mixin private CacheOptions commands = new CacheOptions();

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  Verifier.Settings settings() {
    return new Verifier.Settings(Math.max(1, jobs), failFast);
  }

  /**
   * The clusters to prove on, one after the other: at least one.
   *
   * @param demanded the versions that count where none is asked for, the newest first
   */
  List<ClusterRequest> requests(
      List<KubernetesMinor> demanded, CommandSpec spec, Terminal terminal) {
    if (!versions.isEmpty()) {
      return versions.stream()
          .map(version -> CacheOptions.version(version, spec))
          .distinct()
          .map(version -> request(Optional.of(version), terminal))
          .toList();
    }
    if (provider.kind() == ProviderName.Kind.NONE && !demanded.isEmpty()) {
      return demanded.stream()
          .map(minor -> request(Optional.of(minor.toString()), terminal))
          .toList();
    }
    ClusterRequest any = request(Optional.empty(), terminal);
    if (!mayBeStarted() || ClusterProviders.find(any.run()) instanceof Finding.Up) {
      return List.of(any); // it is of the version that it is of
    }
    List<ClusterRequest> installed = new ArrayList<>();
    for (KubernetesMinor minor : demanded) {
      ClusterRequest request = request(Optional.of(minor.toString()), terminal);
      if (request.binaries().missing(tier).isEmpty()) {
        installed.add(request);
      } else {
        terminal.line(
            "Kubernetes %1$s is demanded and not installed: shirube cluster install --kubernetes %1$s"
                .formatted(minor));
      }
    }
    return installed.isEmpty() ? List.of(any) : List.copyOf(installed);
  }

  /** Whether it is for this machine to choose a version. */
  private boolean mayBeStarted() {
    return switch (provider.kind()) {
      case AUTO, LOCAL -> true;
      case K3S, CONTEXT, NONE -> false;
    };
  }

  private ClusterRequest request(Optional<String> version, Terminal terminal) {
    RunFolder folder = RunFolder.ofName(name);
    return new ClusterRequest(
        provider,
        name,
        tier,
        1,
        version,
        Binaries.of(
            commands.cache(),
            commands.definitions(),
            version.orElseGet(() -> Binaries.newest(commands.definitions()))),
        folder.telling(
            () -> terminal.line("waiting for another command that works on " + folder.path())),
        ClusterStart.PATIENCE,
        kubeconfig.file());
  }
}
