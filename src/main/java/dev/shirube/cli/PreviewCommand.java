package dev.shirube.cli;

import dev.shirube.content.ContentWatch;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Severity;
import dev.shirube.pipeline.PreviewBuild;
import dev.shirube.preview.PreviewServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube preview}: the site while it is being written. */
@Command(
    name = "preview",
    description = {
      "Show the site in a browser while you write: each save is there at once, where you were.",
      "What is wrong stands in the page and here. On this machine only; Ctrl+C ends it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube preview",
      "  shirube preview --port 0 --content docs     at any port that is free",
      "  curl 'http://127.0.0.1:4321/api/search?q=ImagePullBackOff&kind=case'"
    })
final class PreviewCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  /** Shorter than for a proof: a file that was half saved is shown whole a moment later. */
  private static final Duration QUIET = Duration.ofMillis(15);

  /** So long nothing is saved before all the rest follows, which takes a second or two. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What was told last, so that it is told once. */
  private List<Diagnostic> told = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "4321",
      description = "where to listen; 0 for any port that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Mixin private SourceOptions source = new SourceOptions();

  @Mixin private ProofOptions proofs = new ProofOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from 0 to " + HIGHEST_PORT + ", not " + port);
    }
    AtomicReference<PreviewBuild> searched = new AtomicReference<>();
    PreviewServer server =
        start(
            port,
            (query, limit, kind) ->
                Optional.ofNullable(searched.get())
                    .flatMap(build -> build.search(query, limit, kind)));
    Path work = Files.createTempDirectory("shirube-preview");
    // Ctrl+C ends the process wherever it is.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, work)));
    try (server;
        ContentWatch watch =
            ContentWatch.over(
                List.of(
                    source.content(), source.theme(), proofs.fixtures(), proofs.receiptsFolder()),
                QUIET);
        PreviewBuild build =
            new PreviewBuild(
                new PreviewBuild.Settings(
                    source.settings(work, work),
                    proofs.verification(),
                    proofs.receipts(),
                    work,
                    server.address().toString()),
                terminal)) {
      searched.set(build);
      show(build.settle(), server, terminal);
      terminal.line("preview: " + server.address() + "   (Ctrl+C ends it)");
      follow(watch, build, server, terminal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delete(work);
    }
    return ExitCode.OK;
  }

  private static PreviewServer start(int port, PreviewServer.Search search) throws IOException {
    try {
      return PreviewServer.start(port, search);
    } catch (BindException e) {
      throw new EnvironmentException(
          """
          cannot listen at 127.0.0.1:%d: %s
            why: another program listens there, maybe another preview
            fix: name another port with --port, or --port 0 for any that is free"""
              .formatted(port, e.getMessage()));
    }
  }

  private void follow(
      ContentWatch watch, PreviewBuild build, PreviewServer server, Terminal terminal)
      throws InterruptedException {
    try (Settling settling = new Settling(build, server, terminal)) {
      while (true) {
        Collection<Path> changed = watch.await();
        PreviewBuild.Update update = build.update();
        show(update, server, terminal);
        terminal.line(
            String.format(
                Locale.ROOT,
                "%s%s: %s, %d ms",
                changed.iterator().next(),
                changed.size() > 1 ? " and " + (changed.size() - 1) + " more" : "",
                summary(update.problems()),
                update.took().toMillis()));
        settling.ask();
      }
    }
  }

  private synchronized void show(
      PreviewBuild.Update update, PreviewServer server, Terminal terminal) {
    server.show(
        update.files(),
        List.of(source.content(), source.theme(), proofs.receiptsFolder()),
        update.problems());
    if (!update.problems().equals(told)) {
      terminal.diagnostics(update.problems());
      if (update.problems().isEmpty()) {
        terminal.line("all is right again");
      }
      told = update.problems();
    }
  }

  private static String summary(List<Diagnostic> problems) {
    long errors = problems.stream().filter(each -> each.severity() == Severity.ERROR).count();
    long warnings = problems.size() - errors;
    return errors > 0
        ? errors + (errors == 1 ? " error" : " errors") + ", the last good page stays"
        : warnings > 0 ? warnings + (warnings == 1 ? " warning" : " warnings") : "shown";
  }

  private static void end(PreviewServer server, Path work) {
    server.close();
    delete(work);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // It lies among the machine's temporary files.
    }
  }

  /** Brings up to date what can wait: all that quotes a page, the proofs, the search. */
  private final class Settling implements AutoCloseable {
    private final Thread thread;
    private final Semaphore asked = new Semaphore(1);

    Settling(PreviewBuild build, PreviewServer server, Terminal terminal) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .name("settling")
              .start(
                  () -> {
                    try {
                      while (true) {
                        asked.acquire();
                        while (asked.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                          asked.drainPermits(); // the writer is still writing
                        }
                        show(build.settle(), server, terminal);
                        build.index().ifPresent(server::showSearch);
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }

    void ask() {
      asked.release();
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
