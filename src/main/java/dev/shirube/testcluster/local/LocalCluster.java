package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import java.nio.file.Path;
import java.util.List;
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

  /** Looks for a cluster; ends one that is not whole. */
  public static Finding find(RunFolder run) {
    if (!run.exists()) {
      return new Finding.Down();
    }
    return run.locked(
        () -> run.state().map(state -> inspect(run, state)).orElseGet(Finding.Down::new));
  }

  private static Finding inspect(RunFolder run, ClusterState state) {
    String died =
        state.complete()
            ? ClusterHealth.whatDied(ClusterHealth.of(state, run))
            : "its start was interrupted";
    if (died.isEmpty()) {
      return new Finding.Up(new LocalCluster(run, state));
    }
    remove(run, state);
    return new Finding.Died(died);
  }

  /** Ends what is left of a cluster, in whatever state it is. */
  static void remove(RunFolder run, ClusterState state) {
    new ClusterProcesses(state.nonce()).kill();
    if (state.tier() == Tier.NODE) {
      // The kernel takes its time with the interface.
      CompletableFuture<Void> network =
          CompletableFuture.runAsync(new ClusterNetwork(state.id())::remove);
      new Cgroups(state.id()).remove();
      run.removeHosts();
      network.join();
    } else {
      run.removeHosts();
    }
    run.forget();
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
              if (state.stopped().contains(node)) {
                throw new ClusterException(node + " is stopped already");
              }
              ClusterState stopped = state.withStopped(node);
              run.save(stopped);
              new Hosts(run, stopped).stop(node);
              return stopped;
            });
  }

  /** Brings a stopped node back and waits until it is ready. */
  public void startNode(String node) {
    requireNode(node);
    state =
        run.locked(
            () -> {
              if (!state.stopped().contains(node)) {
                throw new ClusterException(node + " runs already");
              }
              return ClusterStart.startNode(run, state, node);
            });
  }

  private void requireNode(String node) {
    if (!nodes().contains(node)) {
      throw new ClusterException(
          "no node " + node + "; there " + (nodes().isEmpty() ? "is none" : "are " + nodes()));
    }
  }

  @Override
  public void close() {
    run.locked(
        () -> {
          remove(run, state);
          return state;
        });
  }
}
