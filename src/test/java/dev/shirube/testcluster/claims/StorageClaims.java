package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Order;

/** Data that outlives a Pod. */
public interface StorageClaims extends ClusterClaims {

  /** Adds a line to a file on the claim {@code data} each time that it starts. */
  String DIARY =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: diary
      spec:
        terminationGracePeriodSeconds: 1
        volumes:
          - name: data
            persistentVolumeClaim:
              claimName: data
        containers:
          - name: diary
            image: busybox:1.37
            command: ["sh", "-c", "echo started >> /data/diary; exec sleep 3600"]
            readinessProbe:
              exec:
                command: ["test", "-s", "/data/diary"]
              periodSeconds: 1
            volumeMounts:
              - name: data
                mountPath: /data
      """;

  @Claim
  @Order(3)
  default void aPlainClaimGetsAVolumeByItself(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes:
            - ReadWriteOnce
          resources:
            requests:
              storage: 100Mi
        """);
    assertTrue(!namespace.get("pvc/data", "{.spec.storageClassName}").isEmpty());
    namespace.apply(DIARY);
    namespace.awaitReady("pod/diary");
    assertEquals("Bound", namespace.get("pvc/data", "{.status.phase}"));
    String volume = namespace.get("pvc/data", "{.spec.volumeName}");

    assertDataOutlivesThePod(namespace);

    namespace.answer("delete", "pod/diary", "pvc/data");
    namespace.await(said -> said.contains("NotFound"), "get", "pv", volume);
  }

  @Claim
  @Order(3)
  default void aFolderOfTheNodeKeepsItsData(ClaimNamespace namespace) {
    String volume =
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: NAME
        spec:
          storageClassName: NAME
          capacity:
            storage: 1Gi
          accessModes:
            - ReadWriteOnce
          hostPath:
            path: /var/lib/NAME
            type: DirectoryOrCreate
          nodeAffinity:
            required:
              nodeSelectorTerms:
                - matchExpressions:
                    - key: kubernetes.io/hostname
                      operator: In
                      values: ["NODE"]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: NAME
          accessModes:
            - ReadWriteOnce
          resources:
            requests:
              storage: 1Gi
        """
            .replace("NAME", namespace.name())
            .replace("NODE", nodes().getFirst());
    try {
      namespace.apply(volume);
      namespace.apply(DIARY);
      namespace.awaitReady("pod/diary");
      assertDataOutlivesThePod(namespace);
    } finally {
      namespace.answer("delete", "pv", namespace.name(), "--wait=false");
    }
  }

  private static void assertDataOutlivesThePod(ClaimNamespace namespace) {
    assertEquals("started", namespace.exec("diary", "cat", "/data/diary"));
    namespace.answer("delete", "pod", "diary");
    namespace.apply(DIARY);
    namespace.await(
        diary -> diary.equals("started\nstarted"), "exec", "diary", "--", "cat", "/data/diary");
  }

  @Claim
  @Order(2)
  default void aStatefulSetsPodKeepsItsNameAndItsData(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          clusterIP: None
          selector:
            app: db
          ports:
            - name: http
              port: 80
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: db
        spec:
          serviceName: db
          replicas: 2
          selector:
            matchLabels:
              app: db
          template:
            metadata:
              labels:
                app: db
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: db
                  image: busybox:1.37
                  command: ["httpd", "-f", "-p", "80", "-h", "/data"]
                  readinessProbe:
                    tcpSocket:
                      port: 80
                    periodSeconds: 1
                  volumeMounts:
                    - name: data
                      mountPath: /data
          volumeClaimTemplates:
            - metadata:
                name: data
              spec:
                accessModes:
                  - ReadWriteOnce
                resources:
                  requests:
                    storage: 100Mi
        """);
    namespace.awaitRollout("statefulset/db");
    assertEquals("db-0 db-1", namespace.get("pods", "{.items[*].metadata.name}"));
    assertEquals("data-db-0 data-db-1", namespace.get("pvc", "{.items[*].metadata.name}"));
    for (String pod : new String[] {"db-0", "db-1"}) {
      namespace.exec(pod, "sh", "-c", "echo data of $(hostname) > /data/name");
    }
    String before = namespace.get("pod/db-0", "{.metadata.uid}");
    namespace.answer("delete", "pod", "db-0");
    namespace.await(
        now -> now.endsWith(" True") && !now.startsWith(before),
        "get",
        "pod",
        "db-0",
        "-o",
        ClaimNamespace.field("{.metadata.uid} {.status.conditions[?(@.type=='Ready')].status}"));
    assertEquals("data of db-0", namespace.exec("db-0", "cat", "/data/name"));
    // By its own name in DNS, which knows of the new address a moment later.
    namespace.await(
        said -> said.equals("data of db-0"),
        "exec",
        "db-1",
        "--",
        "wget",
        "-q",
        "-O",
        "-",
        "http://db-0.db/name");
  }
}
