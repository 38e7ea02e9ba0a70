package dev.shirube.model;

import java.util.Locale;

/** What became of a snippet. */
public enum Outcome {
  /** It is as the page says. */
  PASSED,
  /** It is not as the page says. */
  FAILED,
  /** The page says that it is not proven, and why. */
  SKIPPED,
  /** It was not tried: one before it failed, or this run cannot do it. */
  NOT_RUN,
  /** It could not be told, as the environment failed: neither passed nor failed. */
  UNDECIDED;

  /** As it is written in reports, e.g. {@code not-run}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
