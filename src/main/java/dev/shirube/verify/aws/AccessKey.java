package dev.shirube.verify.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * What a principal signs with.
 *
 * @param sessionToken of a key that an assumed role got
 * @param expires the end of such a key
 */
record AccessKey(
    String id,
    String secret,
    Optional<String> sessionToken,
    Optional<Instant> expires,
    Principal principal) {

  /** Not the secrets. */
  @Override
  public String toString() {
    return id;
  }
}
