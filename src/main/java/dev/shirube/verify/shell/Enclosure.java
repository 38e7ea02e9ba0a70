package dev.shirube.verify.shell;

import java.util.List;
import java.util.OptionalLong;

/** Where the commands of one scenario run. Closing it ends all of them. */
sealed interface Enclosure extends AutoCloseable permits Namespaces, OwnSession {

  Confinement confinement();

  /** The words before a program: they bring it into the enclosure, with its limits. */
  List<String> entry();

  /** The scratch folder, as commands see it. */
  String work();

  /** The home folder, as commands see it. */
  String home();

  /** The folder with the allowed programs, as commands see it. */
  String programs();

  /**
   * The process id by which the page knows what {@link #entry} started; empty once it has ended.
   */
  OptionalLong processId(Process started);

  /** Whether commands can still be started. */
  boolean alive();

  @Override
  void close();
}
