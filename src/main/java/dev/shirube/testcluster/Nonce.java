package dev.shirube.testcluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What tells one start of a cluster, or one marking of it, from all others. */
public final class Nonce {

  private static final int BYTES = 16;

  private Nonce() {}

  /** Drawn anew: 32 hexadecimal digits. */
  public static String fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
