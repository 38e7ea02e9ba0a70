package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Order;

/** Pods, Services and names reach one another, from every node. */
public interface NetworkClaims extends ClusterClaims {

  /** On every node a web server that says where it is; in it, a client too. */
  String WEB_ON_EVERY_NODE =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata:
        name: web
      spec:
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
              - name: web
                image: busybox:1.37
                command: ["sh", "-c", "mkdir /www; echo $NODE > /www/index.html; exec httpd -f -p 80 -h /www"]
                env:
                  - name: NODE
                    valueFrom:
                      fieldRef:
                        fieldPath: spec.nodeName
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 1
      """;

  @Claim
  @Order(2)
  default void aServiceIsReachedByAddressAndByNameFromEveryNode(ClaimNamespace namespace) {
    namespace.apply(WEB_ON_EVERY_NODE);
    namespace.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: shop
        spec:
          selector:
            app: web
          ports:
            - port: 8080
              targetPort: 80
        """);
    namespace.awaitRollout("daemonset/web");
    List<String> hosts =
        List.of(
            namespace.get("service/shop", "{.spec.clusterIP}"),
            "shop",
            "shop." + namespace.name(),
            "shop." + namespace.name() + ".svc.cluster.local");
    for (String pod : namespace.podsWithNodes("web")) {
      for (String host : hosts) {
        // A Service takes a Pod by chance: in so many times each comes in turn, on whichever node.
        namespace.await(
            answered -> answered.equals(String.join("\n", nodes())),
            "exec",
            pod.split("/")[1],
            "--",
            "sh",
            "-c",
            "for n in $(seq 16); do wget -q -O - http://" + host + ":8080/; done | sort -u");
      }
    }
  }

  @Claim
  default void podsReachOneAnotherFromNodeToNode(ClaimNamespace namespace) {
    namespace.apply(WEB_ON_EVERY_NODE);
    namespace.awaitRollout("daemonset/web");
    List<String> pods = namespace.podsWithNodes("web");
    for (String from : pods) {
      for (String to : pods) {
        String address = namespace.get("pod/" + to.split("/")[1], "{.status.podIP}");
        assertEquals(
            to.split("/")[0],
            namespace.exec(from.split("/")[1], "wget", "-q", "-O", "-", "http://" + address + "/"));
      }
    }
  }

  @Claim
  default void aNodePortAnswersOnEveryNode(ClaimNamespace namespace)
      throws IOException, InterruptedException {
    namespace.apply(WEB_ON_EVERY_NODE);
    namespace.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: outside
        spec:
          type: NodePort
          selector:
            app: web
          ports:
            - port: 80
        """);
    namespace.awaitRollout("daemonset/web");
    String port = namespace.get("service/outside", "{.spec.ports[0].nodePort}");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String node : nodes()) {
        String address =
            namespace.get("node/" + node, "{.status.addresses[?(@.type=='InternalIP')].address}");
        // The proxies have heard of the Service by the time that a Pod gets through.
        namespace.await(
            nodes()::contains,
            "exec",
            "daemonset/web",
            "--",
            "wget",
            "-q",
            "-O",
            "-",
            "http://" + address + ":" + port + "/");
        String answer =
            http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + "/"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(nodes().contains(answer.strip()), answer);
      }
    }
  }

  @Claim
  default void onlyReadyPodsBelongToAService(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels:
            app: web
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: web
              image: busybox:1.37
              command: ["httpd", "-f", "-p", "80"]
              readinessProbe:
                exec:
                  command: ["test", "-e", "/tmp/ready"]
                periodSeconds: 1
                failureThreshold: 1
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          ports:
            - port: 80
        """);
    String running = "{.status.phase} {.status.containerStatuses[*].ready}";
    namespace.await("Running false"::equals, "get", "pod", "web", "-o", field(running));
    awaitEndpoint(namespace, "false");
    namespace.exec("web", "touch", "/tmp/ready");
    namespace.awaitReady("pod/web");
    awaitEndpoint(namespace, "true");
    namespace.exec("web", "rm", "/tmp/ready");
    namespace.await("Running false"::equals, "get", "pod", "web", "-o", field(running));
    awaitEndpoint(namespace, "false");
    assertEquals("0", namespace.get("pod/web", "{.status.containerStatuses[0].restartCount}"));
  }

  private static void awaitEndpoint(ClaimNamespace namespace, String ready) {
    namespace.await(
        ready::equals,
        "get",
        "endpointslices",
        "-l",
        "kubernetes.io/service-name=web",
        "-o",
        field("{.items[*].endpoints[*].conditions.ready}"));
  }

  @Claim
  default void aPodMayDoWithTheApiWhatItsServiceAccountMay(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: pod-reader
        rules:
          - apiGroups: [""]
            resources: ["pods"]
            verbs: ["list"]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: reader
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: reader-reads-pods
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: pod-reader
        subjects:
          - kind: ServiceAccount
            name: reader
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: client
        spec:
          serviceAccountName: reader
          terminationGracePeriodSeconds: 1
          containers:
            - name: client
              image: busybox:1.37
              command: ["sleep", "3600"]
        """);
    namespace.awaitReady("pod/client");
    namespace.answer(
        "cp", ClusterUnderTest.kubectlCommand(cluster()).getFirst(), "client:/kubectl");
    // The authorizer learns of a new role a moment later.
    namespace.await(
        said -> said.equals("pod/client"),
        "exec",
        "client",
        "--",
        "/kubectl",
        "get",
        "pods",
        "-o",
        "name");
    String refused = namespace.refusal("exec", "client", "--", "/kubectl", "get", "secrets");
    assertTrue(
        refused.contains(
            "User \"system:serviceaccount:" + namespace.name() + ":reader\" cannot list resource"),
        refused);
  }
}
