package dev.shirube.pipeline;

import dev.shirube.model.Content;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The content after Asciidoctor has read it, which takes most of the time of every command: it is
 * read once, whatever is done with it then.
 *
 * @param pages in the order of their paths
 * @param navigationFile null where there is none
 * @param diagnostics what was wrong with it so far
 */
public record ConvertedContent(
    Content content,
    List<ConvertedPage> pages,
    @Nullable ConvertedPage navigationFile,
    List<Diagnostic> diagnostics) {

  public ConvertedContent {
    pages = List.copyOf(pages);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Reads and converts all pages. */
  public static ConvertedContent of(Path folder, Progress progress) {
    return of(folder, page -> true, progress);
  }

  /** Reads all pages and converts some of them. */
  static ConvertedContent of(Path folder, Predicate<SourceFile> wanted, Progress progress) {
    try (ContentConversion conversion = new ContentConversion(folder)) {
      return conversion.read(wanted, progress);
    }
  }

  /** Where the site is published; empty where the navigation file does not say. */
  public Optional<String> siteUrl() {
    return Optional.ofNullable(site().get("site-url")).filter(url -> !url.isBlank());
  }

  /** The attributes that the navigation file sets for all pages. */
  Map<String, String> site() {
    return navigationFile == null ? Map.of() : navigationFile.attributes();
  }
}
