package dev.shirube.model;

import java.util.List;

/**
 * An item of the navigation file's list, as written.
 *
 * @param text plain text
 * @param target the content path it links to, as written; empty for a mere heading
 * @param children the nested list
 */
public record NavigationItem(String text, String target, List<NavigationItem> children) {

  public NavigationItem {
    children = List.copyOf(children);
  }
}
