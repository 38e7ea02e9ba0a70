package dev.shirube.site;

import dev.shirube.model.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is set once for the whole site.
 *
 * @param lang the language of the site's own words, e.g. {@code ja}
 * @param siteUrl where the site will be, with a trailing slash; null where that is not known
 * @param editUrl where a page can be edited, {@code {path}} for its content path; null for nowhere
 * @param lastChanged the day of each page's last change, by content path
 * @param changes of files of the content, in any order
 */
public record SiteSettings(
    String lang,
    @Nullable String siteUrl,
    @Nullable String editUrl,
    Map<String, String> lastChanged,
    List<Change> changes) {

  public SiteSettings {
    lastChanged = Map.copyOf(lastChanged);
    changes = List.copyOf(changes);
    if (siteUrl != null && !siteUrl.endsWith("/")) {
      siteUrl = siteUrl + "/";
    }
  }
}
