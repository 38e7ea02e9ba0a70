package dev.shirube.cli;

import dev.shirube.testcluster.provider.ForeignCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shirube cluster mark}: allows a cluster of the user's to be used for tests. */
@Command(
    name = "mark",
    description = {
      "Mark the cluster of a context as a test cluster: snippets may then change and delete"
          + " whatever is in it.",
      "The marker is a ConfigMap, shirube-test-cluster in kube-system. It asks for the context's"
          + " name to be typed again.",
      "A context whose user runs a program for its credentials (exec, auth-provider) is refused:"
          + " Shirube runs no program that a kubeconfig names."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  shirube cluster mark --context kind-tests",
      "  shirube cluster mark --context kind-tests --yes      for scripts",
      "  shirube cluster up --provider context:kind-tests --name kind"
    })
final class ClusterMarkCommand implements Callable<Integer> {

  private static final int MOST_NAMESPACES = 10;

  @Mixin private ContextOptions options = new ContextOptions();

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    String context = options.context();
    Terminal terminal = new Terminal(java.util.Objects.requireNonNull(spec).commandLine().getErr());
    try (ForeignCluster cluster = options.open()) {
      if (cluster.isMarked()) {
        terminal.line(context + " is marked already");
        return ExitCode.OK;
      }
      if (!yes && !isConfirmed(cluster, terminal)) {
        terminal.error("not marked: \"" + context + "\" was not typed");
        return ExitCode.USAGE;
      }
      cluster.mark();
      terminal.line(
          context + " is marked; take it back with: shirube cluster unmark --context " + context);
      return ExitCode.OK;
    }
  }

  private static boolean isConfirmed(ForeignCluster cluster, Terminal terminal) {
    String context = cluster.context();
    List<String> namespaces = cluster.namespaces();
    terminal.line(
        context
            + " is "
            + cluster.server()
            + ", Kubernetes "
            + cluster.kubernetesVersion()
            + ", with the namespaces "
            + namespaces.stream().limit(MOST_NAMESPACES).collect(Collectors.joining(", "))
            + (namespaces.size() > MOST_NAMESPACES
                ? " and " + (namespaces.size() - MOST_NAMESPACES) + " more"
                : ""));
    terminal.line("Snippets may change and delete whatever is in it. Type its context to go on:");
    // Not closed: it is the process's own.
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    try {
      String typed = input.readLine();
      return typed != null && typed.strip().equals(context);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer: " + e, e);
    }
  }
}
