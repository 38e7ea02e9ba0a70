package dev.shirube.diagnose.object;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.diagnose.observed.Fact.Sort;
import dev.shirube.diagnose.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ObjectReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static List<Observation> read(String... objects) {
    return new ObjectReader(new ObjectReader.Settings(NOW, Duration.ofSeconds(30), true))
        .read(
            List.of(objects).stream().map(each -> JsonMapper.shared().readTree(each)).toList(),
            (namespace, pod, container, previous) -> List.of(previous ? "before" : "now"));
  }

  private static String pod(String status) {
    return pod("2026-11-24T11:00:00Z", status);
  }

  private static String pod(String created, String status) {
    return """
    {"kind": "Pod", "metadata": {"name": "a", "namespace": "n", "creationTimestamp": "%s"},
     "spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "data"}}]}, "status": {%s}}
    """
        .formatted(created, status);
  }

  private static String told(Observation seen) {
    return seen.facts(Sort.STATE).getFirst().text() + "|" + seen.trouble().orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'phase': 'Succeeded'; Succeeded|
          'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'True'}], 'containerStatuses': [{'name': 'c', 'ready': true, 'state': {'running': {}}}]; Running|
          'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'False', 'lastTransitionTime': '2026-11-24T11:59:50Z'}], 'containerStatuses': [{'name': 'c', 'ready': false, 'state': {'running': {}}}]; Running|
          'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'False', 'lastTransitionTime': '2026-11-24T11:59:00Z'}], 'containerStatuses': [{'name': 'c', 'ready': false, 'state': {'running': {}}}]; Running|Running, but not ready
          'phase': 'Running', 'containerStatuses': [{'name': 'c', 'restartCount': 1, 'state': {'waiting': {'reason': 'CrashLoopBackOff'}}}]; CrashLoopBackOff|CrashLoopBackOff
          'phase': 'Running', 'containerStatuses': [{'name': 'c', 'ready': true, 'restartCount': 4, 'state': {'running': {}}, 'lastState': {'terminated': {'exitCode': 1, 'finishedAt': '2026-11-24T11:58:00Z'}}}]; Running|it was restarted, 4 times in all
          'phase': 'Running', 'containerStatuses': [{'name': 'c', 'ready': true, 'restartCount': 4, 'state': {'running': {}}, 'lastState': {'terminated': {'exitCode': 1, 'finishedAt': '2026-11-23T11:58:00Z'}}}]; Running|
          'phase': 'Pending', 'initContainerStatuses': [{'name': 'i', 'state': {'terminated': {'exitCode': 1, 'reason': 'Error'}}}]; Init:Error|Init:Error
          'phase': 'Pending', 'initContainerStatuses': [{'name': 'i', 'state': {'running': {}}}]; Init:0/1|
          'phase': 'Pending', 'conditions': [{'type': 'PodScheduled', 'status': 'False', 'reason': 'SchedulingGated'}]; SchedulingGated|
          'phase': 'Pending', 'conditions': [{'type': 'PodScheduled', 'status': 'False', 'reason': 'Unschedulable'}]; Pending|Pending
          'phase': 'Failed', 'reason': 'Evicted'; Evicted|Evicted
          """)
  void aPodIsInTroubleOrNot(String status, String told) {
    assertEquals(told, told(read(pod(status.replace('\'', '"'))).getFirst()));
  }

  @Test
  void aPodBetweenTwoFailuresStillHasTheStateOfTheLastOne() {
    Observation pod =
        read(pod(
                "\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"c\", \"restartCount\": 2, \"state\": {\"running\": {}}, \"lastState\": {\"terminated\": {\"exitCode\": 1, \"reason\": \"Error\", \"finishedAt\": \"2026-11-24T11:59:50Z\"}}}]"))
            .getFirst();
    assertEquals(
        List.of("Running", "Error"),
        pod.facts(Sort.STATE).stream().map(fact -> fact.text()).toList());
  }

  @Test
  void aPodThatIsYoungMayPull() {
    String creating =
        "\"phase\": \"Pending\", \"containerStatuses\": [{\"name\": \"c\", \"state\": {\"waiting\":"
            + " {\"reason\": \"ContainerCreating\"}}}]";
    assertEquals(
        "ContainerCreating|", told(read(pod("2026-11-24T11:59:00Z", creating)).getFirst()));
    assertEquals(
        "ContainerCreating|ContainerCreating",
        told(read(pod("2026-11-24T11:50:00Z", creating)).getFirst()));
  }

  @Test
  void logsOfWhatFailsAreReadTheOneBeforeFirst() {
    Observation pod =
        read(pod(
                "\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"c\","
                    + " \"restartCount\": 1, \"state\": {\"waiting\": {\"reason\":"
                    + " \"CrashLoopBackOff\"}}}]"))
            .getFirst();
    assertEquals(
        List.of("before", "now"), pod.facts(Sort.LOG).stream().map(fact -> fact.text()).toList());
  }

  @Test
  void eventsOfAPodOfTheSameNameThatWasThereBeforeAreNotItsOwn() {
    String pod =
        "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\", \"namespace\": \"n\", \"uid\": \"2\"},"
            + " \"status\": {}}";
    String event =
        "{\"kind\": \"Event\", \"reason\": \"Failed\", \"message\": \"m\", \"involvedObject\":"
            + " {\"kind\": \"Pod\", \"name\": \"a\", \"namespace\": \"n\", \"uid\": \"%s\"}}";
    assertEquals(1, read(pod, event.formatted(2)).getFirst().facts(Sort.EVENT).size());
    assertEquals(0, read(pod, event.formatted(1)).getFirst().facts(Sort.EVENT).size());
  }

  private static String service(String port) {
    return """
    {"kind": "Service", "metadata": {"name": "web", "namespace": "n"},
     "spec": {"clusterIP": "10.96.0.1", "selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": %s}]}}
    """
        .formatted(port);
  }

  private static String labelled(String label, boolean ready) {
    return """
    {"kind": "Pod", "metadata": {"name": "a", "namespace": "n", "labels": {"app": "%s"}},
     "spec": {"containers": [{"ports": [{"name": "http", "containerPort": 80}]}]},
     "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "%s"}],
      "containerStatuses": [{"name": "c", "ready": %s, "state": {"running": {}}}]}}
    """
        .formatted(label, ready ? "True" : "False", ready);
  }

  @Test
  void aServiceIsHeldAgainstItsPods() {
    assertEquals(
        "", read(service("\"http\""), labelled("web", true)).getFirst().trouble().orElse(""));
    assertEquals(
        "NoPodsSelected",
        read(service("80"), labelled("wbe", true)).getFirst().facts(Sort.STATE).getFirst().text());
    assertEquals(
        "NoReadyPods",
        read(service("80"), labelled("web", false)).getFirst().facts(Sort.STATE).getFirst().text());
    assertEquals(
        "WrongTargetPort",
        read(service("\"https\""), labelled("web", true))
            .getFirst()
            .facts(Sort.STATE)
            .getFirst()
            .text());
  }

  private static String claim(String phase) {
    return """
    {"kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "n", "creationTimestamp": "2026-11-24T11:00:00Z"},
     "spec": {"storageClassName": "late"}, "status": {"phase": "%s"}}
    """
        .formatted(phase);
  }

  @Test
  void aClaimThatWaitsForItsFirstPodIsInNoTrouble() {
    String late =
        "{\"kind\": \"StorageClass\", \"metadata\": {\"name\": \"late\"}, \"volumeBindingMode\":"
            + " \"WaitForFirstConsumer\"}";
    assertEquals("Pending|", told(read(claim("Pending"), late).getFirst()));
    assertEquals("Pending|Pending", told(read(claim("Pending")).getFirst()));
    assertEquals("Lost|Lost", told(read(claim("Lost"), late).getFirst()));
  }

  @Test
  void listsOfOneKindDoNotRepeatIt() {
    assertEquals(
        List.of("Pod n/a"),
        read(
                "{\"kind\": \"PodList\", \"items\": [{\"metadata\": {\"name\": \"a\","
                    + " \"namespace\": \"n\"}}]}")
            .stream()
            .map(seen -> seen.id().toString())
            .toList());
  }
}
