package dev.shirube.diagnose.observed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was seen of one object. Put together by one reader, and not changed after that.
 *
 * <p>What an excerpt does not show may be so or not; of an object that was read from its cluster
 * nothing is hidden.
 */
public final class Observation {

  private final ObjectId id;
  private final boolean excerpt;
  private final Set<Fact> facts = new LinkedHashSet<>();
  private final Set<ObjectId> causes = new TreeSet<>();
  private String trouble = "";
  private String owner = "";

  /**
   * @param excerpt whether it may have more to it than was seen
   */
  public Observation(ObjectId id, boolean excerpt) {
    this.id = id;
    this.excerpt = excerpt;
  }

  public ObjectId id() {
    return id;
  }

  /** Whether facts of a sort would have been seen if there were any. */
  public boolean shows(Fact.Sort sort) {
    return !excerpt || facts.stream().anyMatch(fact -> fact.sort() == sort);
  }

  /** What was seen, in the order of being seen. */
  public Set<Fact> facts() {
    return facts;
  }

  public List<Fact> facts(Fact.Sort sort) {
    return facts.stream().filter(fact -> fact.sort() == sort).toList();
  }

  /** In a few words what is wrong with it; empty where nothing is, or nothing that lasts. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /** The objects whose trouble, if they have any, would be the cause of this one's. */
  public Set<ObjectId> causes() {
    return causes;
  }

  /** What it was made by, for people; the same for objects that share their fate. */
  public String owner() {
    return owner;
  }

  // --- for readers -------------------------------------------------------------------------------

  public void add(Fact.Sort sort, String text, String where) {
    if (!text.isEmpty()) {
      facts.add(new Fact(sort, text, "", where));
    }
  }

  public void addEvent(String reason, String message, String where) {
    facts.add(new Fact(Fact.Sort.EVENT, message, reason, where));
  }

  public void isInTrouble(String what) {
    trouble = what;
  }

  public void isFine() {
    trouble = "";
  }

  public void mayBeCausedBy(ObjectId cause) {
    if (!cause.equals(id)) {
      causes.add(cause);
    }
  }

  public void isOwnedBy(String name) {
    owner = name;
  }

  /** For people. */
  @Override
  public String toString() {
    return id + (trouble.isEmpty() ? "" : ": " + trouble) + " " + new ArrayList<>(facts);
  }
}
