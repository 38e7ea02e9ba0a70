package dev.shirube.cli;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.PartHealth;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.testcluster.provider.ClusterFacts;
import dev.shirube.testcluster.provider.ClusterProviders;
import dev.shirube.testcluster.provider.ClusterProviders.Finding;
import dev.shirube.testcluster.provider.ForeignCluster;
import dev.shirube.testcluster.provider.ProviderName;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

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
      "  shirube cluster status --all    the run folders of all clusters that run",
      "  shirube cluster status --json",
      "  shirube cluster status --provider context:kind-tests      may it be used?"
    })
final class ClusterStatusCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(
      names = "--all",
      description = "list the run folders of all clusters on this machine, and end none")
  private boolean all;

  @Option(
      names = "--provider",
      paramLabel = "context:NAME",
      converter = ProviderConverter.class,
      description = "ask the cluster of a context, rather than look into the run folder")
  private @Nullable ProviderName provider;

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(names = "--json", description = "print it as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    PrintWriter out = spec.commandLine().getOut();
    if (all) {
      return list(out);
    }
    ProviderName provider = this.provider;
    if (provider != null) {
      if (provider.kind() != ProviderName.Kind.CONTEXT) {
        throw new ParameterException(
            spec.commandLine(),
            "status looks into the run folder, whatever provider its cluster is from;"
                + " only context:NAME can be asked for");
      }
      return ask(provider, out);
    }
    RunFolder run = options.run(new Terminal(spec.commandLine().getErr()));
    return switch (ClusterProviders.find(run)) {
      case Finding.Up up -> up(up.cluster(), up.provider(), run, out);
      case Finding.Died died -> down(ClusterOptions.died(died.how(), run), out);
      case Finding.Down down -> down("no cluster is up in " + run.path(), out);
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

  /** Asks the cluster of a context, which a run folder need not know of. */
  private int ask(ProviderName provider, PrintWriter out) {
    try (ForeignCluster cluster = ForeignCluster.of(provider.context(), kubeconfig.file())) {
      ClusterFacts facts = cluster.requireTestCluster();
      if (json) {
        Map<String, Object> row =
            row(provider, facts.kubernetes(), facts.tier(), facts.nodes(), cluster.context());
        out.println(JsonMapper.shared().writeValueAsString(row));
      } else {
        out.println(
            provider
                + " is a test cluster: "
                + TestCluster.description(facts.kubernetes(), facts.tier(), facts.nodes().size()));
        line(out, "server", cluster.server());
      }
      return ExitCode.OK;
    }
  }

  private int up(TestCluster cluster, ProviderName provider, RunFolder run, PrintWriter out) {
    if (json) {
      Map<String, Object> row =
          row(
              provider,
              cluster.kubernetesVersion(),
              cluster.tier(),
              cluster.nodes(),
              cluster.context());
      row.put("kubeconfig", cluster.kubeconfig().toString());
      row.put("run", run.path().toString());
      out.println(JsonMapper.shared().writeValueAsString(row));
    } else if (cluster instanceof LocalCluster local) {
      print(local, out);
    } else {
      out.println(options.name() + " is up: " + cluster.description());
      line(out, "provider", provider.toString());
      line(out, "run folder", run.path().toString());
    }
    return ExitCode.OK;
  }

  private int down(String why, PrintWriter out) {
    out.println(
        json ? JsonMapper.shared().writeValueAsString(Map.of("up", false, "why", why)) : why);
    return ExitCode.ENVIRONMENT;
  }

  private static Map<String, Object> row(
      ProviderName provider, String kubernetes, Tier tier, List<String> nodes, String context) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("up", true);
    row.put("provider", provider.toString());
    row.put("kubernetes", kubernetes);
    row.put("tier", tier.id());
    row.put("nodes", nodes);
    row.put("context", context);
    return row;
  }

  private static void print(LocalCluster cluster, PrintWriter out) {
    out.println(cluster.name() + " is up: " + cluster.description());
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
