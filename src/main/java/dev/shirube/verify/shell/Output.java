package dev.shirube.verify.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects what commands print, up to a limit. */
final class Output {
  enum Stream {
    STANDARD,
    ERRORS,
    /** Both, in the order in which they were written. */
    TERMINAL
  }

  private record Chunk(Stream stream, byte[] bytes) {}

  private final int limitBytes;
  private final List<Chunk> chunks = new ArrayList<>();
  private long seenBytes;

  Output(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  synchronized void add(Stream stream, byte[] bytes, int length) {
    int kept = (int) Math.max(0, Math.min(length, limitBytes - seenBytes));
    if (kept > 0) {
      byte[] copy = new byte[kept];
      System.arraycopy(bytes, 0, copy, 0, kept);
      chunks.add(new Chunk(stream, copy));
    }
    seenBytes += length;
    notifyAll();
  }

  /** Wakes those who wait for output. */
  synchronized void ended() {
    notifyAll();
  }

  synchronized long seenBytes() {
    return seenBytes;
  }

  synchronized boolean truncated() {
    return seenBytes > limitBytes;
  }

  synchronized String text(Stream... streams) {
    List<Stream> wanted = List.of(streams);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      if (wanted.contains(chunk.stream())) {
        all.writeBytes(chunk.bytes());
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
