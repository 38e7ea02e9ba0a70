package dev.shirube.testcluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A program of the machine that is run to its end, such as {@code ip}. It never outlives this
 * process.
 *
 * @param folder where it runs
 * @param environment the whole of it
 * @param input what it reads from its standard input
 * @param timeout after which it is killed
 * @param tick hears about once a second what it said last
 */
public record Command(
    List<String> words,
    Path folder,
    Map<String, String> environment,
    String input,
    Duration timeout,
    Consumer<String> tick) {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMinutes(10);

  /**
   * What came of it.
   *
   * @param lines of both of its streams, in the order in which they came
   */
  public record Result(int exitCode, List<String> lines) {

    public Result {
      lines = List.copyOf(lines);
    }

    public boolean ok() {
      return exitCode == 0;
    }

    public String output() {
      return String.join("\n", lines);
    }
  }

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** A program with the environment of this process and messages in English. */
  public static Command of(String... words) {
    return of(List.of(words));
  }

  /** The same. */
  public static Command of(List<String> words) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("LC_ALL", "C");
    return new Command(words, Path.of("").toAbsolutePath(), environment, "", SOON, line -> {});
  }

  public Command in(Path folder) {
    return new Command(words, folder, environment, input, timeout, tick);
  }

  public Command withEnvironment(Map<String, String> environment) {
    return new Command(words, folder, environment, input, timeout, tick);
  }

  public Command withInput(String input) {
    return new Command(words, folder, environment, input, timeout, tick);
  }

  public Command within(Duration timeout) {
    return new Command(words, folder, environment, input, timeout, tick);
  }

  public Command telling(Consumer<String> tick) {
    return new Command(words, folder, environment, input, timeout, tick);
  }

  /** Runs it; throws what it printed where it fails. */
  public void run() {
    Result result = result();
    if (!result.ok()) {
      throw new ClusterException(
          "\"" + String.join(" ", words) + "\" failed: " + result.output().strip());
    }
  }

  /**
   * Runs it.
   *
   * @throws UncheckedIOException where it cannot be started
   */
  public Result result() {
    Process process = start();
    // Go keeps compiling when its parent has gone, and would be in the way of the next install.
    Thread hook = new Thread(() -> kill(process));
    addHook(hook);
    try {
      ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
      AtomicReference<String> last = new AtomicReference<>("");
      Thread reader = Thread.ofVirtual().start(() -> read(process, lines, last));
      if (!input.isEmpty()) {
        write(process);
      }
      long deadline = System.nanoTime() + timeout.toNanos();
      while (!process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        tick.accept(last.get());
        if (System.nanoTime() > deadline) {
          kill(process);
        }
      }
      reader.join(TICK); // what it started may hold its streams open
      return new Result(process.exitValue(), List.copyOf(lines));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while " + words.getFirst() + " ran", e);
    } finally {
      kill(process);
      removeHook(hook);
    }
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    if (input.isEmpty()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private void write(Process process) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended before it had read all; its exit code says whether that is a failure.
    }
  }

  private static void read(
      Process process, ConcurrentLinkedQueue<String> lines, AtomicReference<String> last) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        last.set(line);
      }
    } catch (IOException e) {
      // It was killed; its exit code says so.
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void addHook(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and this program is part of how it cleans up.
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook with it.
    }
  }
}
