package dev.shirube.cli;

import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import dev.shirube.testcluster.local.PartHealth;
import dev.shirube.testcluster.local.RunFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shirube cluster status}: what runs, or what died. */
@Command(
    name = "status",
    description = {
      "Say what runs; exits with 3 where no cluster is up.",
      "A cluster of which a part has died is ended: it proves nothing any more."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube cluster status || shirube cluster up",
      "  shirube cluster status --all    the run folders of all clusters that run"
    })
final class ClusterStatusCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(
      names = "--all",
      description = "list the run folders of all clusters on this machine, and end none")
  private boolean all;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    PrintWriter out = spec.commandLine().getOut();
    if (all) {
      return list(out);
    }
    RunFolder run = options.run(new Terminal(spec.commandLine().getErr()));
    return switch (LocalCluster.find(run)) {
      case Finding.Up up -> {
        LocalCluster cluster = up.cluster();
        print(cluster, out);
        yield ExitCode.OK;
      }
      case Finding.Died died -> {
        out.println(ClusterOptions.died(died.how(), run));
        yield ExitCode.ENVIRONMENT;
      }
      case Finding.Down down -> {
        out.println("no cluster is up in " + run.path());
        yield ExitCode.ENVIRONMENT;
      }
    };
  }

  private static int list(PrintWriter out) {
    List<RunFolder> runs = RunFolder.ofRunningClusters();
    for (RunFolder run : runs) {
      out.println(
          run.path()
              + (run.exists()
                  ? ""
                  : "   (deleted; to end it: shirube cluster down --run '" + run.path() + "')"));
    }
    return runs.isEmpty() ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  private static void print(LocalCluster cluster, PrintWriter out) {
    out.println(cluster.name() + " is up: " + ClusterUpCommand.description(cluster));
    Map<String, StringJoiner> parts = new LinkedHashMap<>();
    for (PartHealth part : cluster.health()) {
      StringJoiner names = parts.computeIfAbsent(part.host(), host -> new StringJoiner(", "));
      if (!part.part().equals("init")) {
        names.add(part.part());
      }
    }
    parts.forEach((host, names) -> line(out, host, names.toString()));
    cluster.stoppedNodes().forEach(node -> line(out, node, "stopped"));
    line(out, "run folder", cluster.run().path().toString());
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "  %-14s %s", name, value));
  }
}
