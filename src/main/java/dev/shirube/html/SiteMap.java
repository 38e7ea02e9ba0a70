package dev.shirube.html;

import dev.shirube.model.Citation;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.SitePath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Where links can lead: every page with its anchors, every citation, every other file. */
final class SiteMap {

  /**
   * @param path the content path
   * @param title plain text
   * @param anchors the text of what stands at each id: a heading, or empty
   */
  record Target(String path, String title, Map<String, String> anchors) {}

  /**
   * What one page adds to the map.
   *
   * @param citations by content path and anchor
   */
  record Entry(Target target, Map<String, Citation> citations) {}

  private final Map<String, Target> pages = new LinkedHashMap<>();
  private final Map<String, Citation> citations = new HashMap<>();

  /** Adds a page. */
  void add(Entry entry) {
    pages.put(entry.target().path(), entry.target());
    citations.putAll(entry.citations());
  }

  /** What a page whose body is given as parsed adds. */
  static Entry entry(ConvertedPage page, Element body) {
    String path = page.source().path();
    Map<String, String> anchors = new LinkedHashMap<>();
    for (Element element : body.select("[id]")) {
      anchors.put(element.id(), element.tagName().matches("h[1-6]") ? element.text() : "");
    }
    Map<String, Citation> citations = new HashMap<>();
    for (Element entry : body.select(".bibliography li")) {
      Element anchor = entry.selectFirst("a[id]");
      Element text = entry.selectFirst("p");
      if (anchor != null && text != null) {
        citations.put(path + "#" + anchor.id(), citation(path, anchor.id(), text));
      }
    }
    return new Entry(new Target(path, PlainText.of(page.title()), anchors), citations);
  }

  private static Citation citation(String path, String id, Element entry) {
    // Asciidoctor writes [[[id,label]]] as <a id="id"></a>[label]
    Element text = Jsoup.parseBodyFragment(entry.html()).body();
    text.select("a[id]").remove();
    String html = text.html().strip();
    int end = html.startsWith("[") ? html.indexOf(']') : -1;
    String label = end < 0 ? id : PlainText.of(html.substring(1, end));
    return new Citation(id, SitePath.ofPage(path), label, html.substring(end + 1).strip());
  }

  @Nullable Target page(String path) {
    return pages.get(path);
  }

  Set<String> paths() {
    return pages.keySet();
  }

  @Nullable Citation citation(String pathAndAnchor) {
    return citations.get(pathAndAnchor);
  }
}
