package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.WrittenPage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that changes something must not be run twice; one that looks may be. */
class CommandStepsTest {

  private static boolean onlyLooks(String attributes, String command) {
    return CommandSteps.onlyLooks(
        WrittenPage.of("[source" + attributes + ",bash,verify=run]\n----\n" + command + "\n----\n")
            .snippet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl get pods",
        "kubectl -n team-a logs web-0 | head -1",
        "kubectl rollout status deploy/web",
        "kubectl rollout history deploy/web",
        "kubectl wait --for=condition=Ready pod/web",
        "kubectl auth can-i list pods",
        "shirube cluster status",
        "echo apply"
      })
  void looking(String command) {
    assertEquals(true, onlyLooks("", command));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl apply -f a.yaml",
        "kubectl -n team-a delete pod web-0",
        "kubectl get pods && kubectl scale deploy/web --replicas=2",
        "echo a | kubectl create -f -",
        "kubectl rollout restart deploy/web",
        "kubectl rollout undo deploy/web",
        "kubectl get pods\nkubectl label pod web-0 a=b",
        "kubectl certificate approve a",
        "shirube cluster node stop node-2"
      })
  void changing(String command) {
    assertEquals(false, onlyLooks("", command));
  }

  private static long secondsOfAnAttempt(String attributes, String command, int left) {
    Snippet snippet =
        WrittenPage.of("[source,bash,verify=run" + attributes + "]\n----\n" + command + "\n----\n")
            .snippet();
    return CommandSteps.limit(
            snippet,
            CommandSteps.parse(snippet).commands().getFirst(),
            snippet.options().within().orElse(Duration.ZERO),
            Duration.ofSeconds(left))
        .toSeconds();
  }

  @Test
  void whatIsRepeatedHasNoMoreThanAThirdOfTheTimeForAnAttempt() {
    assertEquals(20, secondsOfAnAttempt(",within=60s", "curl http://localhost:8080/", 60));
    assertEquals(15, secondsOfAnAttempt(",within=60s", "curl http://localhost:8080/", 15));
  }

  @Test
  void anAttemptHasEnoughTimeForABusyMachineAndNeverMoreThanAnyCommand() {
    assertEquals(10, secondsOfAnAttempt(",within=5s", "kubectl get pods", 5));
    assertEquals(10, secondsOfAnAttempt(",within=60s", "kubectl get pods", -1));
    assertEquals(180, secondsOfAnAttempt(",within=20m", "kubectl get pods", 1200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl rollout status deploy/web --timeout=120s",
        "kubectl wait --timeout 120s --for=condition=Ready pod/web",
        "timeout 5 cat pipe",
        "curl --max-time 5 http://localhost:8080/",
        "kubectl delete pod web-0"
      })
  void whatEndsByItselfOrIsNotRepeatedKeepsItsTime(String command) {
    assertEquals(180, secondsOfAnAttempt(",within=60s", command, 60));
  }

  @Test
  void theTimeThatThePageGivesIsThatOfAnAttempt() {
    assertEquals(40, secondsOfAnAttempt(",within=60s,timeout=40s", "kubectl get pods", 3));
    assertEquals(180, secondsOfAnAttempt("", "kubectl get pods", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep 9"})
  void whatRunsInTheBackgroundIsNotRepeated(String command) {
    assertEquals(false, onlyLooks("%background", command));
  }
}
