package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderValuesTest {

  private static final Map<String, String> VALUES =
      Map.of("pod", "web-0", "odd", "$1\\{pod}", "end", "not this");

  @ParameterizedTest
  @CsvSource({
    "kubectl logs {pod},            kubectl logs web-0",
    "{pod}{pod},                    web-0web-0",
    "'a: {pod}',                    'a: web-0'",
    "{node},                        {node}",
    "${pod},                        ${pod}",
    "{{pod}},                       {{pod}}",
    "{Pod} {.pod} {pod.name} {},    {Pod} {.pod} {pod.name} {}",
    "%{pod} spec.containers{pod},   %{pod} spec.containers{pod}",
    "{range .items[*]}{pod}{end},   {range .items[*]}web-0{end}"
  })
  void namesInSingleBracesAreFilledIn(String text, String filled) {
    assertEquals(filled, PlaceholderValues.fill(text, VALUES));
  }

  @Test
  void aValueIsTakenAsItIs() {
    assertEquals("$1\\{pod}", PlaceholderValues.fill("{odd}", VALUES));
  }

  @Test
  void namesAreListedOnceAndSorted() {
    assertEquals(
        Set.of("a", "b-1"), PlaceholderValues.names("{b-1} {a} {a} ${c} {{d}} {E} {items[0]}"));
  }

  @Test
  void theBracesOfJsonPathAreNoNamesButThoseWithinItMayBe() {
    assertEquals(
        Set.of("namespace"),
        PlaceholderValues.names(
            """
            kubectl get pods -A -o jsonpath='{range .items[?(@.metadata.namespace=="{namespace}")]}\
            {.metadata.name}{"\\t"}{@.status.phase}{"\\n"}{end}'
            """));
  }
}
