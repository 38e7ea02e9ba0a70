package dev.shirube.html;

import dev.shirube.model.Badge;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Mention;
import dev.shirube.model.Page;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
   * @param surroundings of the time
   * @param badges of its snippets
   * @param lookups where its links lead
   * @param mentions the terms that each of its texts names
   * @param diagnostics what was wrong with it
   */
  record Composed(
      Page page,
      Surroundings surroundings,
      Map<String, Badge> badges,
      LinkResolver.Lookups lookups,
      Map<String, List<Mention>> mentions,
      List<Diagnostic> diagnostics) {}

  // By identity: a page that was not converted again is the same object.
  private IdentityHashMap<ConvertedPage, SiteMap.Entry> entries = new IdentityHashMap<>();
  private IdentityHashMap<ConvertedPage, Composed> composed = new IdentityHashMap<>();
  private boolean hasty;
  private @Nullable Surroundings surroundings;
  private @Nullable Function<String, List<Mention>> mentions;

  /**
   * In haste only what was converted again is composed again: a page that quotes it, by a link or a
   * term, stays as it is until there is time.
   */
  public void setHasty(boolean hasty) {
    this.hasty = hasty;
  }

  /** What the page adds to the map of the site. */
  Optional<SiteMap.Entry> entry(ConvertedPage page) {
    return Optional.ofNullable(entries.get(page));
  }

  /** The same object for the same surroundings, which is soon compared. */
  Surroundings surroundings(Surroundings now) {
    Surroundings before = surroundings;
    if (before != null && now.equals(before)) {
      return before;
    }
    surroundings = now;
    return now;
  }

  /** The page as it was composed, where it would become the same again. */
  Optional<Composed> composed(
      ConvertedPage page,
      Map<String, Badge> badges,
      Surroundings now,
      Function<String, List<Mention>> mentionsNow,
      SiteMap site) {
    Optional<Composed> before = Optional.ofNullable(composed.get(page));
    if (hasty) {
      return before;
    }
    return before
        .filter(each -> each.surroundings().equals(now) && each.badges().equals(badges))
        .filter(each -> each.lookups().areAsIn(site))
        .filter(each -> namesTheSame(each.mentions(), mentionsNow));
  }

  /** The same function answers the same; another one is asked again. */
  @SuppressWarnings("ReferenceEquality")
  private boolean namesTheSame(
      Map<String, List<Mention>> before, Function<String, List<Mention>> now) {
    if (now == mentions) {
      return true;
    }
    return before.entrySet().stream()
        .allMatch(text -> links(text.getValue()).equals(links(now.apply(text.getKey()))));
  }

  /** What of a mention stands in the page: not all that the glossary knows of the term. */
  private static List<Link> links(List<Mention> mentions) {
    return mentions.stream()
        .map(
            each ->
                new Link(
                    each.start(),
                    each.end(),
                    each.term().id(),
                    each.term().pagePath(),
                    each.term().definition()))
        .toList();
  }

  private record Link(int start, int end, String term, String pagePath, String definition) {}

  void keep(
      Function<String, List<Mention>> mentionsNow,
      IdentityHashMap<ConvertedPage, SiteMap.Entry> entriesNow,
      IdentityHashMap<ConvertedPage, Composed> composedNow) {
    // After haste some pages are older than these mentions, and are compared by their own.
    mentions = hasty ? null : mentionsNow;
    entries = entriesNow;
    composed = composedNow;
  }
}
