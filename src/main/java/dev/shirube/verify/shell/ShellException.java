package dev.shirube.verify.shell;

/** The machine does not let commands run: an error of the environment, not of the page. */
public final class ShellException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ShellException(String message) {
    super(message);
  }

  ShellException(String message, Throwable cause) {
    super(message, cause);
  }
}
