package dev.shirube.site;

import dev.shirube.model.Badge;
import dev.shirube.model.Change;
import dev.shirube.model.Coverage;
import dev.shirube.model.Coverage.PageCoverage;
import dev.shirube.model.Coverage.SnippetCoverage;
import dev.shirube.model.Page;
import dev.shirube.model.Proof;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What is new, as <a href="https://www.rfc-editor.org/rfc/rfc4287">Atom</a>: changes of pages, and
 * proofs. The same history and the same receipts give the same feeds.
 */
final class Feeds {

  static final String CHANGES = "changes.atom";
  static final String PROOFS = "proofs.atom";

  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final int LONGEST = 100;

  /**
   * @param what tells apart what happened to one page on one day
   */
  private record Entry(String url, String title, String summary, Instant updated, String what) {
    LocalDate day() {
      return updated.atZone(ZoneOffset.UTC).toLocalDate();
    }
  }

  /** Proofs that are told together. */
  private record Proven(String page, String kubernetes, LocalDate date) {}

  private final String title;
  private final SiteSettings settings;
  private final URI site;
  private final boolean japanese;

  /**
   * @param site where the site will be, with a trailing slash
   */
  Feeds(String title, SiteSettings settings, URI site) {
    this.title = title;
    this.settings = settings;
    this.site = site;
    this.japanese = settings.lang().equals("ja");
  }

  /** The feed of changes; none where nothing is known of any. */
  List<SiteFile> changes(List<Page> pages) {
    Map<String, Page> byPath = new HashMap<>();
    pages.forEach(page -> byPath.put(page.path(), page));
    List<Entry> entries = new ArrayList<>();
    for (Change change : settings.changes()) {
      Page page = byPath.get(change.path());
      if (page != null) {
        entries.add(
            new Entry(page.url(), page.title(), page.description(), change.when(), "changed"));
      }
    }
    return feed(CHANGES, say("更新", "Changes"), entries);
  }

  /** The feed of proofs; none where nothing is proven. */
  List<SiteFile> proofs(Coverage coverage) {
    List<Entry> entries = new ArrayList<>();
    for (PageCoverage page : coverage.pages()) {
      Map<Proven, Integer> counts = new LinkedHashMap<>();
      for (SnippetCoverage snippet : page.snippets()) {
        if (snippet.badge() instanceof Badge.Proven proven) {
          for (Proof proof : proven.proofs()) {
            counts.merge(
                new Proven(page.path(), proof.kubernetes(), proof.date()), 1, Integer::sum);
          }
        }
      }
      counts.forEach(
          (proven, count) ->
              entries.add(
                  new Entry(
                      SitePath.ofPage(proven.page()),
                      page.title() + " · Kubernetes " + proven.kubernetes(),
                      say(
                              "%d個の例をKubernetes %sで確かめました。",
                              "Snippets proven on this day: %d, on Kubernetes %s.")
                          .formatted(count, proven.kubernetes()),
                      proven.date().atStartOfDay(ZoneOffset.UTC).toInstant(),
                      "kubernetes-" + proven.kubernetes())));
    }
    return feed(PROOFS, say("実証", "Proofs"), entries);
  }

  private List<SiteFile> feed(String path, String name, List<Entry> all) {
    Set<String> ids = new HashSet<>();
    List<Entry> entries =
        all.stream()
            .sorted(
                Comparator.comparing(Entry::updated)
                    .reversed()
                    .thenComparing(Entry::url)
                    .thenComparing(Entry::what))
            .filter(entry -> ids.add(id(entry))) // a page is told of once a day
            .limit(LONGEST)
            .toList();
    if (entries.isEmpty()) {
      return List.of();
    }
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(ATOM);
      xml.writeAttribute("xml:lang", settings.lang());
      element(xml, "id", address(path));
      element(xml, "title", title + ": " + name);
      element(xml, "updated", entries.getFirst().updated().toString());
      link(xml, "self", "application/atom+xml", address(path));
      link(xml, "alternate", "text/html", site.toASCIIString());
      xml.writeStartElement("author");
      element(xml, "name", title);
      xml.writeEndElement();
      for (Entry entry : entries) {
        xml.writeCharacters("\n");
        xml.writeStartElement("entry");
        element(xml, "id", id(entry));
        element(xml, "title", entry.title());
        element(xml, "updated", entry.updated().toString());
        link(xml, "alternate", "text/html", address(entry.url()));
        element(xml, "summary", entry.summary().isEmpty() ? entry.title() : entry.summary());
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string cannot be written to", e);
    }
    return List.of(new SiteFile.Text(path, "the feed " + path, text + "\n"));
  }

  /** Stays what it is wherever the site moves to within its host: a tag URI, RFC 4151. */
  private String id(Entry entry) {
    return "tag:%s,%s:/%s#%s"
        .formatted(
            site.getHost() == null ? "localhost" : site.getHost(),
            entry.day(),
            PageViews.encode(entry.url()),
            entry.what());
  }

  private String address(String path) {
    return site.resolve(PageViews.encode(path)).toASCIIString();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String rel, String type, String href)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", rel);
    xml.writeAttribute("type", type);
    xml.writeAttribute("href", href);
  }

  private String say(String ja, String en) {
    return japanese ? ja : en;
  }
}
