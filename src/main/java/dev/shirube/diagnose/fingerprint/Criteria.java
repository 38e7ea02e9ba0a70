package dev.shirube.diagnose.fingerprint;

import dev.shirube.verify.match.Fragment;
import java.util.List;
import java.util.Set;

/**
 * What a fingerprint asks for; what is empty asks for nothing. See {@link FingerprintKey}.
 *
 * @param exits exit codes
 */
public record Criteria(
    Set<String> states,
    Set<String> reasons,
    Set<Integer> exits,
    List<Fragment> messages,
    List<EventPattern> events,
    List<Fragment> logs,
    List<Fragment> outputs) {

  /** Asks for nothing. */
  public static final Criteria NONE =
      new Criteria(Set.of(), Set.of(), Set.of(), List.of(), List.of(), List.of(), List.of());

  public Criteria {
    states = Set.copyOf(states);
    reasons = Set.copyOf(reasons);
    exits = Set.copyOf(exits);
    messages = List.copyOf(messages);
    events = List.copyOf(events);
    logs = List.copyOf(logs);
    outputs = List.copyOf(outputs);
  }

  /** Whether it asks for nothing. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
