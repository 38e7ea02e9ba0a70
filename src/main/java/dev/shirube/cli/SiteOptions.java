package dev.shirube.cli;

import dev.shirube.pipeline.SiteBuild;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that makes a site. */
final class SiteOptions {

  @Option(
      names = "--content",
      paramLabel = "DIR",
      defaultValue = "content",
      description = "the pages (default: ${DEFAULT-VALUE})")
  private Path content = Path.of("content");

  @Option(
      names = "--theme",
      paramLabel = "DIR",
      defaultValue = "${sys:shirube.home:-.}/site-theme",
      description = "templates, styles and scripts (default: Shirube's own site-theme)")
  private Path theme = Path.of("site-theme");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "target/site",
      description = "where the site goes (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("target/site");

  @Option(
      names = "--index",
      paramLabel = "DIR",
      defaultValue = "target/index",
      description = "where the search index goes (default: ${DEFAULT-VALUE})")
  private Path index = Path.of("target/index");

  @Option(
      names = "--strict",
      description = "count warnings as errors, as \":strict:\" in the navigation file does")
  private boolean strict;

  SiteBuild.Settings settings() {
    return new SiteBuild.Settings(content, theme.normalize(), output, index, strict);
  }
}
