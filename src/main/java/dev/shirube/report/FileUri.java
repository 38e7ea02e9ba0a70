package dev.shirube.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Paths of diagnostics as URIs. */
final class FileUri {

  /** What may stand in a path as it is, by RFC 3986; without the colon, which ends a scheme. */
  private static final String PLAIN = "/-._~!$&'()*+,;=@";

  private FileUri() {}

  static boolean isRelative(String file) {
    return !file.startsWith("/");
  }

  /** A relative reference, or {@code file:} and the absolute path. */
  static String of(String file) {
    ByteArrayOutputStream uri = new ByteArrayOutputStream();
    if (!isRelative(file)) {
      uri.writeBytes("file://".getBytes(StandardCharsets.US_ASCII));
    }
    HexFormat hex = HexFormat.of().withUpperCase();
    for (byte b : file.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || PLAIN.indexOf(b) >= 0;
      uri.writeBytes(
          (plain ? Character.toString(b) : "%" + hex.toHexDigits(b))
              .getBytes(StandardCharsets.US_ASCII));
    }
    return uri.toString(StandardCharsets.US_ASCII);
  }
}
