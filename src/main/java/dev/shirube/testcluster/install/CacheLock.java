package dev.shirube.testcluster.install;

import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps two installs from writing into one cache; the system ends it with its process. */
public final class CacheLock {

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What is done under the lock. */
  public interface Work<T> {
    T run() throws IOException;
  }

  private CacheLock() {}

  /**
   * Waits for the lock, works, and gives it back.
   *
   * @param waiting runs again and again while another has the lock
   */
  public static <T> T holding(Path cache, Runnable waiting, Work<T> work) throws IOException {
    Files.createDirectories(cache);
    try (FileChannel channel =
        FileChannel.open(
            cache.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (lock(channel) == null) {
        waiting.run();
        Thread.sleep(PAUSE);
      }
      return work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while another install was running", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process has it
    }
  }
}
