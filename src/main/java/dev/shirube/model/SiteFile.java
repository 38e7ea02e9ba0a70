package dev.shirube.model;

import java.nio.file.Path;

/** A file of the finished site. */
public sealed interface SiteFile {

  /** The path below the site's root, with {@code /}. */
  String path();

  /** What the file comes from, for diagnostics: a page, an asset, a feature of the site. */
  String origin();

  /** A file that was rendered. */
  record Text(String path, String origin, String content) implements SiteFile {}

  /** A file that is copied as it is. */
  record Copy(String path, String origin, Path file) implements SiteFile {}
}
