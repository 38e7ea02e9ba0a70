package dev.shirube.testcluster.install;

import java.io.IOException;

/**
 * A file could not be downloaded, or not be trusted. The first line of the message says what of
 * which host or address; further lines are figures.
 */
final class DownloadException extends IOException {

  private static final long serialVersionUID = 1;

  DownloadException(String message) {
    super(message);
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
