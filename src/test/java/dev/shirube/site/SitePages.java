package dev.shirube.site;

import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SitePath;
import dev.shirube.model.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pages without content, by their content paths. */
final class SitePages {

  private SitePages() {}

  static List<Page> at(String... paths) {
    return Stream.of(paths)
        .map(path -> page(path, PageKind.GUIDE, Map.of(), "", List.of()))
        .toList();
  }

  static Page page(
      String path,
      PageKind kind,
      Map<String, String> attributes,
      String body,
      List<Section> sections) {
    return new Page(
        new SourceFile(path, path, ""),
        SitePath.ofPage(path),
        kind,
        "The page " + path,
        "What " + path + " is about.",
        attributes,
        body,
        List.of(),
        sections,
        List.of(),
        List.of(),
        List.of());
  }
}
