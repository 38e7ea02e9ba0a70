package dev.shirube.diagnose;

import dev.shirube.diagnose.fingerprint.Criteria;
import dev.shirube.diagnose.fingerprint.EventPattern;
import dev.shirube.diagnose.fingerprint.Fingerprint;
import dev.shirube.diagnose.observed.Fact;
import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import dev.shirube.verify.match.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * That an object has a fingerprint.
 *
 * <p>What an excerpt does not show is not held against a fingerprint, as long as it shows something
 * that tells: whoever pastes the log of a container need not paste its state as well. Texts of a
 * log or an output must always be seen, for without them a fingerprint is that of half its
 * neighbours.
 *
 * @param evidence the facts that the fingerprint asks for
 * @param notShown what the fingerprint asks for and the excerpt does not show
 */
record Match(Set<Fact> evidence, List<Sort> notShown) {

  /** Reasons that say no more than that something went wrong; so do those of events below. */
  private static final Set<String> VAGUE =
      Set.of(
          "Error",
          "Completed",
          "CrashLoopBackOff",
          "ContainersNotReady",
          "Pending",
          "MinimumReplicasUnavailable");

  private static final Set<String> VAGUE_EVENTS =
      Set.of(
          "BackOff",
          "Failed",
          "FailedCreate",
          "FailedMount",
          "FailedScheduling",
          "Killing",
          "ProvisioningFailed",
          "Pulling",
          "Unhealthy");

  Match {
    evidence = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(evidence));
    notShown = List.copyOf(notShown);
  }

  /** Holds a fingerprint against an object; empty where it is another's. */
  static Optional<Match> of(Fingerprint fingerprint, Observation object) {
    if (fingerprint.object() != object.id().kind()) {
      return Optional.empty();
    }
    if (anyHolds(fingerprint.excluded(), object)) {
      return Optional.empty();
    }
    return new Trial(object).match(fingerprint.required());
  }

  private static boolean anyHolds(Criteria excluded, Observation object) {
    return object.facts().stream()
        .anyMatch(
            fact ->
                switch (fact.sort()) {
                  case STATE -> excluded.states().contains(fact.text());
                  case REASON -> excluded.reasons().contains(fact.text());
                  case EXIT -> excluded.exits().contains(Integer.valueOf(fact.text()));
                  case MESSAGE -> isIn(excluded.messages(), fact);
                  case LOG -> isIn(excluded.logs(), fact);
                  case OUTPUT -> isIn(excluded.outputs(), fact);
                  case EVENT ->
                      excluded.events().stream()
                          .anyMatch(event -> event.matches(fact.reason(), fact.text()));
                });
  }

  private static boolean isIn(List<Fragment> fragments, Fact fact) {
    return fragments.stream().anyMatch(fragment -> fragment.isIn(fact.text()));
  }

  /** One object held against one fingerprint. */
  private static final class Trial {

    private final Observation object;
    private final Set<Fact> evidence = new LinkedHashSet<>();
    private final List<Sort> notShown = new ArrayList<>();
    private boolean violated;

    /** Whether something was seen that other troubles do not show. */
    private boolean told;

    Trial(Observation object) {
      this.object = object;
    }

    Optional<Match> match(Criteria required) {
      anyOne(Sort.STATE, !required.states().isEmpty(), f -> required.states().contains(f.text()));
      anyOne(
          Sort.REASON,
          !required.reasons().isEmpty(),
          fact -> required.reasons().contains(fact.text()));
      told = evidence.stream().anyMatch(Trial::tells);
      anyOne(
          Sort.EXIT,
          !required.exits().isEmpty(),
          fact -> required.exits().contains(Integer.valueOf(fact.text())));
      messages(required.messages());
      eachEvent(required.events());
      each(Sort.LOG, required.logs());
      each(Sort.OUTPUT, required.outputs());
      if (violated
          || (!notShown.isEmpty() && !told)
          || notShown.contains(Sort.LOG)
          || notShown.contains(Sort.OUTPUT)) {
        return Optional.empty();
      }
      return Optional.of(new Match(evidence, notShown));
    }

    private static boolean tells(Fact fact) {
      return fact.sort() == Sort.REASON && !VAGUE.contains(fact.text());
    }

    private void anyOne(Sort sort, boolean asked, Predicate<Fact> holds) {
      if (!asked) {
        return;
      }
      List<Fact> found = object.facts(sort).stream().filter(holds).toList();
      if (found.isEmpty()) {
        missing(sort);
      }
      evidence.addAll(found);
    }

    private void each(Sort sort, List<Fragment> fragments) {
      if (fragments.isEmpty()) {
        return;
      }
      if (!object.shows(sort)) {
        missing(sort);
        return;
      }
      List<Fact> facts = object.facts(sort);
      for (Fragment fragment : fragments) {
        first(facts, fact -> fragment.isIn(fact.text()));
      }
      told |= !violated;
    }

    /** An excerpt has the messages of containers in its events, which repeat them. */
    private void messages(List<Fragment> fragments) {
      if (fragments.isEmpty() || object.shows(Sort.MESSAGE) || !object.shows(Sort.EVENT)) {
        each(Sort.MESSAGE, fragments);
        return;
      }
      List<Fact> events = object.facts(Sort.EVENT);
      for (Fragment fragment : fragments) {
        first(events, fact -> fragment.isIn(fact.text()));
      }
      told |= !violated;
    }

    private void eachEvent(List<EventPattern> events) {
      if (events.isEmpty()) {
        return;
      }
      if (!object.shows(Sort.EVENT)) {
        missing(Sort.EVENT);
        return;
      }
      List<Fact> facts = object.facts(Sort.EVENT);
      for (EventPattern event : events) {
        first(facts, fact -> event.matches(fact.reason(), fact.text()));
      }
      told |= !violated && events.stream().anyMatch(Trial::tells);
    }

    private static boolean tells(EventPattern event) {
      return event.message().isPresent()
          || event.reason().filter(reason -> !VAGUE_EVENTS.contains(reason)).isPresent();
    }

    private void first(List<Fact> facts, Predicate<Fact> holds) {
      facts.stream()
          .filter(holds)
          .findFirst()
          .ifPresentOrElse(evidence::add, () -> violated = true);
    }

    private void missing(Sort sort) {
      if (object.shows(sort)) {
        violated = true;
      } else {
        notShown.add(sort);
      }
    }
  }
}
