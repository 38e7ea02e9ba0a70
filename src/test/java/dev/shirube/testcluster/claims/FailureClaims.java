package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What goes wrong in a cluster, and how it says so. */
public interface FailureClaims extends ClusterClaims {

  @Claim
  default void eventsTellOfAPodsStart(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: web
              image: nginx:1.29
        """);
    namespace.awaitReady("pod/web");
    namespace.awaitEvent("web", "Started", "ontainer");
    List<String> reasons =
        namespace
            .answer(
                "get",
                "events",
                "--field-selector=involvedObject.name=web",
                "-o",
                field("{range .items[*]}{.reason}{\"\\n\"}{end}"))
            .lines()
            .filter(reason -> !reason.equals("Pulling")) // none where the node has the image
            .sorted()
            .toList();
    assertEquals(List.of("Created", "Pulled", "Scheduled", "Started"), reasons);
    assertTrue(namespace.answer("describe", "pod", "web").contains("Successfully assigned"));
  }

  @Claim
  default void aContainerThatEndsIsStartedAgainLater(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: ends
          labels:
            app: ends
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: ends
              image: busybox:1.37
              command: ["sh", "-c", "echo about to end; sleep 3; exit 3"]
        """);
    namespace.awaitCrashLoop("ends");
    assertEquals(
        "3",
        namespace.get("pod/ends", "{.status.containerStatuses[0].lastState.terminated.exitCode}"));
    namespace.awaitEvent("ends", "BackOff", "Back-off restarting failed container ends in pod");
    namespace.await(
        count -> Integer.parseInt(count) >= 2,
        "get",
        "pod",
        "ends",
        "-o",
        field("{.status.containerStatuses[*].restartCount}"));
    // The kubelet keeps one container that has ended: the previous one while the next one runs.
    namespace.await("about to end"::equals, "logs", "ends", "--previous");
  }

  @Claim
  default void aContainerThatTakesTooMuchMemoryIsKilled(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: greedy
        spec:
          restartPolicy: Never
          containers:
            - name: greedy
              image: busybox:1.37
              command: ["tail", "/dev/zero"]
              resources:
                limits:
                  memory: 32Mi
        """);
    namespace.await(
        "OOMKilled 137"::equals,
        "get",
        "pod",
        "greedy",
        "-o",
        field("{.status.containerStatuses[*].state.terminated['reason', 'exitCode']}"));
    assertTrue(namespace.answer("get", "pods").contains("OOMKilled"));
  }

  @Claim
  default void aPodThatFitsNowhereWaitsAndSaysWhy(ClaimNamespace namespace) {
    String label = "example.com/" + namespace.name();
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: needs-ssd
        spec:
          terminationGracePeriodSeconds: 1
          nodeSelector:
            LABEL: ssd
          containers:
            - name: app
              image: busybox:1.37
              command: ["sleep", "3600"]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: needs-much
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: app
              image: busybox:1.37
              command: ["sleep", "3600"]
              resources:
                requests:
                  cpu: "1000"
        """
            .replace("LABEL", label));
    namespace.awaitEvent(
        "needs-ssd", "FailedScheduling", "didn't match Pod's node affinity/selector");
    namespace.awaitEvent("needs-much", "FailedScheduling", "Insufficient cpu");
    assertEquals("Pending Pending", namespace.get("pods", "{.items[*].status.phase}"));
    String node = nodes().getFirst();
    namespace.answer("label", "node", node, label + "=ssd");
    try {
      namespace.awaitReady("pod/needs-ssd");
      assertEquals(node, namespace.get("pod/needs-ssd", "{.spec.nodeName}"));
    } finally {
      namespace.answer("label", "node", node, label + "-");
    }
    assertEquals("Pending", namespace.get("pod/needs-much", "{.status.phase}"));
  }

  @Claim
  default void aContainerThatDoesNotLiveIsStartedAgain(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: lives
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: lives
              image: busybox:1.37
              command: ["sh", "-c", "touch /tmp/alive; exec sleep 3600"]
              startupProbe:
                exec:
                  command: ["test", "-e", "/tmp/alive"]
                periodSeconds: 1
              livenessProbe:
                exec:
                  command: ["test", "-e", "/tmp/alive"]
                periodSeconds: 1
                failureThreshold: 1
        """);
    namespace.awaitReady("pod/lives");
    assertEquals("0", namespace.get("pod/lives", "{.status.containerStatuses[0].restartCount}"));
    namespace.exec("lives", "rm", "/tmp/alive");
    namespace.awaitEvent("lives", "Unhealthy", "Liveness probe failed");
    namespace.await(
        "1 true"::equals,
        "get",
        "pod",
        "lives",
        "-o",
        field("{.status.containerStatuses[*]['restartCount', 'ready']}"));
  }

  @Claim
  default void aStartupProbeHoldsTheOthersBack(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: slow
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: slow
              image: busybox:1.37
              command: ["sh", "-c", "sleep 4; touch /tmp/started; exec sleep 3600"]
              startupProbe:
                exec:
                  command: ["test", "-e", "/tmp/started"]
                periodSeconds: 1
                failureThreshold: 60
              livenessProbe:
                exec:
                  command: ["test", "-e", "/tmp/started"]
                periodSeconds: 1
                failureThreshold: 1
        """);
    namespace.awaitEvent("slow", "Unhealthy", "Startup probe failed");
    namespace.awaitReady("pod/slow");
    assertEquals(
        "true 0",
        namespace.get("pod/slow", "{.status.containerStatuses[0]['started', 'restartCount']}"));
  }
}
