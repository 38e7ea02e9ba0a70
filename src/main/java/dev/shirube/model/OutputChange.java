package dev.shirube.model;

import java.util.List;

/**
 * How the output that a page shows would have to be written, so that it is the output that came.
 *
 * @param places the lines of the page, or of a file that it includes, one below the other; at least
 *     one
 * @param was what stands there, as it was read
 * @param now what should stand there instead
 */
public record OutputChange(List<Location> places, List<String> was, List<String> now) {

  public OutputChange {
    places = List.copyOf(places);
    was = List.copyOf(was);
    now = List.copyOf(now);
    if (places.isEmpty() || places.size() != was.size()) {
      throw new IllegalArgumentException("each line that was has one place");
    }
  }

  /** Old and new lines beside each other, in lines that begin with {@code -} and {@code +}. */
  public List<String> difference() {
    return java.util.stream.Stream.concat(
            was.stream().map(line -> "- " + line), now.stream().map(line -> "+ " + line))
        .toList();
  }
}
