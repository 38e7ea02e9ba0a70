package dev.shirube.cli;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterProviders.Finding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that works on the cluster of a run folder. */
final class ClusterOptions {

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "which cluster (default: ${DEFAULT-VALUE})")
  private String name = "default";

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "where all that it writes lies (default: shirube/clusters/NAME in the user's"
              + " state folder)")
  private @Nullable Path run;

  String name() {
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")) {
      throw new EnvironmentException(
          "a cluster's name has lower-case letters, digits and hyphens, at most 40: \""
              + name
              + "\"");
    }
    return name;
  }

  /** The run folder, which tells people when they have to wait for another command. */
  RunFolder run(Terminal terminal) {
    RunFolder folder = run == null ? RunFolder.ofName(name()) : new RunFolder(run);
    return folder.telling(
        () -> terminal.line("waiting for another command that works on " + folder.path()));
  }

  /** The cluster; fails where it is down, or has just been found dead. */
  TestCluster require(CommandSpec spec) {
    RunFolder run = run(new Terminal(spec.commandLine().getErr()));
    return switch (ClusterProviders.find(run)) {
      case Finding.Up up -> up.cluster();
      case Finding.Died died -> throw new EnvironmentException(died(died.how(), run));
      case Finding.Down down ->
          throw new EnvironmentException(
              "no cluster is up in " + run.path() + "; start one with: shirube cluster up");
    };
  }

  /** The same, for what only a cluster of this machine's processes can do. */
  LocalCluster requireLocal(CommandSpec spec) {
    if (require(spec) instanceof LocalCluster local) {
      return local;
    }
    throw new EnvironmentException(
        name() + " is not a cluster of this machine's processes: its nodes cannot be stopped here");
  }

  static String died(String how, RunFolder run) {
    return "the cluster has died: "
        + how
        + "\n  what was left of it has been removed; its logs: "
        + run.logs();
  }
}
