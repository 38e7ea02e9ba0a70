package dev.shirube.html;

import dev.shirube.model.Citation;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SitePath;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the links and images of one page against the whole site, and reports those that lead
 * nowhere. A link to a page is one that ends in {@code .adoc}, relative to the linking page, as on
 * a forge.
 */
final class LinkResolver {

  private static final Pattern EXTERNAL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*|//.*");

  /** What the links of a page were resolved by: what the map had at these paths. */
  record Lookups(
      Map<String, Optional<SiteMap.Target>> pages, Map<String, Optional<Citation>> citations) {

    boolean areAsIn(SiteMap site) {
      return pages.entrySet().stream()
              .allMatch(
                  each -> each.getValue().equals(Optional.ofNullable(site.page(each.getKey()))))
          && citations.entrySet().stream()
              .allMatch(
                  each ->
                      each.getValue().equals(Optional.ofNullable(site.citation(each.getKey()))));
    }
  }

  private final ConvertedPage page;
  private final SiteMap site;
  private final Lookups lookups = new Lookups(new HashMap<>(), new HashMap<>());
  private final Set<String> assets;
  private final Consumer<Diagnostic> diagnostics;
  private final List<Citation> citations = new ArrayList<>();

  LinkResolver(
      ConvertedPage page, SiteMap site, Set<String> assets, Consumer<Diagnostic> diagnostics) {
    this.page = page;
    this.site = site;
    this.assets = assets;
    this.diagnostics = diagnostics;
  }

  /** Resolves in place; returns the sources that the page cites, in order of first use. */
  List<Citation> resolve(Element body) {
    for (Element link : body.select("a[href]")) {
      link(link);
    }
    for (Element image : body.select("img[src]")) {
      image(image);
    }
    return List.copyOf(citations);
  }

  /** What the result depends on of other pages. */
  Lookups lookups() {
    return lookups;
  }

  private SiteMap.@Nullable Target target(String path) {
    SiteMap.Target target = site.page(path);
    lookups.pages().put(path, Optional.ofNullable(target));
    return target;
  }

  private void link(Element link) {
    String href = link.attr("href");
    if (link.hasClass("include")) {
      return;
    }
    if (EXTERNAL.matcher(href).matches()) {
      if (href.startsWith("http")) {
        link.addClass("external").attr("rel", "noopener").removeAttr("target");
      }
      return;
    }
    int hash = href.indexOf('#');
    String path = decode(hash < 0 ? href : href.substring(0, hash));
    String anchor = hash < 0 ? "" : decode(href.substring(hash + 1));
    if (path.isEmpty()) {
      anchorOnThisPage(link, anchor);
    } else if (path.endsWith(".adoc")) {
      otherPage(link, path, anchor);
    } else {
      file(path, "link", "unresolved-link");
    }
  }

  private void anchorOnThisPage(Element link, String anchor) {
    SiteMap.Target here = target(page.source().path());
    if (here == null || anchor.isEmpty() || link.hasClass("anchor")) {
      return;
    }
    String heading = here.anchors().get(anchor);
    if (heading == null) {
      missingAnchor(anchor, here, anchor);
    } else if (link.text().equals("[" + anchor + "]") && !heading.isEmpty()) {
      link.text(heading);
    }
  }

  private void otherPage(Element link, String path, String anchor) {
    String from = page.source().path();
    String resolved = SitePath.resolve(from, path);
    SiteMap.Target target = resolved == null ? null : target(resolved);
    if (target == null || resolved == null) {
      missingPage(path);
      return;
    }
    link.attr(
        "href",
        SitePath.relative(SitePath.ofPage(from), SitePath.ofPage(resolved))
            + (anchor.isEmpty() ? "" : "#" + anchor));
    boolean withoutText =
        link.text().equals(path)
            || link.text().equals("[" + path + "]")
            || link.text().equals(path + "#" + anchor)
            || link.text().equals("[" + path + "#" + anchor + "]");
    if (anchor.isEmpty()) {
      if (withoutText) {
        link.text(target.title());
      }
      return;
    }
    Citation citation = site.citation(resolved + "#" + anchor);
    lookups.citations().put(resolved + "#" + anchor, Optional.ofNullable(citation));
    String heading = target.anchors().get(anchor);
    if (citation != null) {
      link.addClass("citation");
      if (withoutText) {
        link.text(citation.label());
      }
      if (!citations.contains(citation)) {
        citations.add(citation);
      }
    } else if (heading == null) {
      missingAnchor(anchor, target, path + "#" + anchor);
    } else if (withoutText) {
      link.text(heading.isEmpty() ? target.title() : heading);
    }
  }

  private void image(Element image) {
    String source = image.attr("src");
    if (!EXTERNAL.matcher(source).matches()) {
      file(decode(source), "image", "missing-image");
    } else if (!source.startsWith("data:")) {
      diagnostics.accept(
          Diagnostic.warning(
              "remote-image",
              locate(source),
              "the image is loaded from the network: " + source,
              "a page makes no network request, so that it works offline and tells nobody",
              "save the image beside the page and name it from there"));
    }
  }

  private void file(String path, String what, String code) {
    String resolved = SitePath.resolve(page.source().path(), path);
    if (resolved != null && assets.contains(resolved)) {
      return;
    }
    diagnostics.accept(
        Diagnostic.warning(
            code,
            locate(path),
            "no file \"" + path + "\"",
            what + " paths are relative to the page, below the content folder",
            suggestion(path, assets)));
  }

  private void missingPage(String path) {
    Set<String> paths = new TreeSet<>(site.paths());
    String name = path.substring(0, path.length() - ".adoc".length());
    diagnostics.accept(
        Diagnostic.warning(
            "unresolved-xref",
            locate(path),
            "no page \"" + name + "\"",
            "an xref names a page below the content folder, relative to the page it stands on",
            suggestion(path, paths)));
  }

  private void missingAnchor(String anchor, SiteMap.Target target, String written) {
    diagnostics.accept(
        Diagnostic.warning(
            "unresolved-anchor",
            locate(written),
            "no \"" + anchor + "\" on the page \"" + target.path() + "\"",
            "the part after # is the id of a heading or a block of that page",
            Suggestion.nearest(anchor, target.anchors().keySet())
                .map(near -> "did you mean \"#" + near + "\"?")
                .orElse(null)));
  }

  /** The nearest path as the writer would have to write it on this page. */
  private @Nullable String suggestion(String written, Set<String> paths) {
    String from = page.source().path();
    String resolved = SitePath.resolve(from, written);
    String wrong = resolved == null ? written : resolved;
    String wrongName = wrong.substring(wrong.lastIndexOf('/') + 1);
    return Suggestion.nearest(wrong, paths)
        .or(
            () ->
                paths.stream()
                    .filter(path -> path.substring(path.lastIndexOf('/') + 1).equals(wrongName))
                    .findFirst())
        .map(path -> "did you mean \"" + SitePath.relative(from, path) + "\"?")
        .orElse(null);
  }

  private Location locate(String needle) {
    List<SourceFile> files = new ArrayList<>(List.of(page.source()));
    files.addAll(page.includes());
    // <<page#anchor>> may be written without the extension.
    return SourceFile.locate(needle, files)
        .orElseGet(() -> page.source().locationOf(needle.replace(".adoc", "")));
  }

  private static String decode(String url) {
    return url.indexOf('%') < 0
        ? url
        : java.net.URLDecoder.decode(
            url.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
  }
}
