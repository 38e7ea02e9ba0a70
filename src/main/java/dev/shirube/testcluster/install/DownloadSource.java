package dev.shirube.testcluster.install;

import java.net.URI;
import java.util.Optional;

/**
 * Where official releases are downloaded from.
 *
 * @param allowed whether anything may be downloaded as a finished command
 * @param mirror stands for all hosts, as {@code MIRROR/HOST/PATH}; empty for the hosts themselves
 */
public record DownloadSource(boolean allowed, Optional<URI> mirror) {

  /** The hosts of the projects themselves. */
  public static final DownloadSource OFFICIAL = new DownloadSource(true, Optional.empty());

  /** No downloads. */
  public static final DownloadSource NONE = new DownloadSource(false, Optional.empty());

  /**
   * A server that has copies.
   *
   * @throws IllegalArgumentException where that is no address of a server, {@code http} or {@code
   *     https}
   */
  public static DownloadSource mirror(URI mirror) {
    String scheme = String.valueOf(mirror.getScheme());
    if (!scheme.matches("https?") || mirror.getHost() == null || mirror.getRawQuery() != null) {
      throw new IllegalArgumentException(mirror + " is no address of a server");
    }
    return new DownloadSource(true, Optional.of(mirror));
  }

  /** Where a file of an official host is asked for. */
  URI address(URI official) {
    return mirror
        .map(
            server ->
                URI.create(
                    server.toString().replaceFirst("/+$", "")
                        + "/"
                        + official.getRawAuthority()
                        + official.getRawPath()))
        .orElse(official);
  }
}
