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

  /** Bytes of one stream, from {@code start} to before {@code end}. */
  private record Stretch(Stream stream, int start, int end) {}

  private final int limitBytes;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final List<Stretch> stretches = new ArrayList<>();
  private long seenBytes;

  Output(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  synchronized void add(Stream stream, byte[] bytes, int length) {
    int start = all.size();
    all.write(bytes, 0, Math.min(length, limitBytes - start));
    if (all.size() > start) {
      stretches.add(new Stretch(stream, start, all.size()));
    }
    seenBytes += length;
  }

  synchronized long seenBytes() {
    return seenBytes;
  }

  synchronized boolean truncated() {
    return seenBytes > limitBytes;
  }

  synchronized String text(Stream... streams) {
    List<Stream> wanted = List.of(streams);
    byte[] bytes = all.toByteArray();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    for (Stretch stretch : stretches) {
      if (wanted.contains(stretch.stream())) {
        part.write(bytes, stretch.start(), stretch.end() - stretch.start());
      }
    }
    return part.toString(StandardCharsets.UTF_8);
  }
}
