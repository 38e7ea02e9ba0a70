package dev.shirube.testcluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Runs a program to its end, with nothing on its standard input. */
final class Subprocess {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** What came of it: its exit code, and the lines of both of its streams. */
  record Result(int exitCode, List<String> lines) {
    boolean ok() {
      return exitCode == 0;
    }
  }

  private final Path folder;
  private final Map<String, String> environment;
  private final Duration timeout;

  /**
   * @param environment the whole of it
   * @param timeout after which the program is killed
   */
  Subprocess(Path folder, Map<String, String> environment, Duration timeout) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.timeout = timeout;
  }

  /** Runs a program that ends soon. */
  Result run(List<String> command) throws IOException {
    return run(command, line -> {});
  }

  /**
   * Runs a program.
   *
   * @param tick hears about once a second what the program said last
   */
  Result run(List<String> command, Consumer<String> tick) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    // Go keeps compiling when its parent has gone, and would be in the way of the next install.
    Thread hook = new Thread(() -> kill(process));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
      AtomicReference<String> last = new AtomicReference<>("");
      Thread reader = Thread.ofVirtual().start(() -> read(process, lines, last));
      long deadline = System.nanoTime() + timeout.toNanos();
      while (!process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        tick.accept(last.get());
        if (System.nanoTime() > deadline) {
          kill(process);
        }
      }
      reader.join(TICK);
      return new Result(process.exitValue(), List.copyOf(lines));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while running " + command.getFirst(), e);
    } finally {
      kill(process);
      removeHook(hook);
    }
  }

  private static void read(
      Process process, ConcurrentLinkedQueue<String> lines, AtomicReference<String> last) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        last.set(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the program was killed; its exit code says so
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook with it.
    }
  }
}
