package dev.shirube.bench;

import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.Section;
import dev.shirube.model.SiteFile;
import dev.shirube.search.BrowserExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a browser needs in order to search pages: the export, and the pages for other engines. */
final class SearchSite {

  private SearchSite() {}

  /** Writes the engine and the files of an index below a folder. */
  static void writeExport(Path index, List<Page> pages, Path folder) throws IOException {
    for (SiteFile file : BrowserExport.of(index, navigation(pages))) {
      Path target = folder.resolve(file.path());
      Files.createDirectories(target.getParent());
      switch (file) {
        case SiteFile.Text text -> Files.writeString(target, text.content());
        case SiteFile.Copy copy -> Files.copy(copy.file(), target);
      }
    }
  }

  /** Writes each page as {@code URL/index.html}, for engines that index a finished site. */
  static void writePages(List<Page> pages, Path folder) throws IOException {
    for (Page page : pages) {
      Path target = folder.resolve(page.url()).resolve("index.html");
      Files.createDirectories(target.getParent());
      Files.writeString(target, html(page));
    }
  }

  private static String html(Page page) {
    StringBuilder html =
        new StringBuilder("<!doctype html>\n<html lang=\"ja\">\n<meta charset=\"utf-8\">\n<title>")
            .append(escaped(page.title()))
            .append("</title>\n<main data-pagefind-body>\n<h1>")
            .append(escaped(page.title()))
            .append("</h1>\n");
    appendParagraphs(page.description(), html);
    for (Section section : page.sections()) {
      // The first section is headed by the page's title, which stands already.
      if (!section.anchor().isEmpty()) {
        html.append("<h2 id=\"").append(escaped(section.anchor())).append("\">");
        html.append(escaped(section.heading())).append("</h2>\n");
      }
      appendParagraphs(section.prose(), html);
    }
    return html.append("</main>\n</html>\n").toString();
  }

  private static void appendParagraphs(String text, StringBuilder html) {
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> html.append("<p>").append(escaped(line)).append("</p>\n"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The folders of the URLs: a wiki has a tree too, and its names are part of what is loaded. */
  private static Navigation navigation(List<Page> pages) {
    Folder root = new Folder();
    for (Page page : pages) {
      Folder folder = root;
      String[] names = page.url().split("/", -1);
      for (int i = 0; i < names.length - 1; i++) {
        folder = folder.folders.computeIfAbsent(names[i], name -> new Folder());
      }
      folder.pages.add(new Navigation.Entry(page.title(), page.url(), List.of()));
    }
    return new Navigation("", root.entries());
  }

  private static final class Folder {
    final Map<String, Folder> folders = new LinkedHashMap<>();
    final List<Navigation.Entry> pages = new ArrayList<>();

    List<Navigation.Entry> entries() {
      List<Navigation.Entry> entries = new ArrayList<>(pages);
      folders.forEach(
          (name, folder) -> entries.add(new Navigation.Entry(name, null, folder.entries())));
      return entries;
    }
  }
}
