package dev.shirube.cli;

import dev.shirube.pipeline.SiteBuild;
import dev.shirube.search.Searcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code shirube warm-up}: runs what users run, so that the launcher can record a <a
 * href="https://openjdk.org/jeps/514">JDK AOT cache</a> of it.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Build and search once, for the launcher's start-up cache.")
final class WarmUpCommand implements Callable<Integer> {

  @Mixin private SiteOptions options = new SiteOptions();

  @Override
  public Integer call() throws IOException {
    SiteBuild.Settings settings = options.settings();
    SiteBuild.Result result = new SiteBuild(settings, (what, done, total) -> {}).run();
    if (result.published()) {
      search(settings.index());
    }
    return ExitCode.OK;
  }

  private static void search(Path index) throws IOException {
    try (Searcher searcher = Searcher.open(index)) {
      searcher.search("Pod ポッド イメージが取得できない", 10);
    }
  }
}
