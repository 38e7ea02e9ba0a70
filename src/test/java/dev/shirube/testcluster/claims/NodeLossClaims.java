package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Nodes that are taken away. One node of the cluster is set aside for it, so that no other claim
 * loses its Pods.
 */
public interface NodeLossClaims extends ClusterClaims {

  String SET_ASIDE = "shirube.dev/set-aside";

  /** Longer than the 50 s after which a silent node counts as lost. */
  Duration DEADLINE = Duration.ofSeconds(150);

  /** Takes a node away as a power failure does. */
  void stopNode(String node);

  /** Brings it back; returns once it is ready. */
  void startNode(String node);

  /** The node that only Pods with a toleration are on. */
  default String nodeSetAside() {
    return cluster().nodes().getLast();
  }

  @Override
  default List<String> nodes() {
    return cluster().nodes().subList(0, cluster().nodes().size() - 1);
  }

  /** To be called before the first claim. */
  static void setAside(TestCluster cluster) {
    ClusterUnderTest.answer(
        cluster, "taint", "node", cluster.nodes().getLast(), SET_ASIDE + "=:NoSchedule");
  }

  @Claim
  @Order(3)
  @ResourceLock("the node that is set aside")
  default void aPodOfADrainedNodeMoves(ClaimNamespace namespace) {
    String node = nodeSetAside();
    awaitPodOn(node, namespace);
    String drained = namespace.answer("drain", node, "--ignore-daemonsets", "--timeout=60s");
    try {
      assertTrue(drained.contains("evicting pod " + namespace.name() + "/web-"), drained);
      assertTrue(drained.contains("node/" + node + " drained"), drained);
      String nodes = namespace.answer("get", "nodes", node);
      assertTrue(nodes.contains("SchedulingDisabled"), nodes);
      namespace.awaitRollout("deployment/web");
      assertMoved(namespace);
    } finally {
      namespace.answer("uncordon", node);
    }
  }

  @Claim
  @Order(1)
  @ResourceLock("the node that is set aside")
  default void aPodOfAFailedNodeMoves(ClaimNamespace namespace) {
    String node = nodeSetAside();
    awaitPodOn(node, namespace);
    stopNode(node);
    try {
      namespace.await(
          DEADLINE,
          "Unknown"::equals,
          "get",
          "node",
          node,
          "-o",
          ClaimNamespace.field("{.status.conditions[?(@.type=='Ready')].status}"));
      namespace.awaitRollout("deployment/web");
      namespace.await(pods -> pods.lines().count() == 2, "get", "pods", "-o", "name");
      namespace.awaitRollout("deployment/web");
      // What was on the node cannot end before it is back.
      assertEquals(
          node, namespace.get("pods", "{.items[?(@.metadata.deletionTimestamp)].spec.nodeName}"));
    } finally {
      startNode(node);
    }
    namespace.await(pods -> pods.lines().count() == 1, "get", "pods", "-o", "name");
    assertMoved(namespace);
  }

  private void assertMoved(ClaimNamespace namespace) {
    String node = namespace.podsWithNodes("web").getFirst().split("/")[0];
    assertTrue(nodes().contains(node), node);
  }

  /** Applies a Deployment that would rather be on a node, and waits until it is there. */
  private static void awaitPodOn(String node, ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              terminationGracePeriodSeconds: 1
              tolerations:
                - key: SET_ASIDE
                  operator: Exists
                - key: node.kubernetes.io/not-ready
                  operator: Exists
                  effect: NoExecute
                  tolerationSeconds: 1
                - key: node.kubernetes.io/unreachable
                  operator: Exists
                  effect: NoExecute
                  tolerationSeconds: 1
              affinity:
                nodeAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                    - weight: 100
                      preference:
                        matchExpressions:
                          - key: kubernetes.io/hostname
                            operator: In
                            values: ["NODE"]
              containers:
                - name: nginx
                  image: nginx:1.29
        """
            .replace("SET_ASIDE", SET_ASIDE)
            .replace("NODE", node));
    namespace.awaitRollout("deployment/web");
    assertEquals(node, namespace.podsWithNodes("web").getFirst().split("/")[0]);
  }
}
