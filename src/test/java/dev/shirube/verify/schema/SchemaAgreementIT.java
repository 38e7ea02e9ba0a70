package dev.shirube.verify.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.verify.schema.ApiServer.Verdict;
import dev.shirube.verify.schema.Mutants.Mutant;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The check without a cluster says what a real API server says of the same bytes: of right
 * manifests, and of thousands that differ from them in one line.
 */
class SchemaAgreementIT {

  @TempDir static Path folder = Path.of("unset");

  private static @Nullable LocalCluster cluster;
  private static @Nullable ApiServer server;
  private static @Nullable SchemaChecker checker;

  @BeforeAll
  static void start() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("run")), "schema", Tier.APISERVER, 1);
    server = new ApiServer(cluster);
    checker =
        SchemaChecker.of(KubernetesMinor.parse(cluster.kubernetesVersion()).orElseThrow())
            .orElseThrow();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void bothAcceptTheRightManifests() throws IOException {
    for (RightManifests.Manifest manifest : RightManifests.all()) {
      Verdict verdict = server().apply(manifest.text(), manifest.text());
      assertTrue(verdict.accepted(), () -> manifest.name() + ": " + verdict.message());
      assertEquals(List.of(), check(manifest.text()).diagnostics(), manifest.name());
    }
  }

  /**
   * The server refuses in two steps: first what is no object of the kind, which the checker must
   * find too; then what its validation has against the object (code 422), which only it can know.
   */
  @Test
  void bothRefuseTheSameMutants() throws IOException {
    List<String> falseAlarms = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    int refused = 0;
    int accepted = 0;
    for (RightManifests.Manifest manifest : RightManifests.all()) {
      for (Mutant mutant : Mutants.of(manifest.name(), manifest.text())) {
        Verdict verdict = server().apply(mutant.text(), manifest.text());
        SchemaReport report = check(mutant.text());
        if (report.isProven() == verdict.accepted()) {
          refused += verdict.accepted() ? 0 : 1;
          accepted += verdict.accepted() ? 1 : 0;
        } else if (verdict.accepted()) {
          falseAlarms.add(mutant.what() + ": " + report.diagnostics());
        } else if (!verdict.isOfValidation() && !verdict.isOfAddress()) {
          missed.add(mutant.what() + ": " + verdict.message());
        }
      }
    }
    assertEquals(List.of(), falseAlarms);
    assertEquals(List.of(), missed);
    assertTrue(refused >= 2000, "refused: " + refused);
    assertTrue(accepted >= 200, "accepted: " + accepted);
  }

  /** YAML 1.1 or 1.2, and what of it: an integer, a boolean, a string or nothing. */
  @Test
  void bothReadScalarsAlike() {
    List<String> differ = new ArrayList<>();
    for (String scalar :
        List.of(
            "3",
            "+3",
            "-0",
            "03",
            "010",
            "08",
            "0x10",
            "0X1F",
            "0o17",
            "0b11",
            "1_000",
            "1__0",
            "_1",
            "1e1",
            "1.0",
            "1.5",
            "1.",
            ".5",
            "+.5",
            "1e400",
            "1:30",
            "1,000",
            "0x",
            "0b2",
            "y",
            "n",
            "yes",
            "No",
            "on",
            "OFF",
            "true",
            "True",
            "tRue",
            "~",
            "null",
            "NULL",
            "nULL",
            ".nan",
            ".inf",
            "-.INF",
            "2026-01-01",
            "2026-01-01T00:00:00Z",
            "<<",
            "=",
            "''",
            "'3'",
            "\"3\"",
            "!!str 3",
            "!!int '3'",
            "!!float 3",
            "!!bool yes",
            "! 3",
            "!mine 3",
            "abc",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "2147483647",
            "2147483648",
            "99999999999999999999",
            "12 # three",
            "|-\n      3",
            ">-\n      yes")) {
      for (String manifest :
          List.of(
              "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: %s\n",
              "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\nimmutable: %s\n",
              """
              apiVersion: v1
              kind: ResourceQuota
              metadata:
                name: a
              spec:
                hard:
                  pods: %s
              """,
              """
              apiVersion: scheduling.k8s.io/v1
              kind: PriorityClass
              metadata:
                name: a
              value: %s
              """,
              "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n  generation: %s\n")) {
        String text = manifest.formatted(scalar);
        Verdict verdict = server().apply(text, text);
        SchemaReport report = check(text);
        if (report.isProven() != verdict.accepted()
            && !verdict.isOfValidation()
            && !(verdict.accepted() && isOverflow(report))) {
          differ.add(text + verdict.message() + report.diagnostics());
        }
      }
    }
    assertEquals(List.of(), differ);
  }

  @Test
  void theSnapshotKnowsWhatTheServerServes() {
    List<Api> served = server().kinds();
    Snapshot snapshot = Snapshots.of(checker().kubernetes()).orElseThrow();
    for (Api api : served) {
      assertTrue(snapshot.kinds().containsKey(api), () -> "not in the snapshot: " + api);
      assertTrue(ApiHistory.isOnByDefault(api), () -> "on, though off by default: " + api);
    }
    List<String> versions = served.stream().map(Api::apiVersion).distinct().sorted().toList();
    for (Api api : snapshot.kinds().keySet()) {
      if (ApiHistory.isOnByDefault(api)) {
        assertTrue(versions.contains(api.apiVersion()), () -> "not served: " + api);
      }
    }
  }

  /** Values of enumerations too, which the snapshot has from another file than the server. */
  @Test
  void theTypesOfTheSnapshotAreTheServers() {
    Snapshot ours = Snapshots.of(checker().kubernetes()).orElseThrow();
    Snapshot theirs =
        SnapshotMaker.make(
            ours.kubernetes(), Snapshot.Origin.SERVER, server().openApi(), EnumValues.IN_DOCUMENTS);
    assertTrue(theirs.types().size() > 500, "types: " + theirs.types().size());
    theirs.types().forEach((name, type) -> assertEquals(type, ours.typeOrNull(name)));
    assertTrue(ours.kinds().keySet().containsAll(theirs.kinds().keySet()));
  }

  /**
   * Server-side apply of 2147483648 into 32 bits is accepted and becomes -2147483648: seen with
   * 1.37.2. That is what nobody means, so the checker is the stricter of the two.
   */
  private static boolean isOverflow(SchemaReport report) {
    return report.diagnostics().stream().allMatch(each -> each.what().contains("is too large"));
  }

  private static SchemaReport check(String text) {
    return checker()
        .check(text, line -> new Location("manifest.yaml", line, 0, null), Completeness.WHOLE);
  }

  private static ApiServer server() {
    return Objects.requireNonNull(server);
  }

  private static SchemaChecker checker() {
    return Objects.requireNonNull(checker);
  }
}
