package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.pipeline.DocsVerification;
import dev.shirube.pipeline.DocsVerification.Plan;
import dev.shirube.pipeline.DocsVerification.Target;
import dev.shirube.verify.grammar.WrittenPage;
import dev.shirube.verify.schema.SchemaChecker;
import dev.shirube.verify.shell.AllowedPrograms;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A listing that a command brings to the cluster counts as what the command showed. */
class ListingTierTest {

  private static final String PAGE =
      """
      [source#config,yaml,file=config.yaml]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      ----

      [source#other,yaml]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: b}
      ----

      [source#bring,console,verify=run]
      ----
      $ kubectl apply -f config.yaml
      ----
      """;

  /** {@code config node by bring}. */
  private static List<String> told(String text, String kubectl) {
    WrittenPage page = WrittenPage.of(text);
    assertEquals(List.of(), page.problems());
    Plan plan =
        new Plan(
            List.of(
                new Scenario(
                    "page.adoc", page.snippets(), Map.of(), new TreeMap<>(), new TreeMap<>())),
            List.of());
    VerificationResult result =
        new DocsVerification(
                new DocsVerification.Settings(Path.of("no-fixtures"), Clock.systemUTC()))
            .on(
                new Target(
                    new FakeCluster(),
                    ProofTier.NODE,
                    "a cluster",
                    AllowedPrograms.ofTheMachine().with("kubectl", Path.of(kubectl))),
                plan,
                SchemaChecker.of(new KubernetesMinor(1, 37)).orElseThrow(),
                new Verifier.Settings(1, false),
                done -> {});
    return result.snippets().stream().map(ListingTierTest::told).toList();
  }

  private static String told(SnippetResult result) {
    return result.id()
        + result.tier().map(tier -> " " + tier.id()).orElse(" " + result.outcome().id())
        + result.by().map(id -> " by " + id).orElse("");
  }

  @Test
  void itCountsAtTheTierOfTheCommandAndSaysWhichOneItWas() {
    assertEquals(
        List.of("config node by bring", "other schema", "bring node"), told(PAGE, "/usr/bin/true"));
  }

  @Test
  void whereTheCommandFailsItWasOnlyHeldAgainstItsSchema() {
    assertEquals(
        List.of("config schema", "other schema", "bring failed"), told(PAGE, "/usr/bin/false"));
  }

  @Test
  void theFirstCommandThatPassesCounts() {
    String again = PAGE.substring(PAGE.indexOf("[source#bring"));
    assertEquals(
        List.of("config node by second", "other schema", "bring not-run", "second node"),
        told(
            PAGE.replace("verify=run]", "verify=run,k8s=..1.30]")
                + "\n"
                + again.replace("#bring", "#second"),
            "/usr/bin/true"));
  }
}
