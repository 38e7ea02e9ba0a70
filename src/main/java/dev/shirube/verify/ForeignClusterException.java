package dev.shirube.verify;

/** The cluster is not one that was marked for tests: nothing may be changed there. */
public final class ForeignClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ForeignClusterException(String message) {
    super(message);
  }
}
