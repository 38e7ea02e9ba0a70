package dev.shirube.verify.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftMatrixTest {

  private static final List<KubernetesMinor> ALL = Snapshots.minors();

  @Test
  void aManifestThatIsTooOldBreaksAtTheVersionThatRemovedItsApi() {
    DriftMatrix.Row row =
        row(
            """
            apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
            kind: FlowSchema
            metadata: {name: a}
            """);
    assertTrue(row.drifts());
    assertTrue(row.works(new KubernetesMinor(1, 31)));
    assertEquals(Optional.of(new KubernetesMinor(1, 32)), row.breaksAt());
    assertEquals("removed-api", row.errors(new KubernetesMinor(1, 37)).getFirst().code());
  }

  @Test
  void aManifestThatIsTooNewWorksFromTheVersionThatBroughtItsFields() {
    DriftMatrix.Row row =
        row(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              hostnameOverride: b
              containers: [{name: a, image: b}]
            """);
    assertTrue(row.drifts());
    assertFalse(row.works(new KubernetesMinor(1, 33)));
    assertTrue(row.works(new KubernetesMinor(1, 34)));
    assertEquals(Optional.empty(), row.breaksAt());
  }

  @Test
  void aManifestOfAllTimesDoesNotDrift() {
    assertFalse(row("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n").drifts());
  }

  @Test
  void aVersionWithoutASnapshotIsNamed() {
    List<KubernetesMinor> unknown = List.of(new KubernetesMinor(1, 12));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> DriftMatrix.of(List.of(), unknown));
    assertTrue(String.valueOf(thrown.getMessage()).contains("1.12"));
  }

  @Test
  void versionsAndRangesAreRead() {
    assertEquals(Optional.of(new KubernetesMinor(1, 37)), KubernetesMinor.parse("v1.37.2"));
    assertEquals(Optional.empty(), KubernetesMinor.parse("newest"));
    assertEquals(ALL, KubernetesMinor.parseRange("1.29..1.37").orElseThrow());
    assertEquals(
        List.of(new KubernetesMinor(1, 30)), KubernetesMinor.parseRange("1.30").orElseThrow());
    assertEquals(Optional.empty(), KubernetesMinor.parseRange("1.37..1.29"));
    assertTrue(new KubernetesMinor(1, 9).compareTo(new KubernetesMinor(1, 10)) < 0);
  }

  private static DriftMatrix.Row row(String text) {
    return DriftMatrix.of(
            List.of(
                new DriftMatrix.Manifest(
                    text, line -> new Location("a.yaml", line, 0, null), Completeness.WHOLE)),
            ALL)
        .rows()
        .getFirst();
  }
}
