package dev.shirube.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The nearest of the names that would have been right. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * The candidate with the fewest edits to {@code wrong}, the first in natural order among equals;
   * empty where even that one differs in more than a third of its characters.
   */
  public static Optional<String> nearest(String wrong, Collection<String> candidates) {
    return candidates.stream()
        .filter(right -> distance(wrong, right) * 3 <= Math.max(wrong.length(), right.length()))
        .min(
            Comparator.comparingInt((String right) -> distance(wrong, right))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Optimal string alignment distance: edits, with a swap of neighbours as one. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
