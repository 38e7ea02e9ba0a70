package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.WikiSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The finished wiki as a set of files. */
class WikiLinksTest {

  @Test
  void everyLinkIsRelativeAndLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (String url : WikiSite.pages()) {
      if (url.equals("404.html")) {
        continue; // its links start at the site's address: it is shown under any
      }
      Document page = WikiSite.page(url);
      for (Element link : page.select("[href], [src]")) {
        String target = link.hasAttr("href") ? link.attr("href") : link.attr("src");
        if (target.matches("(?i)(https?|mailto|data):.*")) {
          continue;
        }
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        String resolved =
            path.isEmpty() ? url : URI.create(url).resolve(path).normalize().toString();
        Path file = WikiSite.site().resolve(resolved);
        if (target.startsWith("/") || !Files.isRegularFile(file)) {
          broken.add(url + " -> " + target);
        } else if (hash >= 0
            && resolved.endsWith(".html")
            && WikiSite.page(resolved).getElementById(target.substring(hash + 1)) == null) {
          broken.add(url + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void noPageLoadsAnythingFromTheNetwork() {
    for (String url : WikiSite.pages()) {
      Document page = WikiSite.page(url);
      for (Element element :
          page.select("script, img, iframe, link[rel=stylesheet], source, video")) {
        String source = element.hasAttr("src") ? element.attr("src") : element.attr("href");
        assertFalse(source.contains("//"), url + " loads " + source);
      }
    }
  }

  @Test
  void noIdStandsTwiceOnAPage() {
    for (String url : WikiSite.pages()) {
      List<String> ids = WikiSite.page(url).select("[id]").eachAttr("id");
      assertEquals(ids.stream().distinct().toList(), ids, url);
    }
  }

  @Test
  void theFirstMentionOfATermIsALinkWithItsDefinition() {
    Document page = WikiSite.page("building/service-discovery.html");
    List<String> terms = page.select("main a.term[href$=/pod.html]").eachText();
    assertEquals(1, terms.size());
    Element link = page.selectFirst("main a.term[href$=/pod.html]");
    assertNotNull(link);
    assertTrue(link.attr("data-definition").endsWith("。"), link.attr("data-definition"));
    assertTrue(page.select("pre a.term, h2 a.term, a a").isEmpty());
  }

  @Test
  void aTermDoesNotLinkToItself() {
    assertTrue(WikiSite.page("glossary/pod.html").select("main a.term[href='pod.html']").isEmpty());
  }

  @Test
  void everyPageHasBreadcrumbsContentsAndNeighbours() {
    Document page = WikiSite.page("eks/setup.html");
    assertTrue(page.text().contains("EKS"));
    assertFalse(page.select("a[href='#create-role'], nav a[href^='#']").isEmpty());
    assertFalse(page.select("a[rel=prev]").isEmpty());
    assertFalse(page.select("a[rel=next]").isEmpty());
  }

  @Test
  void theSiteMapNamesEveryPage() throws IOException {
    String siteMap = Files.readString(WikiSite.site().resolve("sitemap.xml"));
    for (String url : WikiSite.pages()) {
      if (!List.of("404.html", "concept-map.html", "coverage.html", "search.html").contains(url)) {
        assertTrue(siteMap.contains("/" + url + "</loc>"), url);
      }
    }
  }
}
