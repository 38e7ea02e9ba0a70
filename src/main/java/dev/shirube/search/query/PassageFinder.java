package dev.shirube.search.query;

import dev.shirube.search.query.ParsedQuery.Alternative;
import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.TermDictionary.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks the part of a page that speaks most of a query: the one with the greatest sum, over the
 * groups of the query, of the inverse document frequencies that it contains.
 */
public final class PassageFinder {
  /** Of each group, the alternatives. */
  private final List<List<WeightedTerms>> groups = new ArrayList<>();

  private final List<TermFinder> finders = new ArrayList<>();

  /** The inverse document frequencies of the terms of {@link #finders}. */
  private final List<Double> values = new ArrayList<>();

  /**
   * Prepares a query.
   *
   * @param pages the number of pages in the index
   */
  public PassageFinder(ParsedQuery query, TermDictionary dictionary, int pages) {
    for (Group group : query.groups()) {
      List<WeightedTerms> alternatives = new ArrayList<>();
      for (Alternative alternative : group.alternatives()) {
        List<Integer> places = new ArrayList<>();
        for (String term : alternative.terms()) {
          places.add(place(term, dictionary, pages));
        }
        alternatives.add(new WeightedTerms(alternative.weight(), places));
      }
      groups.add(alternatives);
    }
  }

  /** The index of the best of a page's passages; of equals, the first. */
  public int best(List<Passage> passages) {
    int best = 0;
    double bestValue = 0;
    for (int i = 0; i < passages.size(); i++) {
      double value = value(passages.get(i));
      if (value > bestValue) {
        best = i;
        bestValue = value;
      }
    }
    return best;
  }

  /** An excerpt of a passage around the densest match. */
  public String excerpt(String text, char markStart, char markEnd) {
    return new Excerpt(text, markStart, markEnd).around(finders, values);
  }

  private double value(Passage passage) {
    String text = passage.heading() + "\n" + passage.text();
    String folded = TermFinder.fold(text);
    boolean[] found = new boolean[finders.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = finders.get(i).next(text, folded, 0) >= 0;
    }
    double sum = 0;
    for (List<WeightedTerms> alternatives : groups) {
      double best = 0;
      for (WeightedTerms alternative : alternatives) {
        best = Math.max(best, alternative.value(found, values));
      }
      sum += best;
    }
    return sum;
  }

  private int place(String term, TermDictionary dictionary, int pages) {
    for (int i = 0; i < finders.size(); i++) {
      if (finders.get(i).term().equals(term)) {
        return i;
      }
    }
    Entry entry = dictionary.get(term);
    int frequency = entry == null ? 0 : entry.pages();
    finders.add(new TermFinder(term));
    // As a float, for Java and browsers differ in a logarithm's last bit, which would decide ties.
    values.add((double) (float) Math.log(1 + (pages - frequency + .5) / (frequency + .5)));
    return finders.size() - 1;
  }

  /** An alternative; its terms are places in {@link #finders}. */
  private record WeightedTerms(float weight, List<Integer> places) {

    double value(boolean[] found, List<Double> values) {
      double sum = 0;
      for (int place : places) {
        if (found[place]) {
          sum += weight * values.get(place);
        }
      }
      return sum;
    }
  }
}
