package dev.shirube.diagnose.live;

/** An API server that is only read from. */
@FunctionalInterface
public interface ReadOnlyApi {

  /**
   * An answer.
   *
   * @param status as HTTP has it
   */
  record Answer(int status, String body) {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * A GET, which is all that there is.
   *
   * @param path with its query, from the root of the server
   */
  Answer get(String path);
}
