package dev.shirube.verify.aws;

/** The double cannot be served on this machine now. */
public final class AwsDoubleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AwsDoubleException(String message, Throwable cause) {
    super(message, cause);
  }
}
