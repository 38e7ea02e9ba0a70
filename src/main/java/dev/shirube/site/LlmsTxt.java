package dev.shirube.site;

import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the site for a language model, which reads the pages as Markdown, in the form of
 * <a href="https://llmstxt.org/">llms.txt</a>: a title, a summary, and sections of links.
 */
public final class LlmsTxt {

  private final Map<String, Page> pages = new HashMap<>();
  private final Map<String, StringBuilder> sections = new LinkedHashMap<>();
  private final @Nullable String siteUrl;

  private LlmsTxt(List<Page> pages, @Nullable String siteUrl) {
    pages.forEach(page -> this.pages.put(page.url(), page));
    this.siteUrl = siteUrl;
  }

  /**
   * Lists all pages, in the order of the navigation.
   *
   * @param siteUrl where the site will be, with a trailing slash; null where that is not known, so
   *     that links are relative
   */
  public static SiteFile of(List<Page> pages, Navigation navigation, @Nullable String siteUrl) {
    LlmsTxt text = new LlmsTxt(pages, siteUrl);
    StringBuilder result = new StringBuilder("# " + line(navigation.title()) + "\n");
    Page home = text.pages.get("index.html");
    if (home != null && !home.description().isEmpty()) {
      result.append("\n> ").append(line(home.description())).append('\n');
    }
    for (Navigation.Entry entry : navigation.entries()) {
      text.add(entry, entry.text());
    }
    pages.forEach(page -> text.page(page.url(), "Optional"));
    text.sections.forEach(
        (name, links) -> result.append("\n## ").append(line(name)).append("\n\n").append(links));
    return new SiteFile.Text("llms.txt", "the contents for language models", result.toString());
  }

  private void add(Navigation.Entry entry, String section) {
    String url = entry.url();
    if (url != null) {
      page(url, section);
    }
    entry.children().forEach(child -> add(child, section));
  }

  /** Each page is named once, where it comes first. */
  private void page(String url, String section) {
    Page page = pages.remove(url);
    if (page == null) {
      return;
    }
    String path = PageViews.encode(SitePath.markdownTwin(url));
    StringBuilder links = sections.computeIfAbsent(section, name -> new StringBuilder());
    links
        .append("- [")
        .append(line(page.title()).replace("[", "\\[").replace("]", "\\]"))
        .append("](")
        .append(siteUrl == null ? path : siteUrl + path)
        .append(')');
    if (!page.description().isEmpty()) {
      links.append(": ").append(line(page.description()));
    }
    links.append('\n');
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
