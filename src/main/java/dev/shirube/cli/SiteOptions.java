package dev.shirube.cli;

import dev.shirube.pipeline.SiteBuild;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that makes a site. */
final class SiteOptions {

  @Mixin private SourceOptions source = new SourceOptions();

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

  SiteBuild.Settings settings() {
    return source.settings(output, index);
  }
}
