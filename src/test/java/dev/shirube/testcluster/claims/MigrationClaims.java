package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Order;

/** A real PostgreSQL, and a real Flyway that migrates it. */
public interface MigrationClaims extends ClusterClaims {

  String DATABASE =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: db-credentials
      stringData:
        username: app
        password: change-me
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: db
      spec:
        selector:
          app: db
        ports:
          - port: 5432
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: db
        labels:
          app: db
      spec:
        terminationGracePeriodSeconds: 1
        containers:
          - name: postgres
            image: postgres:17
            env:
              - name: POSTGRES_DB
                value: shop
              - name: POSTGRES_USER
                valueFrom:
                  secretKeyRef:
                    name: db-credentials
                    key: username
              - name: POSTGRES_PASSWORD
                valueFrom:
                  secretKeyRef:
                    name: db-credentials
                    key: password
            readinessProbe:
              exec:
                command: ["pg_isready", "-h", "127.0.0.1", "-U", "app", "-d", "shop"]
              periodSeconds: 1
      """;

  String MIGRATIONS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: migrations
      data:
        V1__create_users.sql: |
          CREATE TABLE users (
            id   INT PRIMARY KEY,
            name VARCHAR(100) NOT NULL
          );
      """;

  /** The Pod of a Flyway, but for its restart policy and its command. */
  String FLYWAY =
      """
      terminationGracePeriodSeconds: 1
      volumes:
        - name: migrations
          configMap:
            name: migrations
      containers:
        - name: flyway
          image: flyway/flyway:11.14.1
          command: COMMAND
          env:
            - name: FLYWAY_URL
              value: jdbc:postgresql://db:5432/shop
            - name: FLYWAY_LOCATIONS
              value: filesystem:/flyway/sql
            - name: FLYWAY_USER
              valueFrom:
                secretKeyRef:
                  name: db-credentials
                  key: username
            - name: FLYWAY_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db-credentials
                  key: password
          volumeMounts:
            - name: migrations
              mountPath: /flyway/sql
      """;

  @Claim
  @Order(2)
  default void aChangedMigrationIsRefusedUntilItIsRepaired(ClaimNamespace namespace) {
    namespace.apply(DATABASE);
    namespace.apply(MIGRATIONS);
    namespace.awaitReady("pod/db");
    String migrated = runToEnd(namespace, "migrate");
    assertTrue(migrated.contains("Successfully applied 1 migration"), migrated);
    assertEquals(
        "id|integer\nname|character varying",
        namespace.exec(
            "db",
            "psql",
            "-U",
            "app",
            "-d",
            "shop",
            "-A",
            "-t",
            "-c",
            "SELECT column_name, data_type FROM information_schema.columns"
                + " WHERE table_name = 'users' ORDER BY ordinal_position"));

    String changed = MIGRATIONS.replace("NOT NULL\n", "NOT NULL -- as on the badge\n");
    assertNotEquals(MIGRATIONS, changed);
    namespace.apply(changed);
    namespace.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: app
        spec:
          selector:
            matchLabels:
              app: app
          template:
            metadata:
              labels:
                app: app
            spec:
        """
            + flyway(
                "[\"sh\", \"-c\", \"flyway migrate && echo application started && exec sleep 3600\"]"));
    namespace.awaitCrashLoop("app");
    namespace.await(
        log -> log.contains("Migration checksum mismatch for migration version 1"),
        "logs",
        "deployment/app");
    assertEquals(
        "1",
        namespace.get(
            "pods", "{.items[*].status.containerStatuses[*].lastState.terminated.exitCode}"));

    String repaired = runToEnd(namespace, "repair");
    assertTrue(repaired.contains("Successfully repaired schema history table"), repaired);
    namespace.answer("rollout", "restart", "deployment/app");
    namespace.awaitRollout("deployment/app");
    namespace.await(log -> log.contains("application started"), "logs", "deployment/app");
  }

  private static String runToEnd(ClaimNamespace namespace, String verb) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: VERB
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
        """
                .replace("VERB", verb)
            + flyway("[\"flyway\", \"" + verb + "\"]"));
    namespace.awaitCondition("Complete", "job/" + verb);
    return namespace.answer("logs", "job/" + verb);
  }

  private static String flyway(String command) {
    return FLYWAY.replace("COMMAND", command).indent(6);
  }
}
