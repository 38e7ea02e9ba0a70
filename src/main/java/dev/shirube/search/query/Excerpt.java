package dev.shirube.search.query;

import java.util.ArrayList;
import java.util.List;

/** Cuts a piece of about a hundred and twenty characters out of a text, and marks matches in it. */
final class Excerpt {
  private static final int LENGTH = 120;

  /** How much further the piece may reach so as not to cut a word. */
  private static final int SLACK = 16;

  private static final int MOST_MATCHES = 50;
  private static final String BOUNDARIES = " 。、.,:;!?)」』";

  private final String text;
  private final char markStart;
  private final char markEnd;

  Excerpt(String text, char markStart, char markEnd) {
    this.text = onOneLine(text);
    this.markStart = markStart;
    this.markEnd = markEnd;
  }

  /**
   * The piece with the most valuable terms.
   *
   * @param values of the terms of {@code finders}, in the same order
   */
  String around(List<TermFinder> finders, List<Double> values) {
    List<Match> matches = matches(finders);
    int densest = densest(matches, values);
    int first = densest < 0 ? 0 : matches.get(densest).start();
    int last = first;
    for (Match match : matches) {
      if (match.start() >= first && match.end() <= first + LENGTH) {
        last = Math.max(last, match.end());
      }
    }
    int start = densest < 0 ? 0 : start(first, last);
    return marked(start, end(start), matches);
  }

  private List<Match> matches(List<TermFinder> finders) {
    String folded = TermFinder.fold(text);
    List<Match> matches = new ArrayList<>();
    for (int i = 0; i < finders.size(); i++) {
      TermFinder finder = finders.get(i);
      int at = finder.next(text, folded, 0);
      for (int n = 0; at >= 0 && n < MOST_MATCHES; n++) {
        int end = finder.end(text, folded, at);
        insert(new Match(at, end, i), matches);
        at = finder.next(text, folded, end);
      }
    }
    return matches;
  }

  /** Keeps the order of starts; the matches of one term come in that order already. */
  private static void insert(Match match, List<Match> matches) {
    int at = matches.size();
    while (at > 0 && matches.get(at - 1).start() > match.start()) {
      at--;
    }
    matches.add(at, match);
  }

  private static int densest(List<Match> matches, List<Double> values) {
    int densest = -1;
    double most = -1;
    for (int i = 0; i < matches.size(); i++) {
      double sum = 0;
      boolean[] counted = new boolean[values.size()];
      for (int j = i; j < matches.size(); j++) {
        Match match = matches.get(j);
        if (match.end() > matches.get(i).start() + LENGTH) {
          break;
        }
        if (!counted[match.term()]) {
          counted[match.term()] = true;
          sum += values.get(match.term());
        }
      }
      if (sum > most) {
        most = sum;
        densest = i;
      }
    }
    return densest;
  }

  /** Begins where a sentence or at least a word begins, with some text before the first match. */
  private int start(int first, int last) {
    int earliest = Math.max(0, first - Math.max(0, LENGTH - (last - first)) / 2);
    if (earliest == 0) {
      return 0;
    }
    for (int i = earliest; i < first; i++) {
      if (BOUNDARIES.indexOf(text.charAt(i)) >= 0) {
        return text.charAt(i + 1) == ' ' ? Math.min(i + 2, first) : i + 1;
      }
    }
    return splitsPair(earliest) ? earliest - 1 : earliest;
  }

  private int end(int start) {
    int end = Math.min(text.length(), start + LENGTH);
    int furthest = Math.min(text.length(), end + SLACK);
    int i = end;
    while (i < furthest
        && CharKind.of(text.charAt(i)) == CharKind.WORD
        && CharKind.of(text.charAt(i - 1)) == CharKind.WORD) {
      i++;
    }
    return splitsPair(i) ? i + 1 : i;
  }

  private boolean splitsPair(int at) {
    if (at <= 0 || at >= text.length()) {
      return false;
    }
    char high = text.charAt(at - 1);
    char low = text.charAt(at);
    return high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000;
  }

  private String marked(int start, int end, List<Match> matches) {
    StringBuilder marked = new StringBuilder();
    if (start > 0) {
      marked.append('…');
    }
    int at = start;
    int next = 0;
    while (next < matches.size()) {
      int from = matches.get(next).start();
      int to = matches.get(next).end();
      next++;
      // Overlapping and touching matches share one mark: イメージ and 取得 in イメージ取得.
      while (next < matches.size() && matches.get(next).start() <= to) {
        to = Math.max(to, matches.get(next).end());
        next++;
      }
      if (from < at || to > end) {
        continue;
      }
      marked.append(text, at, from).append(markStart).append(text, from, to).append(markEnd);
      at = to;
    }
    marked.append(text, at, end);
    if (end < text.length()) {
      marked.append('…');
    }
    return marked.toString();
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c <= ' ';
      if (!space) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == ' ') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  private record Match(int start, int end, int term) {}
}
