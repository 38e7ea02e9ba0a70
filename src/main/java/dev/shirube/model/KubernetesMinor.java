package dev.shirube.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A minor version of Kubernetes, such as 1.37: what its API offers does not change within it. */
public record KubernetesMinor(int major, int minor) implements Comparable<KubernetesMinor> {

  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:[.+-].*)?");
  private static final Comparator<KubernetesMinor> ORDER =
      Comparator.comparingInt(KubernetesMinor::major).thenComparingInt(KubernetesMinor::minor);

  /** Reads {@code 1.37}, {@code 1.37.2} and {@code v1.37.2}; empty where it is no version. */
  public static Optional<KubernetesMinor> parse(String version) {
    Matcher matcher = VERSION.matcher(version.strip());
    return matcher.matches()
        ? Optional.of(
            new KubernetesMinor(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Reads {@code 1.29..1.37}, both ends included and in rising order, or a single version; empty
   * where it is neither, or where the ends differ in their major version.
   */
  public static Optional<List<KubernetesMinor>> parseRange(String range) {
    int dots = range.indexOf("..");
    if (dots < 0) {
      return parse(range).map(List::of);
    }
    Optional<KubernetesMinor> first = parse(range.substring(0, dots));
    Optional<KubernetesMinor> last = parse(range.substring(dots + 2));
    if (first.isEmpty()
        || last.isEmpty()
        || first.get().major != last.get().major
        || first.get().minor > last.get().minor) {
      return Optional.empty();
    }
    List<KubernetesMinor> all = new ArrayList<>();
    for (int minor = first.get().minor; minor <= last.get().minor; minor++) {
      all.add(new KubernetesMinor(first.get().major, minor));
    }
    return Optional.of(List.copyOf(all));
  }

  /** The one that came after it. */
  public KubernetesMinor next() {
    return new KubernetesMinor(major, minor + 1);
  }

  @Override
  public int compareTo(KubernetesMinor other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
