package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;

/** ConfigMaps and Secrets, and what a Pod knows of itself. */
public interface ConfigurationClaims extends ClusterClaims {

  @Claim
  default void settingsAreReadAsFilesAndAsVariables(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: app-config
        data:
          LOG_LEVEL: info
          app.properties: |
            greeting=hello
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: db-credentials
        stringData:
          password: change-me
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: app
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: app
              image: busybox:1.37
              command: ["sleep", "3600"]
              env:
                - name: LOG_LEVEL
                  valueFrom:
                    configMapKeyRef:
                      name: app-config
                      key: LOG_LEVEL
                - name: PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: db-credentials
                      key: password
              volumeMounts:
                - name: config
                  mountPath: /etc/app
                - name: credentials
                  mountPath: /etc/credentials
          volumes:
            - name: config
              configMap:
                name: app-config
            - name: credentials
              secret:
                secretName: db-credentials
        """);
    namespace.awaitReady("pod/app");
    assertEquals("info change-me", namespace.exec("app", "sh", "-c", "echo $LOG_LEVEL $PASSWORD"));
    assertEquals("greeting=hello", namespace.exec("app", "cat", "/etc/app/app.properties"));
    assertEquals("change-me", namespace.exec("app", "cat", "/etc/credentials/password"));
    for (String file : new String[] {"/etc/app/app.properties", "/etc/credentials/password"}) {
      Command.Result written = namespace.kubectl("exec", "app", "--", "sh", "-c", "echo >" + file);
      assertNotEquals(0, written.exitCode());
      assertTrue(written.output().contains("Read-only file system"), written.output());
    }
  }

  @Claim
  default void aContainerWaitsForItsConfigMap(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: app
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: app
              image: busybox:1.37
              command: ["sleep", "3600"]
              envFrom:
                - configMapRef:
                    name: later
        """);
    namespace.await(
        why -> why.equals("CreateContainerConfigError configmap \"later\" not found"),
        "get",
        "pod",
        "app",
        "-o",
        ClaimNamespace.field("{.status.containerStatuses[*].state.waiting['reason', 'message']}"));
    namespace.answer("create", "configmap", "later", "--from-literal=GREETING=hello");
    namespace.awaitReady("pod/app");
    assertEquals("hello", namespace.exec("app", "sh", "-c", "echo $GREETING"));
  }
}
