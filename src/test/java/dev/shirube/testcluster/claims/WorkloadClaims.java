package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Order;

/** Pods, and what makes them: they run, and one can look into them. */
public interface WorkloadClaims extends ClusterClaims {

  @Claim
  default void whatAContainerSaysIsInItsLog(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: talker
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
            - name: before
              image: busybox:1.37
              command: ["echo", "before all others"]
          containers:
            - name: talker
              image: busybox:1.37
              command: ["sh", "-c", "echo out; echo err >&2; exec sleep 3600"]
        """);
    namespace.awaitReady("pod/talker");
    namespace.await(
        log -> log.lines().sorted().toList().equals(List.of("err", "out")),
        "logs",
        "talker",
        "-c",
        "talker");
    String one = namespace.answer("logs", "talker", "-c", "talker", "--timestamps", "--tail=1");
    assertTrue(one.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (out|err)"), one);
    assertEquals("before all others", namespace.answer("logs", "talker", "-c", "before"));
  }

  @Claim
  default void aCommandIsExecutedInAContainer(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: two
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: first
              image: busybox:1.37
              command: ["sleep", "3600"]
              env:
                - name: WHICH
                  value: first
            - name: second
              image: busybox:1.37
              command: ["sleep", "3600"]
              env:
                - name: WHICH
                  value: second
        """);
    namespace.awaitReady("pod/two");
    assertEquals("two", namespace.answer("exec", "two", "-c", "first", "--", "hostname"));
    assertEquals(
        "second", namespace.answer("exec", "two", "-c", "second", "--", "sh", "-c", "echo $WHICH"));
    Command.Result exit =
        namespace.kubectl("exec", "two", "-c", "first", "--", "sh", "-c", "exit 7");
    assertEquals(7, exit.exitCode(), exit.output());
    Command.Result echo =
        namespace.kubectlReading("line by line\n", "exec", "-i", "two", "-c", "first", "--", "cat");
    assertEquals("line by line", echo.output());
  }

  @Claim
  default void aRealNginxAnswersThroughAForwardedPort(ClaimNamespace namespace)
      throws IOException, InterruptedException {
    namespace.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: nginx
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: nginx
          template:
            metadata:
              labels:
                app: nginx
            spec:
              containers:
                - name: nginx
                  image: nginx:1.29
                  ports:
                    - containerPort: 80
                  readinessProbe:
                    httpGet:
                      path: /
                      port: 80
                    periodSeconds: 1
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: nginx
        spec:
          selector:
            app: nginx
          ports:
            - port: 8080
              targetPort: 80
        """);
    namespace.awaitRollout("deployment/nginx");
    try (PortForward toPod = PortForward.to(namespace, "deployment/nginx", 80);
        PortForward toService = PortForward.to(namespace, "service/nginx", 8080);
        HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(toPod.uri("/?by=pod")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("Welcome to nginx!"), answer.body());
      String server = answer.headers().firstValue("Server").orElse("");
      assertTrue(server.startsWith("nginx/"), server);
      assertEquals(
          200,
          http.send(
                  HttpRequest.newBuilder(toService.uri("/?by=service")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode());
    }
    namespace.await(
        log -> log.contains("\"GET /?by=pod HTTP/1.1\" 200") && log.contains("GET /?by=service"),
        "logs",
        "deployment/nginx");
  }

  @Claim
  default void containersOfAPodShareVolumesAndNetwork(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: shared
        spec:
          terminationGracePeriodSeconds: 1
          volumes:
            - name: html
              emptyDir: {}
          initContainers:
            - name: first
              image: busybox:1.37
              command: ["sh", "-c", "echo first > /work/index.html"]
              volumeMounts:
                - name: html
                  mountPath: /work
            - name: second
              image: busybox:1.37
              command: ["sh", "-c", "echo second >> /work/index.html"]
              volumeMounts:
                - name: html
                  mountPath: /work
          containers:
            - name: client
              image: busybox:1.37
              command: ["sleep", "3600"]
            - name: web
              image: nginx:1.29
              volumeMounts:
                - name: html
                  mountPath: /usr/share/nginx/html
                  readOnly: true
        """);
    namespace.awaitReady("pod/shared");
    assertEquals(
        "first\nsecond",
        namespace.await(
            page -> page.contains("second"),
            "exec",
            "shared",
            "-c",
            "client",
            "--",
            "wget",
            "-q",
            "-O",
            "-",
            "http://localhost/"));
    Command.Result written =
        namespace.kubectl(
            "exec", "shared", "-c", "web", "--", "touch", "/usr/share/nginx/html/third");
    assertNotEquals(0, written.exitCode());
    assertTrue(written.output().contains("Read-only file system"), written.output());
  }

  @Claim
  default void anInitContainerThatFailsHoldsTheOthersBack(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: waits
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
            - name: prepare
              image: busybox:1.37
              command: ["sh", "-c", "echo not yet; exit 1"]
          containers:
            - name: app
              image: busybox:1.37
              command: ["sleep", "3600"]
        """);
    namespace.await(
        pods -> pods.matches("(?s).*0/1\\s+Init:(Error|CrashLoopBackOff)\\s.*"), "get", "pods");
    assertEquals("not yet", namespace.answer("logs", "waits", "-c", "prepare"));
    assertEquals(
        "PodInitializing",
        namespace.get("pod/waits", "{.status.containerStatuses[0].state.waiting.reason}"));
  }

  @Claim
  default void aSidecarStartsFirstAndStays(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: with-sidecar
        spec:
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 1
              initContainers:
                - name: web
                  image: nginx:1.29
                  restartPolicy: Always
                  startupProbe:
                    httpGet:
                      path: /
                      port: 80
                    periodSeconds: 1
              containers:
                - name: app
                  image: busybox:1.37
                  command: ["wget", "-q", "-O", "-", "http://localhost/"]
        """);
    namespace.awaitCondition("Complete", "job/with-sidecar");
    assertTrue(
        namespace.answer("logs", "job/with-sidecar", "-c", "app").contains("Welcome to nginx!"));
  }

  @Claim
  @Order(3)
  default void aDeploymentRollsOutAndBack(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            rollingUpdate:
              maxSurge: 1
              maxUnavailable: 0
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: nginx
                  image: nginx:1.29
        """);
    namespace.awaitRollout("deployment/web");
    List<String> first = namespace.podsWithNodes("web");

    namespace.answer("set", "env", "deployment/web", "RELEASE=2");
    namespace.awaitRollout("deployment/web");
    namespace.await(
        pods -> pods.lines().count() == 2, "get", "pods", "-l", "app=web", "-o", "name");
    List<String> second = namespace.podsWithNodes("web");
    assertTrue(first.stream().noneMatch(second::contains), first + " " + second);
    assertEquals(
        "2", namespace.answer("exec", "deployment/web", "--", "sh", "-c", "echo $RELEASE"));

    namespace.answer("set", "image", "deployment/web", "nginx=nginx:no-such-tag");
    String stuck = namespace.refusal("rollout", "status", "deployment/web", "--timeout=3s");
    assertTrue(stuck.contains("timed out waiting for the condition"), stuck);
    assertEquals("2", namespace.get("deployment/web", "{.status.availableReplicas}"));

    assertTrue(
        namespace
            .answer("rollout", "undo", "deployment/web")
            .contains("deployment.apps/web rolled back"));
    namespace.awaitRollout("deployment/web");
    namespace.await(
        pods -> pods.lines().count() == 2, "get", "pods", "-l", "app=web", "-o", "name");
    assertEquals(second, namespace.podsWithNodes("web"));
    String history = namespace.answer("rollout", "history", "deployment/web");
    assertEquals(
        List.of("1", "3", "4"),
        history.lines().map(line -> line.split(" ")[0]).filter(n -> n.matches("\\d+")).toList());
  }

  @Claim
  default void aJobRunsToItsEnd(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: hello
        spec:
          completions: 2
          parallelism: 2
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: hello
                  image: busybox:1.37
                  command: ["echo", "hello from a job"]
        """);
    namespace.awaitCondition("Complete", "job/hello");
    assertEquals("2", namespace.get("job/hello", "{.status.succeeded}"));
    assertTrue(namespace.answer("logs", "job/hello").contains("hello from a job"));
  }

  @Claim
  @Order(3)
  default void aJobThatFailsIsTriedAsOftenAsItSays(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: fails
        spec:
          backoffLimit: 1
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: fails
                  image: busybox:1.37
                  command: ["sh", "-c", "exit 3"]
        """);
    namespace.awaitCondition("Failed", "job/fails");
    assertEquals(
        "2 BackoffLimitExceeded",
        namespace.get(
            "job/fails", "{.status.failed} {.status.conditions[?(@.type=='Failed')].reason}"));
  }

  @Claim
  @Order(1)
  default void aCronJobMakesAJobWhenItsTimeComes(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: every-minute
        spec:
          schedule: "* * * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: busybox:1.37
                      command: ["echo", "a minute has passed"]
        """);
    String job =
        namespace
            .await(jobs -> !jobs.isEmpty(), "get", "jobs", "-o", "name")
            .lines()
            .toList()
            .getFirst();
    assertTrue(job.matches("job.batch/every-minute-\\d+"), job);
    namespace.awaitCondition("Complete", job);
    assertEquals("a minute has passed", namespace.answer("logs", job));
  }

  @Claim
  default void aDaemonSetRunsOnEveryNode(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: agent
        spec:
          selector:
            matchLabels:
              app: agent
          template:
            metadata:
              labels:
                app: agent
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: agent
                  image: busybox:1.37
                  command: ["sh", "-c", "echo running on $NODE_NAME; exec sleep 3600"]
                  env:
                    - name: NODE_NAME
                      valueFrom:
                        fieldRef:
                          fieldPath: spec.nodeName
        """);
    namespace.awaitRollout("daemonset/agent");
    List<String> pods = namespace.podsWithNodes("agent");
    assertEquals(nodes(), pods.stream().map(pod -> pod.split("/")[0]).toList());
    for (String pod : pods) {
      assertEquals(
          "running on " + pod.split("/")[0],
          namespace.await(log -> !log.isEmpty(), "logs", pod.split("/")[1]));
    }
  }

  @Claim
  default void aPodIsReplacedWhenItIsDeleted(ClaimNamespace namespace) {
    namespace.apply(ApiServerClaims.WEB);
    namespace.awaitRollout("deployment/web");
    String pod = namespace.get("pods", "{.items[0].metadata.name}");
    namespace.answer("delete", "pod", pod);
    namespace.awaitRollout("deployment/web");
    String others = namespace.answer("get", "pods", "-o", field("{.items[*].metadata.name}"));
    assertTrue(!others.contains(pod), others);
    assertEquals(2, others.split(" ").length);
  }
}
