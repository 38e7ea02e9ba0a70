package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.TokenWebhook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A cluster of processes on this machine, which outlive the command that starts them. */
public final class LocalCluster implements TestCluster {

  private final RunFolder run;
  private ClusterState state;

  LocalCluster(RunFolder run, ClusterState state) {
    this.run = run;
    this.state = state;
  }

  /** What there is in a run folder. */
  public sealed interface Finding {

    /** A cluster of which every part runs. */
    record Up(LocalCluster cluster) implements Finding {}

    /**
     * A cluster was there, but a part of it had died; the rest is gone now too.
     *
     * @param how what died, with its last log lines
     */
    record Died(String how) implements Finding {}

    /** No cluster. */
    record Down() implements Finding {}
  }

  /**
   * Looks for a cluster; ends one that is not whole, also where the files that tell of it were
   * deleted while it ran.
   */
  public static Finding find(RunFolder run) {
    if (!run.exists()) {
      if (ClusterProcesses.noncesOf(run).isEmpty()) {
        return new Finding.Down();
      }
      run.create();
    }
    return run.locked(() -> findLocked(run));
  }

  static Finding findLocked(RunFolder run) {
    Optional<ClusterState> state = Optional.empty();
    String lost = "files of it were deleted from " + run.path();
    boolean damaged = false;
    try {
      state = run.state();
    } catch (ClusterException e) {
      lost = String.valueOf(e.getMessage());
      damaged = true;
    }
    if (state.isPresent()) {
      return inspect(run, state.get());
    }
    Set<String> nonces = ClusterProcesses.noncesOf(run);
    if (nonces.isEmpty() && !damaged && !run.hasHosts()) {
      return new Finding.Down();
    }
    nonces.forEach(LocalCluster::removeFromMachine);
    run.clear();
    return new Finding.Died(lost);
  }

  private static Finding inspect(RunFolder run, ClusterState state) {
    List<PartHealth> health = ClusterHealth.of(state, run);
    String died = ClusterHealth.whatDied(health);
    if (!state.complete()) {
      died = "its start was interrupted" + (died.isEmpty() ? "" : "\n" + died);
    }
    if (died.isEmpty()) {
      return new Finding.Up(new LocalCluster(run, state));
    }
    String full = DiskSpace.whyFull(run.path(), died);
    remove(run, state.nonce());
    return new Finding.Died(died + full);
  }

  /** Ends what is left of a cluster, in whatever state it is. */
  static void remove(RunFolder run, String nonce) {
    removeFromMachine(nonce);
    if (!run.tellsOfAnother(nonce)) {
      run.clear();
    }
  }

  private static void removeFromMachine(String nonce) {
    new ClusterProcesses(nonce).kill();
    String id = ClusterState.id(nonce);
    // The kernel takes its time with the interface.
    CompletableFuture<Void> network = CompletableFuture.runAsync(new ClusterNetwork(id)::remove);
    new Cgroups(id).remove();
    network.join();
  }

  public RunFolder run() {
    return run;
  }

  public String name() {
    return state.name();
  }

  @Override
  public Path kubeconfig() {
    return run.kubeconfig();
  }

  @Override
  public String context() {
    return context(state.name());
  }

  /** The context of a cluster that Shirube starts. */
  public static String context(String name) {
    return "shirube-" + name;
  }

  @Override
  public String kubernetesVersion() {
    return state.kubernetes();
  }

  @Override
  public Tier tier() {
    return state.tier();
  }

  @Override
  public List<String> nodes() {
    return state.nodes();
  }

  /** The nodes that were stopped and not started again. */
  public List<String> stoppedNodes() {
    return state.stopped();
  }

  @Override
  public String nonce() {
    return state.nonce();
  }

  /** Empty for a cluster that an older version has started. */
  @Override
  public Optional<TokenWebhook> tokenWebhook() {
    return WebhookIdentity.read(run.host(ClusterState.CONTROL_PLANE));
  }

  /** How each part is now. */
  public List<PartHealth> health() {
    return ClusterHealth.of(state, run);
  }

  /** Takes a node away as a power failure does. */
  public void stopNode(String node) {
    requireNode(node);
    state =
        run.locked(
            () -> {
              ClusterState now = current();
              if (now.stopped().contains(node)) {
                throw new ClusterException(node + " is stopped already");
              }
              ClusterState stopped = now.withStopped(node);
              run.save(stopped);
              new Hosts(run, stopped).stop(node);
              return stopped;
            });
  }

  /** Brings a stopped node back and waits until it is ready; where that fails, it is stopped. */
  public void startNode(String node) {
    requireNode(node);
    state =
        run.locked(
            () -> {
              ClusterState now = current();
              if (!now.stopped().contains(node)) {
                throw new ClusterException(node + " runs already");
              }
              return ClusterStart.startNode(run, now, node);
            });
  }

  /** The state as it is now: other commands may have worked on the cluster. */
  private ClusterState current() {
    return run.state()
        .filter(now -> now.nonce().equals(state.nonce()))
        .orElseThrow(
            () -> new ClusterException("the cluster in " + run.path() + " is not up any more"));
  }

  private void requireNode(String node) {
    if (!nodes().contains(node)) {
      throw new ClusterException(
          "no node " + node + "; there " + (nodes().isEmpty() ? "is none" : "are " + nodes()));
    }
  }

  @Override
  public void close() {
    run.create(); // it may have been deleted by hand
    run.locked(
        () -> {
          remove(run, state.nonce());
          return state;
        });
  }
}
