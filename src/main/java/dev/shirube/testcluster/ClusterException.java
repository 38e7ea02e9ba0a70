package dev.shirube.testcluster;

/** A test cluster could not be started, found or stopped; the message says why and what to do. */
public final class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
