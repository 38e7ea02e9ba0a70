package dev.shirube.verify;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what takes its time on a cluster. */
public final class Waiting {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private Waiting() {}

  /**
   * Sleeps.
   *
   * @throws ClusterUnavailableException where it is interrupted, which says nothing of a snippet
   */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailableException("interrupted", e);
    }
  }

  /** Tries again and again until it passes or the time is over; at least once. */
  static Step until(Duration within, Supplier<Step> attempt) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Step step = attempt.get();
      if (step.passed() || System.nanoTime() > end) {
        return step;
      }
      pause(LOOK_EVERY);
    }
  }

  /** Until it is tried again. */
  static void pause() {
    pause(LOOK_EVERY);
  }
}
