package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** A cluster that is not made of this machine's processes; its run folder holds an attachment. */
abstract class AttachedCluster implements TestCluster {

  private final RunFolder run;
  private final String context;
  private final ClusterFacts facts;
  private final String nonce;

  AttachedCluster(RunFolder run, String context, ClusterFacts facts, String nonce) {
    this.run = run;
    this.context = context;
    this.facts = facts;
    this.nonce = nonce;
  }

  RunFolder run() {
    return run;
  }

  @Override
  public final Path kubeconfig() {
    return run.kubeconfig();
  }

  @Override
  public final String context() {
    return context;
  }

  @Override
  public final String kubernetesVersion() {
    return facts.kubernetes();
  }

  @Override
  public final Tier tier() {
    return facts.tier();
  }

  @Override
  public final List<String> nodes() {
    return facts.nodes();
  }

  @Override
  public final String nonce() {
    return nonce;
  }
}
