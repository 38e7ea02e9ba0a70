package dev.shirube.verify.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Gives each expected thing a found one of its own, as far as possible: a largest matching in a
 * bipartite graph by augmenting paths. Taking the first that fits would not do: {@code web-<hash>}
 * may take the row that {@code web-bcdfg} needs.
 */
final class Matching {

  /** Whether a found thing is what is expected. */
  interface Fit {
    boolean test(int expected, int found);
  }

  private static final int NOBODY = -1;

  /** Of each expected thing the found ones that are it. */
  private final List<BitSet> fits = new ArrayList<>();

  /** Of each found thing the expected one that has it. */
  private final int[] owner;

  /** Of each expected thing the found one that it has. */
  private final int[] taken;

  private final List<Integer> unmet = new ArrayList<>();

  Matching(int expected, int found, Fit fit) {
    owner = new int[found];
    Arrays.fill(owner, NOBODY);
    taken = new int[expected];
    Arrays.fill(taken, NOBODY);
    for (int i = 0; i < expected; i++) {
      BitSet fitting = new BitSet(found);
      for (int j = 0; j < found; j++) {
        fitting.set(j, fit.test(i, j));
      }
      fits.add(fitting);
    }
    for (int i = 0; i < expected; i++) {
      if (!assign(i)) {
        unmet.add(i);
      }
    }
  }

  /** What is expected and has nothing of its own, in order. */
  List<Integer> unmet() {
    return unmet;
  }

  /** What was found and is not expected, in order; the caller's own copy. */
  List<Integer> free() {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == NOBODY) {
        free.add(i);
      }
    }
    return free;
  }

  /** Looks for a found thing that is free, or whose owner can take another, and so on. */
  private boolean assign(int expected) {
    BitSet seen = new BitSet(owner.length);
    int[] wantedBy = new int[owner.length];
    ArrayDeque<Integer> asking = new ArrayDeque<>(List.of(expected));
    while (!asking.isEmpty()) {
      int asks = asking.remove();
      BitSet fresh = (BitSet) fits.get(asks).clone();
      fresh.andNot(seen);
      for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
        seen.set(i);
        wantedBy[i] = asks;
        if (owner[i] == NOBODY) {
          handOver(i, wantedBy);
          return true;
        }
        asking.add(owner[i]);
      }
    }
    return false;
  }

  /** Gives a free thing to who wants it, what that one had to who wants that, and so on. */
  private void handOver(int free, int[] wantedBy) {
    int next = free;
    while (next != NOBODY) {
      int wants = wantedBy[next];
      int had = taken[wants];
      owner[next] = wants;
      taken[wants] = next;
      next = had;
    }
  }
}
