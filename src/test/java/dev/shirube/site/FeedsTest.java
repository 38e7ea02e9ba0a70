package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Badge;
import dev.shirube.model.Change;
import dev.shirube.model.Coverage;
import dev.shirube.model.Coverage.PageCoverage;
import dev.shirube.model.Coverage.SnippetCoverage;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SiteFile;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class FeedsTest {

  private static final String ATOM = "http://www.w3.org/2005/Atom";

  private static Feeds feeds(Change... changes) {
    return new Feeds(
        "Wiki & more",
        new SiteSettings("ja", "https://wiki.example.com/a/", null, Map.of(), List.of(changes)),
        URI.create("https://wiki.example.com/a/"));
  }

  private static List<Page> pages() {
    return SitePages.at("x/b c.adoc", "y.adoc");
  }

  private static Change change(String path, String when) {
    return new Change(path, Instant.parse(when));
  }

  /** Reads a feed, and holds it against what RFC 4287 demands. */
  private static Element valid(List<SiteFile> files) throws Exception {
    assertEquals(1, files.size());
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(((SiteFile.Text) files.getFirst()).content())));
    Element feed = document.getDocumentElement();
    assertEquals(ATOM, feed.getNamespaceURI());
    assertEquals("feed", feed.getLocalName());
    assertEquals(1, children(feed, "author").size());
    List<Element> all = new ArrayList<>(List.of(feed));
    all.addAll(children(feed, "entry"));
    HashSet<String> ids = new HashSet<>();
    for (Element each : all) {
      for (String once : List.of("id", "title", "updated")) {
        assertEquals(1, children(each, once).size(), once);
        assertTrue(!text(each, once).isBlank(), once);
      }
      assertTrue(URI.create(text(each, "id")).isAbsolute());
      assertTrue(ids.add(text(each, "id")), text(each, "id") + " is there twice");
      Instant.parse(text(each, "updated"));
      for (Element link : children(each, "link")) {
        assertTrue(URI.create(link.getAttribute("href")).isAbsolute());
      }
      assertEquals(
          1,
          children(each, "link").stream()
              .filter(link -> link.getAttribute("rel").equals("alternate"))
              .count());
    }
    assertEquals(
        children(feed, "entry").stream().map(each -> text(each, "updated")).max(String::compareTo),
        java.util.Optional.of(text(feed, "updated")));
    return feed;
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).getFirst().getTextContent();
  }

  @Test
  void changesAreToldOnceADayTheNewestFirstAndOfPagesThatThereAre() throws Exception {
    Element feed =
        valid(
            feeds(
                    change("y.adoc", "2026-01-01T08:00:00Z"),
                    change("y.adoc", "2026-01-01T09:00:00Z"),
                    change("gone.adoc", "2026-03-01T00:00:00Z"),
                    change("x/b c.adoc", "2026-02-01T00:00:00Z"))
                .changes(pages()));
    assertEquals("Wiki & more: 更新", text(feed, "title"));
    assertEquals(
        List.of("2026-02-01T00:00:00Z", "2026-01-01T09:00:00Z"),
        children(feed, "entry").stream().map(entry -> text(entry, "updated")).toList());
    assertEquals(
        "https://wiki.example.com/a/x/b%20c.html",
        children(children(feed, "entry").getFirst(), "link").getFirst().getAttribute("href"));
  }

  @Test
  void proofsAreToldByPageVersionAndDay() throws Exception {
    List<SnippetCoverage> snippets =
        Stream.of("one", "two")
            .map(
                id ->
                    new SnippetCoverage(
                        "y.adoc",
                        id,
                        "run",
                        new Badge.Proven(
                            List.of(proof("1.37.2", 5), proof("1.35.4", id.equals("one") ? 5 : 6)),
                            List.of(),
                            "r.json")))
            .toList();
    Element feed =
        valid(
            feeds()
                .proofs(
                    new Coverage(
                        List.of(),
                        List.of(new PageCoverage("y.adoc", "Y", PageKind.GUIDE, snippets)))));
    assertEquals(
        List.of(
            "1個の例をKubernetes 1.35.4で確かめました。",
            "1個の例をKubernetes 1.35.4で確かめました。",
            "2個の例をKubernetes 1.37.2で確かめました。"),
        children(feed, "entry").stream().map(entry -> text(entry, "summary")).toList());
  }

  private static Proof proof(String kubernetes, int day) {
    return new Proof(ProofTier.NODE, kubernetes, LocalDate.of(2026, 1, day), Duration.ofSeconds(1));
  }

  @Test
  void whereNothingIsKnownThereIsNoFeed() {
    assertEquals(List.of(), feeds().changes(pages()));
    assertEquals(List.of(), feeds().proofs(new Coverage(List.of(), List.of())));
  }
}
