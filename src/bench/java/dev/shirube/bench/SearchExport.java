package dev.shirube.bench;

import dev.shirube.model.Glossary;
import dev.shirube.search.Indexer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what engines search in the browser. Arguments: the folder of a {@link SearchCorpus}; a
 * folder for {@code with-glossary} and {@code without-glossary}, each with {@code index} and {@code
 * site}. The site with glossary holds the pages as well.
 */
public final class SearchExport {

  private SearchExport() {}

  public static void main(String[] arguments) throws IOException {
    SearchCorpus corpus = SearchCorpus.read(Path.of(arguments[0]));
    Path folder = Path.of(arguments[1]);
    export(corpus, corpus.glossary(), folder.resolve("with-glossary"));
    SearchSite.writePages(corpus.pages(), folder.resolve("with-glossary/site"));
    // Other engines have no glossary; how much of the difference is its doing should be seen.
    export(corpus, new Glossary(List.of()), folder.resolve("without-glossary"));
  }

  private static void export(SearchCorpus corpus, Glossary glossary, Path folder)
      throws IOException {
    Path index = folder.resolve("index");
    new Indexer(index).index(corpus.pages(), glossary);
    SearchSite.writeExport(index, corpus.pages(), folder.resolve("site"));
  }
}
