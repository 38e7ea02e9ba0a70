package dev.shirube.verify.shell;

import dev.shirube.verify.shell.CommandLine.Job;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Commands that run beside those that follow, until they end, are stopped or the scenario ends. */
public final class BackgroundCommand {
  private static final Duration POLL = Duration.ofMillis(20);

  /** What became of waiting. */
  public enum Readiness {
    READY,
    ENDED,
    TIMED_OUT
  }

  private final Execution execution;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private BackgroundCommand(Execution execution) {
    this.execution = execution;
  }

  static BackgroundCommand start(Execution execution, List<Job> jobs) {
    BackgroundCommand command = new BackgroundCommand(execution);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                command.exit.complete(execution.run(jobs));
              } catch (Throwable e) {
                command.exit.completeExceptionally(e);
              }
            });
    execution.processId(); // has been started when this returns
    return command;
  }

  /** Its process id as the page knows it; empty where it ended at once. */
  public OptionalLong processId() {
    return execution.processId();
  }

  /** Whether it has not ended. */
  public boolean running() {
    return !exit.isDone();
  }

  /** Its exit code, 128 + n where signal n ended it; empty while it runs. */
  public OptionalInt exitCode() {
    return exit.isDone() ? OptionalInt.of(exit.join()) : OptionalInt.empty();
  }

  /** What it has printed so far, as a terminal would show it. */
  public String output() {
    return execution
        .output()
        .text(Output.Stream.TERMINAL, Output.Stream.STANDARD, Output.Stream.ERRORS);
  }

  /** Waits for {@code part} in its output. */
  public Readiness awaitOutput(String part, Duration timeout) {
    return await(() -> output().contains(part), timeout);
  }

  /** Waits until something accepts connections at the port of loopback. */
  public Readiness awaitPort(int port, Duration timeout) {
    return await(() -> accepts(port), timeout);
  }

  /** Waits for its end; {@code ENDED} where it came in time. */
  public Readiness awaitEnd(Duration timeout) {
    try {
      exit.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return Readiness.ENDED;
    } catch (TimeoutException e) {
      return Readiness.TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while a command was waited for", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new ShellException("a command in the background failed to run", e);
    }
  }

  private Readiness await(BooleanSupplier ready, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      boolean ended = !running(); // before looking: what it printed last counts
      if (ready.getAsBoolean()) {
        return Readiness.READY;
      }
      if (ended) {
        return Readiness.ENDED;
      }
      if (System.nanoTime() > deadline) {
        return Readiness.TIMED_OUT;
      }
      awaitEnd(POLL);
    }
  }

  private static boolean accepts(int port) {
    for (String host : List.of("127.0.0.1", "::1")) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), 200);
        return true;
      } catch (IOException e) {
        // Not yet; or only on the other of the two.
      }
    }
    return false;
  }

  /** Ends it with SIGTERM, and with SIGKILL where that does not help. */
  public void stop() {
    execution.stop(false);
  }

  /** Ends it as Ctrl-C does. */
  public void interrupt() {
    execution.stop(true);
  }
}
