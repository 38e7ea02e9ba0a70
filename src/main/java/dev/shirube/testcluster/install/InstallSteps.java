package dev.shirube.testcluster.install;

import java.time.Duration;

/** Where an install is, passed on to who wants to know. */
final class InstallSteps {

  private final InstallProgress progress;
  private final long start = System.nanoTime();
  private InstallStep step = new InstallStep("", 0, 0, Duration.ZERO, "");

  InstallSteps(InstallProgress progress) {
    this.progress = progress;
  }

  /** A step begins that is not counted. */
  void at(String what) {
    at(what, 0, 0);
  }

  /** A step begins. */
  void at(String what, int number, int total) {
    step = new InstallStep(what, number, total, Duration.ZERO, "");
    tick("");
  }

  /** The step goes on. */
  void tick(String detail) {
    progress.at(
        new InstallStep(
            step.what(),
            step.number(),
            step.total(),
            Duration.ofNanos(System.nanoTime() - start),
            detail.strip()));
  }

  void note(String text) {
    progress.note(text);
  }
}
