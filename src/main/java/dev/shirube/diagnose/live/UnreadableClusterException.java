package dev.shirube.diagnose.live;

/** A cluster does not answer, or does not let itself be read. */
public final class UnreadableClusterException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UnreadableClusterException(String message) {
    super(message);
  }

  public UnreadableClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
