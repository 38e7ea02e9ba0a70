package dev.shirube.diagnose;

import dev.shirube.diagnose.Finding.Evidence;
import dev.shirube.diagnose.observed.Fact;
import dev.shirube.diagnose.observed.Observation;
import dev.shirube.verify.redact.Redactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which cases the troubles are.
 *
 * <p>A trouble that comes of another's is no finding of its own. Where the wiki knows both, the
 * cause is told; where it knows one of them, that one.
 */
public final class Diagnostician {

  /** What of an unknown trouble is shown at most, of each sort. */
  private static final int MOST_FACTS = 8;

  private static final int LONGEST_TEXT = 600;

  private final List<Case> cases;
  private final Redactor redactor = new Redactor();

  public Diagnostician(List<Case> cases) {
    this.cases = List.copyOf(cases);
  }

  /** Tells of all that was seen. */
  public Diagnosis diagnose(List<Observation> seen) {
    List<Observation> troubled = seen.stream().filter(each -> each.trouble().isPresent()).toList();
    Map<Observation, Map<Case, Match>> matches = new LinkedHashMap<>();
    for (Observation object : troubled) {
      Map<Case, Match> found = matches(object);
      if (!found.isEmpty()) {
        matches.put(object, found);
      }
    }
    Map<Observation, Set<Observation>> causes = new LinkedHashMap<>();
    troubled.forEach(object -> causes.put(object, causes(object, troubled)));

    // Which object each is told with: itself where it is a finding of its own.
    Map<Observation, Observation> toldWith = new LinkedHashMap<>();
    for (Observation object : troubled) {
      Set<Observation> above = causes.getOrDefault(object, Set.of());
      toldWith.put(object, toldWith(object, above, matches.keySet(), causes));
    }
    return new Diagnosis(findings(troubled, matches, toldWith), seen.size());
  }

  private Map<Case, Match> matches(Observation object) {
    Map<Case, Match> found = new LinkedHashMap<>();
    for (Case each : cases) {
      Match.of(each.fingerprint(), object).ifPresent(match -> found.put(each, match));
    }
    return found;
  }

  private static Observation toldWith(
      Observation object,
      Set<Observation> causes,
      Set<Observation> known,
      Map<Observation, Set<Observation>> allCauses) {
    // The last is the farthest: a cause that has none of its own.
    List<Observation> knownCauses = causes.stream().filter(known::contains).toList();
    if (!knownCauses.isEmpty()) {
      return knownCauses.getLast();
    }
    if (known.contains(object)) {
      return object;
    }
    for (Observation other : known) {
      if (allCauses.getOrDefault(other, Set.of()).contains(object)) {
        return other;
      }
    }
    return causes.isEmpty() ? object : causes.stream().reduce((near, far) -> far).orElse(object);
  }

  /** The objects in trouble that an object's trouble comes of, directly or not; near ones first. */
  private static Set<Observation> causes(Observation object, List<Observation> troubled) {
    Set<Observation> found = new LinkedHashSet<>();
    List<Observation> open = new ArrayList<>(List.of(object));
    while (!open.isEmpty()) {
      Observation next = open.removeFirst();
      troubled.stream()
          .filter(other -> next.causes().stream().anyMatch(cause -> cause.mayBe(other.id())))
          .filter(other -> other != object && found.add(other))
          .forEach(open::add);
    }
    return found;
  }

  private List<Finding> findings(
      List<Observation> troubled,
      Map<Observation, Map<Case, Match>> matches,
      Map<Observation, Observation> toldWith) {
    Map<List<Object>, List<Observation>> groups = new LinkedHashMap<>();
    for (Observation object : troubled) {
      if (toldWith.get(object) == object) {
        Set<Case> of = matches.getOrDefault(object, Map.of()).keySet();
        List<Object> key =
            object.owner().isEmpty()
                ? List.of(object)
                : List.of(
                    object.id().namespace(),
                    object.owner(),
                    List.copyOf(of),
                    of.isEmpty() ? object.trouble() : "");
        groups.computeIfAbsent(key, any -> new ArrayList<>()).add(object);
      }
    }
    return groups.values().stream()
        .map(group -> finding(group, matches, toldWith))
        .sorted(Comparator.comparing(finding -> !finding.isKnown()))
        .toList();
  }

  private Finding finding(
      List<Observation> group,
      Map<Observation, Map<Case, Match>> matches,
      Map<Observation, Observation> toldWith) {
    Observation first = group.getFirst();
    Map<Case, Match> known = matches.getOrDefault(first, Map.of());
    Stream<Fact> evidence =
        known.isEmpty()
            ? Stream.of(Fact.Sort.values()).flatMap(sort -> shown(first.facts(sort)))
            : known.values().stream().flatMap(match -> match.evidence().stream()).distinct();
    return new Finding(
        group.stream().map(object -> object.id().toString()).toList(),
        first.id().kind().id(),
        redactor.redact(first.trouble().orElse("")),
        List.copyOf(known.keySet()),
        evidence.map(this::evidence).distinct().toList(),
        known.values().stream()
            .flatMap(match -> match.notShown().stream())
            .map(sort -> sort.name().toLowerCase(Locale.ROOT))
            .distinct()
            .toList(),
        toldWith.entrySet().stream()
            .filter(each -> each.getKey() != each.getValue() && group.contains(each.getValue()))
            .map(each -> each.getKey().id() + ": " + each.getKey().trouble().orElse(""))
            .map(redactor::redact)
            .sorted()
            .toList());
  }

  /** The last ones: of a log and of events they are the ones that tell. */
  private static Stream<Fact> shown(List<Fact> facts) {
    return facts.stream().skip(Math.max(0, facts.size() - MOST_FACTS));
  }

  private Evidence evidence(Fact fact) {
    String text = redactor.redact(fact.text()).strip();
    return new Evidence(
        fact.sort().name().toLowerCase(Locale.ROOT),
        fact.reason(),
        text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text,
        fact.where());
  }
}
