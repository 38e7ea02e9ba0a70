package dev.shirube.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree that readers find their way by.
 *
 * @param title the site's title
 * @param entries the top of the tree
 */
public record Navigation(String title, List<Entry> entries) {

  public Navigation {
    entries = List.copyOf(entries);
  }

  /** The entries above a page, outermost first; none where the tree does not lead to it. */
  public List<Entry> trail(String url) {
    List<Entry> trail = new ArrayList<>();
    find(entries, url, trail);
    return trail;
  }

  private static boolean find(List<Entry> entries, String url, List<Entry> trail) {
    for (Entry entry : entries) {
      if (url.equals(entry.url())) {
        return true;
      }
      trail.add(entry);
      if (find(entry.children(), url, trail)) {
        return true;
      }
      trail.removeLast();
    }
    return false;
  }

  /**
   * A page, or a heading over pages.
   *
   * @param text what to show
   * @param url the page's path below the site's root; null for a mere heading
   * @param children what lies below
   */
  public record Entry(String text, @Nullable String url, List<Entry> children) {

    public Entry {
      children = List.copyOf(children);
    }
  }
}
