package dev.shirube.bench;

import dev.shirube.model.Glossary;
import dev.shirube.model.Page;
import dev.shirube.search.Indexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Indexes a {@link GeneratedWiki} and exports the index for the browser. Arguments: the number of
 * pages; a folder, for {@code index}, {@code site} and {@code wiki.json}: {@code pages}, {@code
 * indexSeconds}, {@code exportSeconds} and {@code queries}.
 */
public final class SearchGrowth {

  private SearchGrowth() {}

  public static void main(String[] arguments) throws IOException {
    List<Page> pages = GeneratedWiki.pages(Integer.parseInt(arguments[0]));
    Path folder = Path.of(arguments[1]);
    Path index = folder.resolve("index");
    long start = System.nanoTime();
    new Indexer(index).index(pages, new Glossary(List.of()));
    long indexed = System.nanoTime();
    SearchSite.writeExport(index, pages, folder.resolve("site"));
    long exported = System.nanoTime();
    Map<String, Object> wiki =
        Map.of(
            "pages", pages.size(),
            "indexSeconds", (indexed - start) / 1e9,
            "exportSeconds", (exported - indexed) / 1e9,
            "queries", GeneratedWiki.queries(pages));
    Files.writeString(folder.resolve("wiki.json"), JsonMapper.shared().writeValueAsString(wiki));
  }
}
