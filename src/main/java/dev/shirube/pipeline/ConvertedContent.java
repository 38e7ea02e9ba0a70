package dev.shirube.pipeline;

import dev.shirube.asciidoc.PageConverter;
import dev.shirube.content.ContentReader;
import dev.shirube.model.Content;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The content after Asciidoctor has read it.
 *
 * @param pages in the order of their paths
 * @param navigationFile null where there is none
 */
record ConvertedContent(
    Content content, List<ConvertedPage> pages, @Nullable ConvertedPage navigationFile) {

  ConvertedContent {
    pages = List.copyOf(pages);
  }

  /** Reads and converts all pages. */
  static ConvertedContent of(Path folder, Progress progress, Consumer<Diagnostic> diagnostics) {
    Content content = new ContentReader(diagnostics).read(folder);
    List<ConvertedPage> pages = new ArrayList<>();
    if (content.pages().isEmpty()) {
      return new ConvertedContent(content, pages, null);
    }
    try (PageConverter converter = new PageConverter(content.root(), diagnostics)) {
      for (SourceFile page : content.pages()) {
        progress.at("converting", pages.size(), content.pages().size());
        pages.add(converter.convert(page));
      }
      SourceFile navigation = content.navigation();
      return new ConvertedContent(
          content, pages, navigation == null ? null : converter.convert(navigation));
    }
  }

  /** The attributes that the navigation file sets for all pages. */
  Map<String, String> site() {
    return navigationFile == null ? Map.of() : navigationFile.attributes();
  }
}
