package dev.shirube.navigation;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Navigation;
import dev.shirube.model.Navigation.Entry;
import dev.shirube.model.NavigationItem;
import dev.shirube.model.Page;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the navigation from the navigation file, or from the folders where there is none. */
public final class NavigationBuilder {

  private final Map<String, Page> pages;
  private final Consumer<Diagnostic> diagnostics;

  public NavigationBuilder(List<Page> pages, Consumer<Diagnostic> diagnostics) {
    this.pages =
        pages.stream()
            .collect(Collectors.toMap(Page::path, Function.identity(), (a, b) -> a, TreeMap::new));
    this.diagnostics = diagnostics;
  }

  /**
   * From the navigation file.
   *
   * @param title the file's title: the site's
   */
  public Navigation fromFile(SourceFile file, String title, List<NavigationItem> items) {
    Set<String> reached = new HashSet<>();
    List<Entry> entries = entries(file, items, reached);
    for (Page page : pages.values()) {
      if (!reached.contains(page.path())) {
        diagnostics.accept(
            Diagnostic.warning(
                "not-in-navigation",
                page.source().location(),
                "no entry of " + file.displayPath() + " leads to this page",
                "a page that the navigation does not name is hard to find",
                "add \"* xref:" + page.path() + "[]\""));
      }
    }
    return new Navigation(title, entries);
  }

  private List<Entry> entries(SourceFile file, List<NavigationItem> items, Set<String> reached) {
    List<Entry> entries = new ArrayList<>();
    for (NavigationItem item : items) {
      List<Entry> children = entries(file, item.children(), reached);
      if (item.target().isEmpty()) {
        entries.add(new Entry(item.text(), null, children));
        continue;
      }
      int hash = item.target().indexOf('#');
      String path = hash < 0 ? item.target() : item.target().substring(0, hash);
      Page page = pages.get(path);
      if (page == null) {
        diagnostics.accept(
            Diagnostic.error(
                "unresolved-xref",
                file.locationOf(path),
                "no page \"" + path + "\"",
                "the navigation names pages below the content folder",
                Suggestion.nearest(path, pages.keySet())
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse(null)));
        continue;
      }
      reached.add(path);
      String anchor = hash < 0 ? "" : item.target().substring(hash);
      boolean withoutText =
          item.text().isEmpty() || item.text().equals(path) || item.text().equals("[" + path + "]");
      entries.add(
          new Entry(withoutText ? page.title() : item.text(), page.url() + anchor, children));
    }
    return entries;
  }

  /** From the folders: the pages of a folder lie below its {@code index.adoc}. */
  public Navigation fromFolders() {
    Page home = pages.get("index.adoc");
    List<Entry> entries = new ArrayList<>();
    if (home != null) {
      entries.add(new Entry(home.title(), home.url(), List.of()));
    }
    entries.addAll(folder(""));
    return new Navigation(home == null ? "Wiki" : home.title(), entries);
  }

  private List<Entry> folder(String prefix) {
    List<Entry> entries = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (Page page : pages.values()) {
      String path = page.path();
      if (!path.startsWith(prefix) || path.equals(prefix + "index.adoc")) {
        continue;
      }
      String rest = path.substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash < 0) {
        entries.add(new Entry(page.title(), page.url(), List.of()));
      } else if (folders.add(rest.substring(0, slash))) {
        String folder = prefix + rest.substring(0, slash + 1);
        @Nullable Page index = pages.get(folder + "index.adoc");
        entries.add(
            new Entry(
                index == null ? rest.substring(0, slash) : index.title(),
                index == null ? null : index.url(),
                folder(folder)));
      }
    }
    return entries;
  }
}
