package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldLineTest {

  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        labels:
          app.kubernetes.io/name: web
      spec:
        template:
          spec:
            containers:
            - name: web
              image: nginx
            - name: side
              ports:
              - containerPort: 80
      """;

  @ParameterizedTest
  @CsvSource({
    "metadata.name,                                    4",
    "metadata.labels[app.kubernetes.io/name],          6",
    "spec.template.spec.containers[0].image,           12",
    "spec.template.spec.containers[1],                 13",
    "spec.template.spec.containers[1].ports[0].containerPort, 15",
    ".spec.template,                                   8"
  })
  void aFieldIsFoundAtItsLine(String path, int line) {
    assertEquals(Optional.of(line), FieldLine.of(MANIFEST, path));
  }

  @ParameterizedTest
  @CsvSource({
    "spec.replicas,                             7",
    "spec.template.spec.containers[7].image,    10",
    "spec.template.spec.containers[1].image,    13",
    "metadata.labels[other],                    5"
  })
  void aFieldThatIsMissingIsFoundAtTheNearestOneAboveIt(String path, int line) {
    assertEquals(Optional.of(line), FieldLine.of(MANIFEST, path));
  }

  @ParameterizedTest
  @CsvSource({
    "'spec.template.spec.containers[name=\"side\"].ports', 14",
    "'.spec.template.spec.containers[name=\"web\"].image', 12"
  })
  void anItemIsFoundByItsKeyAsServerSideApplyNamesIt(String path, int line) {
    assertEquals(Optional.of(line), FieldLine.of(MANIFEST, path));
  }

  @Test
  void jsonHasLinesToo() {
    assertEquals(Optional.of(3), FieldLine.of("{\n \"spec\": {\n  \"a\": 1}\n}\n", "spec.a"));
  }

  @Test
  void whatIsNotThereHasNoLine() {
    assertEquals(Optional.empty(), FieldLine.of(MANIFEST, "status.phase"));
    assertEquals(Optional.empty(), FieldLine.of(MANIFEST, ""));
    assertEquals(Optional.empty(), FieldLine.of("kind: [", "kind"));
    assertEquals(Optional.empty(), FieldLine.of("", "kind"));
  }
}
