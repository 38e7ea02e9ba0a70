package dev.shirube.model;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that lies in a content folder, in the order of its paths.
 *
 * @param root the content folder, absolute and real
 * @param pages the {@code .adoc} files that become pages
 * @param navigation {@code nav.adoc}; null where the folder has none
 * @param assets everything else that is published
 */
public record Content(
    Path root, List<SourceFile> pages, @Nullable SourceFile navigation, List<Asset> assets) {

  public Content {
    pages = List.copyOf(pages);
    assets = List.copyOf(assets);
  }
}
