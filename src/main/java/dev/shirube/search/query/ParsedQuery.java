package dev.shirube.search.query;

import java.util.List;

/**
 * What to look for. A page scores the sum over the groups of its best alternative in each.
 *
 * @param names what the whole query may be the name of
 * @param groups one for each word of the query that the index knows something about
 * @param fingerprints what error lines must contain: {@link LogFingerprint}
 */
public record ParsedQuery(List<Name> names, List<Group> groups, List<String> fingerprints) {

  public ParsedQuery {
    names = List.copyOf(names);
    groups = List.copyOf(groups);
    fingerprints = List.copyOf(fingerprints);
  }

  /**
   * The name of a page.
   *
   * @param key {@link NameKey}, not empty
   * @param weight 1 for what was typed, less for what was guessed
   */
  public record Name(String key, float weight) {}

  /**
   * Ways to say one thing.
   *
   * @param alternatives at least one
   */
  public record Group(List<Alternative> alternatives) {

    public Group {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * Terms that together say it.
   *
   * @param weight of each term's score: 1 for what was typed, less for what was guessed; already
   *     divided by the square root of the number of terms
   * @param terms at least one
   */
  public record Alternative(float weight, List<String> terms) {

    public Alternative {
      terms = List.copyOf(terms);
    }

    /** The weight before it was divided. */
    float weightOfAll() {
      return weight * (float) Math.sqrt(terms.size());
    }
  }
}
