package dev.shirube.pipeline;

import dev.shirube.asciidoc.PageConverter;
import dev.shirube.content.ContentReader;
import dev.shirube.model.Content;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a content folder, once or again and again, with one converter: what has not changed since
 * the reading before is not converted again. Not safe for use by several threads.
 */
final class ContentConversion implements AutoCloseable {

  /**
   * A page, and what was wrong with it.
   *
   * @param traced whether it is known from which files it was made
   */
  private record Conversion(ConvertedPage page, List<Diagnostic> diagnostics, boolean traced) {}

  private final Path folder;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private Map<SourceFile, Conversion> known = Map.of();
  private @Nullable PageConverter converter;
  private @Nullable Path root;

  ContentConversion(Path folder) {
    this.folder = folder;
  }

  /** Reads all pages and converts some of them. */
  ConvertedContent read(Predicate<SourceFile> wanted, Progress progress) {
    diagnostics.clear();
    Content content = new ContentReader(diagnostics::add).read(folder);
    List<Diagnostic> found = new ArrayList<>(diagnostics);
    List<ConvertedPage> pages = new ArrayList<>();
    if (content.pages().isEmpty()) {
      return new ConvertedContent(content, pages, null, found);
    }
    PageConverter asciidoctor = converter(content.root());
    Map<SourceFile, Conversion> conversions = new HashMap<>();
    List<SourceFile> sources = content.pages().stream().filter(wanted).toList();
    for (SourceFile source : sources) {
      progress.at("converting", pages.size(), sources.size());
      Conversion page = convert(source, asciidoctor);
      conversions.put(source, page);
      pages.add(page.page());
      found.addAll(page.diagnostics());
    }
    ConvertedPage navigationFile = null;
    if (content.navigation() != null) {
      Conversion navigation = convert(content.navigation(), asciidoctor);
      conversions.put(content.navigation(), navigation);
      navigationFile = navigation.page();
      found.addAll(navigation.diagnostics());
    }
    known = conversions;
    return new ConvertedContent(content, pages, navigationFile, found);
  }

  /** What was wrong is looked at again: the file that was missing may be there now. */
  private Conversion convert(SourceFile source, PageConverter asciidoctor) {
    Conversion before = known.get(source);
    if (before != null
        && before.traced()
        && before.diagnostics().isEmpty()
        && asciidoctor.isCurrent(before.page())) {
      return before;
    }
    diagnostics.clear();
    ConvertedPage page = asciidoctor.convert(source);
    return new Conversion(page, List.copyOf(diagnostics), PageConverter.isTraced(page));
  }

  private PageConverter converter(Path contentRoot) {
    if (converter != null && contentRoot.equals(root)) {
      return converter;
    }
    close();
    known = Map.of();
    root = contentRoot;
    converter = new PageConverter(contentRoot, diagnostics::add);
    return converter;
  }

  @Override
  public void close() {
    if (converter != null) {
      converter.close();
      converter = null;
    }
  }
}
