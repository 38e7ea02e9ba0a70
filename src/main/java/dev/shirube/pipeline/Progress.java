package dev.shirube.pipeline;

/** Hears how far a long command has come. */
public interface Progress {

  /**
   * Some part of the work has been done.
   *
   * @param what what is being done, e.g. {@code converting}
   * @param done pieces done so far
   * @param total pieces in all
   */
  void at(String what, int done, int total);
}
