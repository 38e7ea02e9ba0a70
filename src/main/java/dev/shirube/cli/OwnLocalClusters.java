package dev.shirube.cli;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterStart;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterChoice;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.testcluster.provider.ProviderName;
import dev.shirube.verify.Cluster;
import dev.shirube.verify.ClusterUnavailableException;
import dev.shirube.verify.NodeCommands;
import dev.shirube.verify.OwnClusters;
import dev.shirube.verify.Watchdog;
import dev.shirube.verify.shell.AnsweredProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Clusters of this machine's processes, each in a run folder beside that of the request. */
final class OwnLocalClusters implements OwnClusters {

  /** Pages show what readers see, who start a cluster without a name. */
  private static final String NAME = "default";

  /** What a terminal takes for colours and the like (ECMA-48, control sequences). */
  private static final String CONTROL_SEQUENCE = "\u001b\\[[0-9;]*[A-Za-z]";

  private final ClusterRequest request;
  private final Function<TestCluster, Cluster> opener;
  private final AtomicInteger started = new AtomicInteger();

  private OwnLocalClusters(ClusterRequest request, Function<TestCluster, Cluster> opener) {
    this.request = request;
    this.opener = opener;
  }

  /**
   * For the scenarios that are not proven on a cluster.
   *
   * @param choice that cluster
   * @param opener asks a cluster
   */
  static OwnClusters beside(
      ClusterChoice choice, ClusterRequest request, Function<TestCluster, Cluster> opener) {
    TestCluster shared = choice.cluster().orElseThrow();
    if (choice.provider().kind() != ProviderName.Kind.LOCAL || shared.tier() != Tier.NODE) {
      return OwnClusters.none(
          "it needs a cluster of its own, which only \"--cluster local --tier node\" starts; this"
              + " is "
              + choice.provider()
              + ", tier "
              + shared.tier().id());
    }
    if (!request.binaries().kubernetes().equals(shared.kubernetesVersion())) {
      // Receipts name one version a run.
      return OwnClusters.none(
          "it needs a cluster of its own, which is Kubernetes %s, not %s; add --kubernetes %s"
              .formatted(
                  request.binaries().kubernetes(),
                  shared.kubernetesVersion(),
                  shared.kubernetesVersion()));
    }
    return new OwnLocalClusters(request, opener);
  }

  @Override
  public Optional<String> whyNone() {
    return Optional.empty();
  }

  @Override
  public OwnCluster start(int nodes) {
    Path shared = request.run().path();
    RunFolder run =
        new RunFolder(
            shared.resolveSibling(
                shared.getFileName()
                    + "-own-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + started.incrementAndGet()));
    // Before it is started: what is killed in the middle is ended too.
    Watchdog watchdog = Watchdog.over(removalOf(run));
    Optional<LocalCluster> cluster = Optional.empty();
    try {
      cluster =
          Optional.of(
              ClusterStart.start(
                  run,
                  new ClusterStart.Settings(NAME, Tier.NODE, nodes, request.patience()),
                  request.binaries(),
                  step -> {}));
      return new Own(cluster.get(), opener.apply(cluster.get()), watchdog);
    } catch (ClusterException | ClusterUnavailableException | UncheckedIOException e) {
      cluster.ifPresent(LocalCluster::close);
      watchdog.close();
      throw new ClusterUnavailableException(
          "the page's own cluster cannot be used: " + e.getMessage(), e);
    }
  }

  /** The commands that end the cluster of a run folder, and remove the folder. */
  private static List<String> removalOf(RunFolder run) {
    return Stream.concat(
            Stream.of("/bin/sh", "-c", "\"$@\" && rm -rf --one-file-system -- \"$0\""),
            Stream.concat(Stream.of(run.path().toString()), ProofRun.endOf(run).stream()))
        .toList();
  }

  private static final class Own implements OwnCluster {

    private final LocalCluster local;
    private final Cluster api;
    private final Watchdog watchdog;

    private Own(LocalCluster local, Cluster api, Watchdog watchdog) {
      this.local = local;
      this.api = api;
      this.watchdog = watchdog;
    }

    @Override
    public Cluster cluster() {
      return api;
    }

    /** The command itself, on the run folder of this cluster alone. */
    @Override
    public AnsweredProgram shirube() {
      return (arguments, said) -> {
        if (!NodeCommands.areAllowed(arguments)) {
          said.accept("shirube: not on a page\n");
          return ExitCode.USAGE;
        }
        List<String> words = new ArrayList<>(arguments);
        words.addAll(List.of("--run", local.run().path().toString()));
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int exitCode = Main.run(writer, writer, words.toArray(String[]::new));
        writer.flush();
        said.accept(text.toString().replaceAll(CONTROL_SEQUENCE, ""));
        return exitCode;
      };
    }

    @Override
    public void close() {
      try {
        api.close();
        local.close();
        Command.of(List.of("rm", "-rf", "--one-file-system", "--", local.run().path().toString()))
            .run();
        watchdog.close();
      } catch (ClusterException | UncheckedIOException e) {
        // What was proven stays proven; the watchdog tries once more when this process ends.
      }
    }
  }
}
