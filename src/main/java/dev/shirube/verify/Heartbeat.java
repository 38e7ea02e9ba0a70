package dev.shirube.verify;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks all the time whether the API server answers. What fails while it does not says nothing of a
 * page: a command cannot tell a server that is away from one that never was.
 */
final class Heartbeat implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Thread thread;

  /** By {@link System#nanoTime()}: the end of the last look that had no answer; 0 for none. */
  private final AtomicLong lastTrouble = new AtomicLong();

  private volatile boolean closed;

  Heartbeat(Cluster cluster) {
    this.cluster = cluster;
    thread = Thread.ofVirtual().start(this::beat);
  }

  private void beat() {
    while (!closed) {
      look();
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean look() {
    boolean ready = cluster.isReady(PATIENCE);
    if (!ready && !closed) {
      lastTrouble.set(System.nanoTime());
    }
    return ready;
  }

  /**
   * Whether the server was away at any time since.
   *
   * @param start by {@link System#nanoTime()}
   */
  boolean wasAwaySince(long start) {
    return !look() || (lastTrouble.get() != 0 && lastTrouble.get() - start > 0);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
