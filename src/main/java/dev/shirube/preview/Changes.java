package dev.shirube.preview;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets many wait for the next change; whoever was busy meanwhile sees the last one only. */
final class Changes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long number;

  void tell() {
    lock.lock();
    try {
      number++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of the last change. */
  long last() {
    lock.lock();
    try {
      return number;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a change after {@code seen}, but not longer than {@code patience}.
   *
   * @return the number of the last change, which is {@code seen} where there was none
   */
  long await(long seen, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (number == seen && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return number;
    } finally {
      lock.unlock();
    }
  }
}
