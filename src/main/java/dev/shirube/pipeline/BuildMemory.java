package dev.shirube.pipeline;

import dev.shirube.content.GitHistory;
import dev.shirube.glossary.TermMatcher;
import dev.shirube.html.ComposedPages;
import dev.shirube.html.PlainText;
import dev.shirube.model.Change;
import dev.shirube.model.Content;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Coverage;
import dev.shirube.model.Glossary;
import dev.shirube.model.Mention;
import dev.shirube.model.SiteFile;
import dev.shirube.site.RenderedTemplates;
import dev.shirube.site.SiteSettings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one build leaves to the next one, so that it makes only what has changed. */
final class BuildMemory {

  /** What git knows, as of the first build: a commit changes no page. */
  private record History(
      Optional<String> editUrl, Map<String, String> lastChanged, List<Change> changes) {}

  private final @Nullable String siteUrl;
  private final ComposedPages composed = new ComposedPages();
  private final RenderedTemplates rendered = new RenderedTemplates();
  private final IdentityHashMap<ConvertedPage, String> leads = new IdentityHashMap<>();
  private List<SiteFile> files = List.of();
  private Optional<Coverage> fileCoverage = Optional.empty();
  private @Nullable Proofs fileProofs;
  private @Nullable History history;
  private @Nullable Glossary glossary;
  private Function<String, List<Mention>> mentions = text -> List.of();

  /**
   * @param siteUrl where the site is looked at, whatever the content says; null for what it says
   */
  BuildMemory(@Nullable String siteUrl) {
    this.siteUrl = siteUrl;
  }

  ComposedPages composed() {
    return composed;
  }

  RenderedTemplates rendered() {
    return rendered;
  }

  /** The first paragraph of a page; a page that was not converted again has the same. */
  String lead(ConvertedPage page) {
    return leads.computeIfAbsent(page, PlainText::lead);
  }

  /** What the site says of the coverage. */
  List<SiteFile> files(Proofs proofs, Optional<Coverage> coverage) {
    if (!proofs.equals(fileProofs) || !coverage.equals(fileCoverage)) {
      files = proofs.files(coverage);
      fileProofs = proofs;
      fileCoverage = coverage;
    }
    return files;
  }

  /** Whether only what was converted again is composed again. */
  void setHasty(boolean hasty) {
    composed.setHasty(hasty);
    if (!hasty) {
      leads.clear(); // of pages that are no more
    }
  }

  /** The same object for the same glossary. */
  Function<String, List<Mention>> mentions(Glossary now) {
    if (!now.equals(glossary)) {
      glossary = now;
      mentions = new TermMatcher(now)::mentions;
    }
    return mentions;
  }

  SiteSettings settings(Content content, Map<String, String> site) {
    if (history == null) {
      GitHistory git = new GitHistory(content.root());
      history = new History(git.editUrl(), git.lastChanged(), git.changes());
    }
    String editUrl = site.get("edit-url");
    return new SiteSettings(
        site.getOrDefault("ui-lang", "ja"),
        siteUrl == null ? site.get("site-url") : siteUrl,
        editUrl == null ? history.editUrl().orElse(null) : editUrl,
        history.lastChanged(),
        history.changes());
  }
}
