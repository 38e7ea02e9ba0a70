package dev.shirube.cli;

import dev.shirube.content.ContentWatch;
import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.WatchedPlan;
import dev.shirube.report.Receipts;
import dev.shirube.testcluster.provider.ClusterRequest;
import dev.shirube.verify.Scenario;
import dev.shirube.verify.Verifier;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Proves pages again whenever they are saved, on a cluster that stays up until the watch is
 * interrupted, and ends then as after any other run.
 */
final class VerifyWatch {

  /** How long an interrupted watch may take to end its cluster. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);

  private final Terminal terminal;
  private final ProofRun proof;
  private final ProofOptions proofs;
  private final Verifier.Settings how;
  private final Predicate<Scenario> wanted;
  private final Set<String> wrong = new HashSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean proving;
  private volatile boolean interrupted;

  /**
   * @param wanted which pages are proven at all
   */
  VerifyWatch(
      Terminal terminal,
      ProofRun proof,
      ProofOptions proofs,
      Verifier.Settings how,
      Predicate<Scenario> wanted) {
    this.terminal = terminal;
    this.proof = proof;
    this.proofs = proofs;
    this.how = how;
    this.wanted = wanted;
  }

  /**
   * Proves what there is to begin with, then what is saved; comes back when it is interrupted.
   *
   * @param files what is watched, since before {@code first} was read
   */
  int run(ContentWatch files, WatchedPlan plans, Plan first, ClusterRequest request) {
    ProofRun.Session session = proof.open(request);
    Thread watcher = Thread.currentThread();
    // Ctrl+C and the end of a terminal come in no other way.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(session, watcher)));
    try {
      if (first.scenarios().isEmpty()) {
        terminal.diagnostics(first.diagnostics());
      } else {
        prove(first, session);
      }
      terminal.line("watching, on " + session.description() + "; Ctrl+C ends it");
      while (!interrupted) {
        SortedSet<Path> saved = files.await();
        long start = System.nanoTime();
        terminal.line("\n" + now() + " " + names(saved));
        try {
          prove(plans.after(saved), session);
        } catch (UncheckedIOException e) {
          terminal.error(String.valueOf(e.getMessage())); // the next save may put it right
        }
        tell(plans, Duration.ofNanos(System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      // That is how a watch ends.
    } finally {
      session.close();
      ended.countDown();
    }
    return ExitCode.OK;
  }

  private void prove(WatchedPlan.Concerned concerned, ProofRun.Session session) {
    wrong.removeAll(concerned.removed());
    Plan plan = concerned.plan().only(wanted);
    if (!plan.scenarios().isEmpty()) {
      prove(plan, session);
      return;
    }
    terminal.diagnostics(plan.diagnostics());
    terminal.line("no snippet is concerned");
  }

  private void prove(Plan plan, ProofRun.Session session) {
    proving = true;
    try {
      Receipts receipts = proofs.receipts().read();
      ProofRun.Run done = session.run(plan, how);
      if (interrupted) {
        return; // the cluster is being ended below it, which says nothing of the pages
      }
      done.keep(plan, receipts, proofs.receipts(), proofs.reports());
      proof.print(done.result());
      wrong.removeAll(plan.pages());
      done.result().snippets().stream()
          .filter(each -> each.outcome() == Outcome.FAILED || each.outcome() == Outcome.UNDECIDED)
          .map(SnippetResult::page)
          .forEach(wrong::add);
    } finally {
      proving = false;
    }
  }

  private void tell(WatchedPlan plans, Duration took) {
    if (!interrupted) {
      SortedSet<String> all = plans.broken();
      all.addAll(wrong);
      terminal.line(
          String.format(Locale.ROOT, "%s %.1f s after the save", now(), took.toMillis() / 1000.0)
              + (all.isEmpty() ? "" : "; wrong: " + String.join(", ", all)));
    }
  }

  private static String names(SortedSet<Path> saved) {
    return saved.first() + (saved.size() > 1 ? " and " + (saved.size() - 1) + " more" : "");
  }

  private static String now() {
    return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** In a hook, so that the process is not gone before the cluster is. */
  private void end(ProofRun.Session session, Thread watcher) {
    interrupted = true;
    try {
      if (!proving) {
        watcher.interrupt();
        if (ended.await(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      // A proof may take minutes to end by itself.
      session.abandon(END_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
