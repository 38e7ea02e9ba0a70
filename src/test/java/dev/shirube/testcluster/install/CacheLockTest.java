package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {

  @TempDir Path cache = Path.of("unset");

  @Test
  @Timeout(30)
  void theSecondWaitsUntilTheFirstIsDone() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    assertEquals(
                        1,
                        hold(
                            () -> {},
                            () -> {
                              held.countDown();
                              await(waits);
                              events.add("first ends");
                              return 1;
                            })));
    held.await();
    assertEquals(
        2,
        hold(
            waits::countDown,
            () -> {
              events.add("second begins");
              return 2;
            }));
    first.join();
    assertEquals(List.of("first ends", "second begins"), events);
  }

  private int hold(Runnable waiting, CacheLock.Work<Integer> work) {
    try {
      return CacheLock.holding(cache, waiting, work);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
