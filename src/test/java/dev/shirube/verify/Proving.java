package dev.shirube.verify;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.ProofTier;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.DocsVerification.Target;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.verify.kubernetes.KubernetesCluster;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.shell.AllowedPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Proves content on a real cluster, as the command does. */
record Proving(TestCluster cluster, Path content, Path fixtures) {

  static Proving of(TestCluster cluster, Path content) {
    return new Proving(cluster, content, content.resolveSibling("fixtures"));
  }

  private DocsVerification verification() {
    return new DocsVerification(new DocsVerification.Settings(fixtures, Clock.systemUTC()));
  }

  Plan plan() {
    return verification().plan(ConvertedContent.of(content, (what, done, total) -> {}));
  }

  /**
   * @param jobs how many pages at a time
   */
  VerificationResult run(int jobs) {
    return run(plan(), jobs);
  }

  /** The same, of content that was read before. */
  VerificationResult run(Plan plan, int jobs) {
    try (KubernetesCluster api =
        new KubernetesCluster(
            Files.readString(cluster.kubeconfig()),
            new KubernetesCluster.Marker(
                TestCluster.MARKER_NAMESPACE,
                TestCluster.MARKER,
                TestCluster.NONCE_KEY,
                cluster.nonce()))) {
      return verification()
          .on(
              new Target(
                  api,
                  cluster.tier() == Tier.NODE ? ProofTier.NODE : ProofTier.APISERVER,
                  cluster.description(),
                  AllowedPrograms.ofTheMachine()
                      .with("kubectl", ClusterUnderTest.BINARIES.path("kubectl"))),
              plan,
              SchemaChecker.of(KubernetesMinor.parse(cluster.kubernetesVersion()).orElseThrow())
                  .orElseThrow(),
              new Verifier.Settings(jobs, false),
              done -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
