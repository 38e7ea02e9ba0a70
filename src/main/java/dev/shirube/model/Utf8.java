package dev.shirube.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Strict decoding of text files: what is not UTF-8 is refused, never replaced. */
public final class Utf8 {

  private Utf8() {}

  /**
   * Decodes, without a byte order mark and with {@code \n} as line break.
   *
   * @throws CharacterCodingException where the bytes are not UTF-8
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    String text = chars.toString();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** The diagnostic for bytes that {@link #decode} refused, with the line of the first bad byte. */
  public static Diagnostic notUtf8(String displayPath, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true);
    int bad = Math.min(in.position(), bytes.length - 1);
    int line = 1;
    for (int i = 0; i < bad; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return Diagnostic.error(
        "not-utf-8",
        new Location(displayPath, line, 0, null),
        "byte 0x" + HexFormat.of().toHexDigits(bytes[bad]) + " is not UTF-8",
        "text files are read as UTF-8",
        "save the file as UTF-8, e.g. iconv -f SHIFT_JIS -t UTF-8");
  }
}
