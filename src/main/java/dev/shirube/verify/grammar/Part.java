package dev.shirube.verify.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part that a snippet plays in a case, by its role. */
public enum Part {
  /** Brings the trouble about. */
  CAUSE,
  /** Shows it. */
  SYMPTOM,
  /** Ends it. */
  SOLUTION;

  /** As it is written in a page: {@code [.cause]}. */
  public String role() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Part> among(List<String> roles) {
    return Arrays.stream(values()).filter(part -> roles.contains(part.role())).findFirst();
  }
}
