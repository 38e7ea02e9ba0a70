package dev.shirube.testcluster.install;

import java.util.Arrays;
import java.util.Comparator;

/** Versions such as {@code 1.37.2}. */
final class VersionNumbers {

  /** By number, so that 1.9 comes before 1.10; a number that is not there counts as 0. */
  static final Comparator<String> ORDER =
      Comparator.comparing(VersionNumbers::parse, VersionNumbers::compare);

  private VersionNumbers() {}

  private static int[] parse(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  private static int compare(int[] a, int[] b) {
    int length = Math.max(a.length, b.length);
    return Arrays.compare(Arrays.copyOf(a, length), Arrays.copyOf(b, length));
  }

  /** Whether {@code version} is a release of {@code wanted}: itself, or a patch of its minor. */
  static boolean fits(String version, String wanted) {
    return version.equals(wanted) || version.startsWith(wanted + ".");
  }
}
