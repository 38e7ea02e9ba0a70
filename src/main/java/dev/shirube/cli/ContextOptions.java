package dev.shirube.cli;

import dev.shirube.testcluster.provider.ForeignCluster;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a cluster of the user's. */
final class ContextOptions {

  @Option(
      names = "--context",
      paramLabel = "NAME",
      required = true,
      description = "a context of the kubeconfig")
  private String context = "";

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  String context() {
    return context;
  }

  ForeignCluster open() {
    return ForeignCluster.of(context, kubeconfig.file());
  }
}
