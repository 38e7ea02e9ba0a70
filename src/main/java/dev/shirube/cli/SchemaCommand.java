package dev.shirube.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube schema}: what Shirube knows of Kubernetes' API without a cluster. */
@Command(
    name = "schema",
    description = "Keep what manifests are checked against without a cluster.",
    mixinStandardHelpOptions = true,
    subcommands = {SchemaSnapshotCommand.class})
final class SchemaCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command?");
  }
}
