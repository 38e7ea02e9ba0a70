package dev.shirube.verify.shell;

import java.util.List;
import java.util.function.Consumer;

/**
 * A program that is no file: the caller answers it, outside of the scenario's enclosure. So it is
 * to do only what a page may do out there.
 */
@FunctionalInterface
public interface AnsweredProgram {

  /**
   * Runs to its end.
   *
   * @param arguments without the program's name; each as the page means it
   * @param said takes what a terminal would show
   * @return the exit code
   */
  int run(List<String> arguments, Consumer<String> said);
}
