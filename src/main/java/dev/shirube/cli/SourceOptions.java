package dev.shirube.cli;

import dev.shirube.pipeline.SiteBuild;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a site is made of: the options of every command that makes one, wherever it goes. */
final class SourceOptions {

  @Mixin private ContentOption content = new ContentOption();

  @Option(
      names = "--theme",
      paramLabel = "DIR",
      defaultValue = "${sys:shirube.home:-.}/site-theme",
      description = "templates, styles and scripts (default: Shirube's own site-theme)")
  private Path theme = Path.of("site-theme");

  @Option(
      names = "--strict",
      description = "count warnings as errors, as \":strict:\" in the navigation file does")
  private boolean strict;

  Path content() {
    return content.folder();
  }

  Path theme() {
    return theme.normalize();
  }

  /**
   * The same with a place for what is made.
   *
   * @param output where the site goes
   * @param index where the search index goes
   */
  SiteBuild.Settings settings(Path output, Path index) {
    return new SiteBuild.Settings(content(), theme(), output, index, strict);
  }
}
