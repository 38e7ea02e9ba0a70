package dev.shirube.diagnose.fingerprint;

import dev.shirube.verify.match.Fragment;
import java.util.Optional;

/** An event that must have been seen; at least one of the two is there. */
public record EventPattern(Optional<String> reason, Optional<Fragment> message) {

  /** Whether an event is it. */
  public boolean matches(String eventReason, String eventMessage) {
    return reason.map(eventReason::equals).orElse(true)
        && message.map(part -> part.isIn(eventMessage)).orElse(true);
  }

  /** For people. */
  @Override
  public String toString() {
    return String.join(
        " ",
        java.util.stream.Stream.of(reason, message.map(part -> "\"" + part.source() + "\""))
            .flatMap(Optional::stream)
            .toList());
  }
}
