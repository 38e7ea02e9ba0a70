package dev.shirube.verify;

import dev.shirube.verify.shell.AnsweredProgram;
import java.util.Optional;

/**
 * Starts clusters for scenarios that take nodes away, or change what all scenarios of a cluster
 * share.
 */
public interface OwnClusters {

  /** A cluster of nodes that is one scenario's alone. */
  interface OwnCluster extends AutoCloseable {

    Cluster cluster();

    /** What {@link NodeCommands#PROGRAM} does, with what {@link NodeCommands} allows. */
    AnsweredProgram shirube();

    /** Ends it. Never throws. */
    @Override
    void close();
  }

  /** Why none can be had here; empty where one can. */
  Optional<String> whyNone();

  /**
   * Starts one; may be called by several threads.
   *
   * @param nodes at least 1
   * @throws ClusterUnavailableException where it does not start; nothing is left of it
   */
  OwnCluster start(int nodes);

  /** Where there are none to be had. */
  static OwnClusters none(String why) {
    return new OwnClusters() {
      @Override
      public Optional<String> whyNone() {
        return Optional.of(why);
      }

      @Override
      public OwnCluster start(int nodes) {
        throw new IllegalStateException(why);
      }
    };
  }
}
