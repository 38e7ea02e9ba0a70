package dev.shirube.verify.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.verify.schema.Shape.OneOf;
import dev.shirube.verify.schema.Shape.Ref;
import dev.shirube.verify.schema.Shape.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotsTest {

  @TempDir Path folder = Path.of("unset");

  @Test
  void everyMinorFromTheOldestSupportedIsThere() {
    assertEquals(KubernetesMinor.parseRange("1.29..1.37").orElseThrow(), Snapshots.minors());
  }

  @ParameterizedTest
  @MethodSource("dev.shirube.verify.schema.Snapshots#minors")
  void aSnapshotIsReadAsItWasWritten(KubernetesMinor minor) {
    Snapshot snapshot = Snapshots.of(minor).orElseThrow();
    assertEquals(minor, snapshot.minor());
    String text = SnapshotFormat.write(snapshot);
    assertEquals(text, SnapshotFormat.write(SnapshotFormat.read(text)));
    assertTrue(snapshot.types().size() > 500, "types: " + snapshot.types().size());
  }

  @Test
  void writingTwiceGivesTheSameBytes() throws IOException {
    Snapshot snapshot = Snapshots.of(Snapshots.minors().getFirst()).orElseThrow();
    Path first = Snapshots.write(snapshot, folder.resolve("a"));
    Path second = Snapshots.write(snapshot, folder.resolve("b"));
    assertEquals(-1, Files.mismatch(first, second));
    assertEquals("1.29\n", Files.readString(folder.resolve("a/minors.txt")));
  }

  @Test
  void aDocumentBecomesTypesWithoutDescriptions() {
    Snapshot snapshot =
        SnapshotMaker.make(
            "1.37.2",
            Snapshot.Origin.SERVER,
            List.of(
                """
                {"components": {"schemas": {
                  "com.example.v1.Backup": {
                    "type": "object",
                    "description": "a backup",
                    "required": ["size"],
                    "x-kubernetes-group-version-kind":
                      [{"group": "example.com", "version": "v1", "kind": "Backup"}],
                    "properties": {
                      "description": {"type": "string"},
                      "size": {"allOf": [{"$ref": "#/components/schemas/x.Quantity"}]},
                      "when": {"type": "string", "format": "date-time"},
                      "mode": {"type": "string", "enum": ["Full", "Partial"]},
                      "target": {"type": "object", "properties": {"path": {"type": "string"}}},
                      "rest": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}},
                  "x.Quantity": {"oneOf": [{"type": "string"}, {"type": "number"}]}}}}
                """),
            EnumValues.IN_DOCUMENTS);
    ObjectType type = snapshot.typeOf(new Api("example.com/v1", "Backup")).orElseThrow();
    assertEquals(Scalar.STRING, field(type, "description").shape());
    assertEquals(new ObjectType.Field(Scalar.QUANTITY, true), field(type, "size"));
    assertEquals(Scalar.TIME, field(type, "when").shape());
    assertEquals(new OneOf(List.of("Full", "Partial")), field(type, "mode").shape());
    assertEquals(Scalar.OBJECT, field(type, "rest").shape());
    Ref target = (Ref) field(type, "target").shape();
    assertEquals(Scalar.STRING, field(snapshot.type(target.type()), "path").shape());
  }

  @Test
  void enumerationsComeFromTheGoFile() {
    EnumValues values =
        EnumValues.inGo(
            """
            func schema_k8sio_api_core_v1_ServiceSpec(ref common.ReferenceCallback) X {
            \t\t\t\t\t"type": {
            \t\t\t\t\t\tSchemaProps: spec.SchemaProps{
            \t\t\t\t\t\t\tEnum:        []interface{}{"", "ClusterIP"},
            """);
    assertEquals(List.of("", "ClusterIP"), values.of("io.k8s.api.core.v1.ServiceSpec", "type"));
    assertEquals(List.of(), values.of("io.k8s.api.core.v1.ServiceSpec", "ports"));
  }

  private static ObjectType.Field field(ObjectType type, String name) {
    return Objects.requireNonNull(type.fields().get(name), name);
  }
}
