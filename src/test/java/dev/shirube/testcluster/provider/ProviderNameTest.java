package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"auto", "local", "k3s", "none", "context:kind-tests", "context:arn:aws:eks/x y"})
  void aNameIsWrittenAsItIsRead(String name) {
    assertEquals(name, ProviderName.parse(name).toString());
  }

  @Test
  void aContextIsNamedWithItsColons() {
    assertEquals("arn:aws:eks/x", ProviderName.parse("context:arn:aws:eks/x").context());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          locl        | no provider is called "locl"; did you mean local?
          context:    | no provider is called "context:"; did you mean context:NAME?
          minikube    | no provider is called "minikube"; there are auto, local, k3s, none, context:NAME
          """)
  void aWrongNameSuggestsARightOne(String name, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ProviderName.parse(name)).getMessage());
  }
}
