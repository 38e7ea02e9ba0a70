package dev.shirube.cli;

/** Something that the command needs is not there; the message says what, and what to do. */
final class EnvironmentException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EnvironmentException(String message) {
    super(message);
  }
}
