package dev.shirube.html;

import dev.shirube.model.Badge;
import dev.shirube.model.Citation;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Mention;
import dev.shirube.model.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PageComposer} composed the last time, for the next one: a page stays as it is where
 * nothing has changed that it was made of. That is known of each page: where its links lead, and
 * which terms its texts name.
 */
public final class ComposedPages {

  /** What every page depends on. */
  record Surroundings(
      Map<String, String> siteAttributes, Set<String> assets, Set<String> pagePaths) {}

  /**
   * A page and what it was made of.
   *
   * @param badges of its snippets
   * @param lookups where its links lead
   * @param mentions the terms that each of its texts names
   * @param diagnostics what was wrong with it
   */
  record Composed(
      Page page,
      Map<String, Badge> badges,
      LinkResolver.Lookups lookups,
      Map<String, List<Mention>> mentions,
      List<Diagnostic> diagnostics) {}

  private Map<ConvertedPage, SiteMap.Entry> entries = new HashMap<>();
  private Map<ConvertedPage, Composed> composed = new HashMap<>();
  private SiteMap site = new SiteMap();
  private @Nullable Surroundings surroundings;
  private @Nullable Function<String, List<Mention>> mentions;

  /** What the page adds to the map of the site. */
  Optional<SiteMap.Entry> entry(ConvertedPage page) {
    return Optional.ofNullable(entries.get(page));
  }

  /** The page as it was composed, where it would become the same again. */
  Optional<Composed> composed(
      ConvertedPage page,
      Map<String, Badge> badges,
      Surroundings now,
      Function<String, List<Mention>> mentionsNow,
      SiteMap siteNow) {
    return Optional.ofNullable(composed.get(page))
        .filter(each -> now.equals(surroundings) && each.badges().equals(badges))
        .filter(each -> leadsToTheSame(each.lookups(), siteNow))
        .filter(each -> mentionsNow == mentions || namesTheSame(each.mentions(), mentionsNow));
  }

  private boolean leadsToTheSame(LinkResolver.Lookups lookups, SiteMap now) {
    return lookups.pages().stream()
            .allMatch(path -> Objects.equals(site.page(path), now.page(path)))
        && lookups.citations().stream()
            .allMatch(
                place -> {
                  Citation before = site.citation(place);
                  return Objects.equals(before, now.citation(place));
                });
  }

  private static boolean namesTheSame(
      Map<String, List<Mention>> before, Function<String, List<Mention>> now) {
    return before.entrySet().stream()
        .allMatch(text -> text.getValue().equals(now.apply(text.getKey())));
  }

  void keep(
      Surroundings now,
      Function<String, List<Mention>> mentionsNow,
      SiteMap siteNow,
      Map<ConvertedPage, SiteMap.Entry> entriesNow,
      Map<ConvertedPage, Composed> composedNow) {
    surroundings = now;
    mentions = mentionsNow;
    site = siteNow;
    entries = entriesNow;
    composed = composedNow;
  }
}
