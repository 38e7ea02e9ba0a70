package dev.shirube.verify.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonExpectationTest {

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"name": "web-7d4b9c6f5d-x2x5k", "labels": {"app.kubernetes.io/name": "web"},
         "creationTimestamp": "2026-11-23T00:00:01Z"},
       "spec": {"containers": [
         {"name": "proxy", "image": "envoy:1.30", "args": ["-c", "/etc/envoy.yaml", "-l", "info"]},
         {"name": "web", "image": "nginx:1.10", "ports": [{"containerPort": 8080}]}],
         "volumes": [{"name": "tmp", "emptyDir": {}}], "tolerations": []},
       "status": {"phase": "Running", "podIP": "10.244.0.7", "hostNetwork": false,
         "conditions": [
           {"type": "Ready", "status": "False", "reason": "ContainersNotReady"},
           {"type": "PodScheduled", "status": "True"}],
         "load": 1.50}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: Pod",
        "{\"kind\": \"Pod\"}",
        "{}",
        "status: {phase: Running|Succeeded}",
        "metadata: {name: web-<hash>-<hash>, creationTimestamp: <date>}",
        "spec: {containers: [{name: web, image: 'nginx:1.10'}]}",
        "spec: {containers: [{name: web}, {name: proxy}]}",
        "spec: {containers: [{image: nginx:...}]}",
        "spec: {containers: [{ports: [{containerPort: 8080}]}]}",
        "spec: {containers: [{ports: [{containerPort: <n>}]}]}",
        "spec: {containers: [{args: ['-c', '-l', info]}]}",
        "spec: {volumes: [{emptyDir: {}}], tolerations: []}",
        "status: {conditions: [{type: PodScheduled, status: 'True'}], podIP: <ip>}",
        "status: {hostNetwork: false, load: 1.5}",
        "status: {hostNetwork: <any>}",
        "status: {message: null}",
        "status:\n  message:",
      })
  void aPartOfThePodMatches(String expected) {
    Expected.assertMatches(MatchMode.JSON, expected, POD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kind: Service | 1:7 $.kind: expected Service, was Pod",
        "status:;  phase: Pending | 2:10 $.status.phase: expected Pending, was Running",
        "status:;  message: down | 2:3 $.status.message: expected down, was not there",
        "status:;  podIP: null | 2:10 $.status.podIP: expected null, was 10.244.0.7",
        "status:;  load: '1.50' | 2:9 $.status.load: expected \"1.50\", was 1.50",
        "status:;  hostNetwork: 'false' | 2:16 $.status.hostNetwork: expected \"false\", was false",
        "status:;  phase: [a] | 2:3 $.status.phase: expected [a], was Running",
        "status:;  phase: {a: b} | 2:3 $.status.phase: expected {a: b}, was Running",
        "status:;  conditions:;  - type: Ready;    status: 'True' | 4:13"
            + " $.status.conditions[0].status: expected \"True\", was \"False\"",
        "status:;  conditions:;  - type: Initialized | 3:5 $.status.conditions: expected an element"
            + " {type: Initialized}, was [{type: Ready, …}, {type: PodScheduled, …}]",
        "spec:;  containers:;  - name: web;    image: nginx:1.1 | 4:12 $.spec.containers[1].image:"
            + " expected nginx:1.1, was nginx:1.10",
        "spec:;  containers:;  - name: web;    ports:;    - containerPort: '8080' | 5:7"
            + " $.spec.containers[1].ports: expected an element {containerPort: \"8080\"}, was"
            + " [{containerPort: 8080}]",
        "metadata:;  labels:;    app.kubernetes.io/name: api | 3:29"
            + " $.metadata.labels['app.kubernetes.io/name']: expected api, was web",
        "spec:;  containers:;  - name: proxy;    args: [info, -c] | 4:18"
            + " $.spec.containers[0].args: expected -c behind element 3, was [-c, /etc/envoy.yaml,"
            + " -l, info]",
        "spec:;  volumes: [] | 2:12 $.spec.volumes: expected [], was [{name: tmp, …}]",
        "{;\"kind\": \"pod\"} | 2:9 $.kind: expected pod, was Pod",
        "- a | 1:1 $: expected [a], was {name: x}",
      })
  void aDifferenceHasItsPathAndLine(String expected, String where) {
    String actual = expected.startsWith("- ") ? "{\"name\": \"x\"}" : POD;
    assertEquals(
        where,
        Expected.where(Expected.mismatch(MatchMode.JSON, expected.replace(';', '\n'), actual)));
  }

  @Test
  void everyDifferenceIsInTheDiff() {
    assertEquals(
        """
        - $.kind: Service
        + $.kind: Pod
        - $.status.phase: Pending
        + $.status.phase: Running
        """,
        Expected.mismatch(MatchMode.JSON, "kind: Service\nstatus: {phase: Pending}", POD).diff());
  }

  @Test
  void theOutputMayBeYaml() {
    String actual = "kind: Pod\nstatus:\n  phase: Running\n  ports:\n  - 80\n";
    Expected.assertMatches(MatchMode.JSON, "{\"status\": {\"ports\": [80]}}", actual);
    assertFalse(Expected.compare(MatchMode.JSON, "status: {ports: ['80']}", actual).matches());
  }

  @Test
  void anErrorMessageIsNoMatch() {
    for (String actual :
        List.of(
            "", "Error from server (NotFound): pods \"web\" not found", "{\"kind\": ", "a: b: c")) {
      assertFalse(Expected.compare(MatchMode.JSON, "kind: Pod", actual).matches());
    }
    assertTrue(
        Expected.mismatch(MatchMode.JSON, "kind: Pod", "{\"kind\": ")
            .what()
            .startsWith("the output is neither JSON nor YAML: "));
  }

  @Test
  void oneElementDoesNotMeetTwoExpectedOnes() {
    Expected.assertMatches(MatchMode.JSON, "[{a: <n>}, {a: 1}]", "[{\"a\": 1}, {\"a\": 2}]");
    assertFalse(Expected.compare(MatchMode.JSON, "[{a: 1}, {a: 1}]", "[{\"a\": 1}]").matches());
    assertFalse(Expected.compare(MatchMode.JSON, "[x, x]", "[\"x\"]").matches());
  }

  @Test
  void aCommandWithBarsIsNoAlternative() {
    Expected.assertMatches(
        MatchMode.JSON, "args: [\"a || b | c\"]", "{\"args\": [\"a || b | c\"]}");
    assertFalse(
        Expected.compare(MatchMode.JSON, "args: [\"a | b\"]", "{\"args\": [\"a\"]}").matches());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | 1:1 nothing to compare with",
        "a: 1;---;b: 2 | 3:1 more than one document",
        "a: 1;a: 2 | 2:1 key a twice",
        "a: &x [*x] | 1:4 a value inside itself",
        "a: <aeg> | 1:4 unknown token <aeg>",
        "a: {b | 1:6 neither JSON nor YAML: expected ',' or '}', but got <stream end>",
        "a: b: c | 1:5 neither JSON nor YAML: mapping values are not allowed here",
        "? [a];: b | 1:3 a key that is no text",
      })
  void whatCannotBeComparedIsAProblem(String expected, String problem) {
    assertEquals(problem, Expected.problem(MatchMode.JSON, expected.replace(';', '\n')));
  }

  @Test
  void aRandomObjectMatchesItselfAndNoValueMayChange() {
    Random random = new Random(20261125);
    JsonMapper json = JsonMapper.builder().build();
    for (int i = 0; i < 500; i++) {
      Map<String, Object> object = new LinkedHashMap<>();
      Map<String, Object> inner = new LinkedHashMap<>();
      Map<String, Object> element = new LinkedHashMap<>();
      fill(object, random);
      fill(inner, random);
      fill(element, random);
      element.put("name", "web");
      object.put("inner", inner);
      object.put("list", List.of(Map.of("name", "db"), element));
      String text = json.writeValueAsString(object);
      Expected.assertMatches(MatchMode.JSON, text, text);
      boolean within = random.nextBoolean();
      Map<String, Object> changed = within ? inner : element;
      String before = json.writeValueAsString(object);
      List<String> keys = changed.keySet().stream().filter(key -> !key.equals("name")).toList();
      String key = keys.get(random.nextInt(keys.size()));
      Object old = changed.get(key);
      changed.put(key, old instanceof String string ? string + "y" : String.valueOf(old));
      Comparison.Mismatch mismatch =
          Expected.mismatch(MatchMode.JSON, before, json.writeValueAsString(object));
      String path = within ? "$.inner." + key : "$.list[1]." + key;
      assertTrue(mismatch.what().startsWith(path + ": "), mismatch::what);
    }
  }

  private static void fill(Map<String, Object> object, Random random) {
    List<Object> values = List.of("x", "1", 1, 2.5, true, "true", "標 準", "a\"b\\n", "a|b c");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      object.put("k" + random.nextInt(6), values.get(random.nextInt(values.size())));
    }
  }
}
