package dev.shirube.testcluster.install;

/** Hears how an install goes. */
public interface InstallProgress {

  /** Called at the start of each step, and about once a second while it lasts. */
  void at(InstallStep step);

  /**
   * Something that people should know though the install goes on, e.g. why a download was refused.
   *
   * @param text one line, or more where figures follow it
   */
  default void note(String text) {}
}
