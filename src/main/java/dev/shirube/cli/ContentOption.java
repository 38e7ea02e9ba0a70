package dev.shirube.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the pages are, for every command that reads or writes them. */
final class ContentOption {

  @Option(
      names = "--content",
      paramLabel = "DIR",
      defaultValue = "content",
      description = "the pages (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("content");

  Path folder() {
    return folder;
  }
}
