package dev.shirube.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shirube publish}: the main job. */
@Command(
    name = "publish",
    description = "Check the content and publish it as a site with its search index.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  shirube publish", "  shirube publish --output public"})
final class PublishCommand implements Callable<Integer> {

  @Mixin private SiteOptions options = new SiteOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    return BuildCommand.build(options.settings(), new Terminal(spec.commandLine().getErr()));
  }
}
