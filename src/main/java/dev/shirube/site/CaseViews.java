package dev.shirube.site;

import dev.shirube.model.CaseSymptoms;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SitePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cases by their symptoms, as templates see them. */
final class CaseViews {

  private static final String COMMAND = "Command";
  private static final int LONGEST = 120;

  private final Map<String, CaseSymptoms> symptoms;
  private final List<Page> cases;

  CaseViews(List<Page> pages, List<CaseSymptoms> symptoms) {
    this.symptoms =
        symptoms.stream()
            .collect(
                Collectors.toMap(
                    CaseSymptoms::page, Function.identity(), (first, second) -> first));
    this.cases =
        pages.stream()
            .filter(page -> page.kind() == PageKind.CASE && this.symptoms.containsKey(page.path()))
            .toList();
  }

  /** What a case looks like, why, and what helps; null where the page is no case. */
  View.@Nullable CaseView summary(Page page) {
    if (page.kind() != PageKind.CASE) {
      return null;
    }
    CaseSymptoms own = symptoms.get(page.path());
    return new View.CaseView(
        own == null ? List.of() : states(page, own),
        own == null ? List.of() : clues(own),
        beginning(page, "cause").orElse(page.description()),
        beginning(page, "solution").orElse(null));
  }

  /**
   * The way from what kubectl shows to a case; empty for a page that is not the first one of a
   * folder with cases.
   */
  List<View.SymptomGroup> path(Page page) {
    if (!page.path().endsWith("index.adoc")) {
      return List.of();
    }
    String folder = page.path().substring(0, page.path().length() - "index.adoc".length());
    Map<String, Map<String, List<View.SymptomCase>>> byObject =
        new TreeMap<>(
            Comparator.comparing((String object) -> !object.equals("Pod"))
                .thenComparing(object -> object.equals(COMMAND))
                .thenComparing(object -> object));
    for (Page each : cases) {
      CaseSymptoms own = symptoms.get(each.path());
      if (own != null && each.path().startsWith(folder) && !folder.isEmpty()) {
        View.SymptomCase found =
            new View.SymptomCase(
                each.title(), SitePath.relative(page.url(), each.url()), clues(own));
        for (String state : states(each, own)) {
          byObject
              .computeIfAbsent(own.object(), object -> new TreeMap<>())
              .computeIfAbsent(state, any -> new ArrayList<>())
              .add(found);
        }
      }
    }
    List<View.SymptomGroup> groups = new ArrayList<>();
    byObject.forEach(
        (object, states) ->
            groups.add(
                new View.SymptomGroup(
                    object,
                    states.entrySet().stream()
                        .map(state -> new View.SymptomState(state.getKey(), state.getValue()))
                        .toList())));
    return groups;
  }

  /** The states of the fingerprint, and what the page itself says, which may say more of one. */
  private static List<String> states(Page page, CaseSymptoms symptoms) {
    Set<String> states = new LinkedHashSet<>();
    String said = page.attributes().getOrDefault("case-state", "").strip();
    if (!said.isEmpty()) {
      states.add(said);
    }
    // The states of a Service are names of the fingerprint's own: kubectl shows none.
    if (!symptoms.object().equals("Service")) {
      symptoms.states().stream()
          .filter(state -> !said.startsWith(state + " ("))
          .forEach(states::add);
    }
    return List.copyOf(states);
  }

  private static List<View.ClueView> clues(CaseSymptoms symptoms) {
    return symptoms.clues().stream()
        .map(clue -> new View.ClueView(clue.where().id(), clue.text()))
        .toList();
  }

  private static Optional<String> beginning(Page page, String role) {
    Matcher heading =
        Pattern.compile("<div class=\"sect1 " + role + "\">\\s*<h2 id=\"([^\"]+)\"")
            .matcher(page.body());
    if (!heading.find()) {
      return Optional.empty();
    }
    Map<String, Section> byAnchor = new LinkedHashMap<>();
    page.sections().forEach(section -> byAnchor.putIfAbsent(section.anchor(), section));
    return Optional.ofNullable(byAnchor.get(heading.group(1)))
        .flatMap(section -> section.prose().lines().findFirst())
        .map(CaseViews::sentence)
        .filter(text -> !text.isBlank());
  }

  /** Two sentences where they are short, else one. */
  private static String sentence(String text) {
    Matcher end = Pattern.compile("[。！？]|[.!?](?=\\s|$)").matcher(text);
    int first = end.find() ? end.end() : text.length();
    return text.substring(
        0, first < text.length() && end.find() && end.end() <= LONGEST ? end.end() : first);
  }
}
