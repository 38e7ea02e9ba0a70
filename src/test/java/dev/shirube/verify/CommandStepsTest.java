package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.verify.grammar.WrittenPage;
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

  @ParameterizedTest
  @ValueSource(strings = {"sleep 9"})
  void whatRunsInTheBackgroundIsNotRepeated(String command) {
    assertEquals(false, onlyLooks("%background", command));
  }
}
