package dev.shirube.model;

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
