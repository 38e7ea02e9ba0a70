package dev.shirube.verify.grammar;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Minor versions of Kubernetes 1, with both ends.
 *
 * @param first the first minor, 0 for no bound
 * @param last the last one, {@link Integer#MAX_VALUE} for no bound
 */
public record VersionRange(int first, int last) {

  /** All versions. */
  public static final VersionRange ALL = new VersionRange(0, Integer.MAX_VALUE);

  private static final Pattern RANGE =
      Pattern.compile("(?:1\\.(\\d{1,4}))?(\\.\\.)?(?:1\\.(\\d{1,4}))?");

  /** Reads {@code 1.30}, {@code 1.30..}, {@code ..1.35} or {@code 1.30..1.35}. */
  public static Optional<VersionRange> parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches() || (range.group(1) == null && range.group(3) == null)) {
      return Optional.empty();
    }
    if (range.group(2) == null) {
      return range.group(1) == null || range.group(3) != null
          ? Optional.empty()
          : Optional.of(new VersionRange(number(range, 1, 0), number(range, 1, 0)));
    }
    VersionRange found = new VersionRange(number(range, 1, ALL.first), number(range, 3, ALL.last));
    return found.first > found.last ? Optional.empty() : Optional.of(found);
  }

  private static int number(Matcher range, int group, int otherwise) {
    return range.group(group) == null ? otherwise : Integer.parseInt(range.group(group));
  }

  /** Whether a minor of Kubernetes 1 is in it. */
  public boolean contains(int minor) {
    return first <= minor && minor <= last;
  }

  /** As it is written in a page. */
  @Override
  public String toString() {
    if (first == last) {
      return "1." + first;
    }
    return (first == ALL.first ? "" : "1." + first) + ".." + (last == ALL.last ? "" : "1." + last);
  }
}
