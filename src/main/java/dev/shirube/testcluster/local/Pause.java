package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import java.time.Duration;

/** Short pauses between looks at something that will be there soon. */
public final class Pause {

  private static final Duration STEP = Duration.ofMillis(20);

  private final Duration step;
  private final long end;

  public Pause(Duration deadline) {
    this(deadline, STEP);
  }

  public Pause(Duration deadline, Duration step) {
    this.step = step;
    end = System.nanoTime() + deadline.toNanos();
  }

  /** Sleeps a little; false when the deadline is over. */
  public boolean next() {
    try {
      Thread.sleep(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
    return System.nanoTime() < end;
  }
}
