package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.TestCluster;

/** What needs no Pod that runs: an API server, and the controllers behind it. */
public interface ApiServerClaims extends ClusterClaims {

  String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: web
                image: registry.k8s.io/pause:3.10.2
      """;

  @Claim
  default void itServesTheVersionThatItSays(ClaimNamespace namespace) {
    String version = namespace.answer("get", "--raw", "/version");
    assertTrue(
        version.contains("\"gitVersion\": \"v" + cluster().kubernetesVersion() + "\""), version);
  }

  @Claim
  default void itCarriesTheMarkerOfThisRun(ClaimNamespace namespace) {
    assertEquals(
        cluster().nonce(),
        namespace.answer(
            "--namespace=" + TestCluster.MARKER_NAMESPACE,
            "get",
            "configmap",
            TestCluster.MARKER,
            "-o",
            field("{.data." + TestCluster.NONCE_KEY + "}")));
  }

  @Claim
  default void aManifestIsAppliedAndTheControllersFollow(ClaimNamespace namespace) {
    assertEquals("deployment.apps/web created", namespace.apply(WEB));
    assertEquals("deployment.apps/web unchanged", namespace.apply(WEB));
    String three = WEB.replace("replicas: 2", "replicas: 3");
    assertEquals("deployment.apps/web configured", namespace.apply(three));
    namespace.await(
        pods -> pods.lines().count() == 3, "get", "pods", "-l", "app=web", "-o", "name");
  }

  @Claim
  default void anUnknownFieldIsRefused(ClaimNamespace namespace) {
    String misspelt = WEB.replace("replicas:", "replica:");
    Command.Result refused = namespace.applied(misspelt);
    assertEquals(1, refused.exitCode(), refused.output());
    assertTrue(refused.output().contains("unknown field \"spec.replica\""), refused.output());
    assertTrue(namespace.refusal("get", "deployment", "web").contains("NotFound"));

    Command.Result warned = namespace.applied(misspelt, "--validate=warn");
    assertEquals(0, warned.exitCode(), warned.output());
    assertTrue(
        warned.output().contains("Warning: unknown field \"spec.replica\""), warned.output());
  }

  @Claim
  default void aQuotedNumberIsRefused(ClaimNamespace namespace) {
    Command.Result refused =
        namespace.applied(WEB.replace("replicas: 2", "replicas: \"2\""), "--validate=ignore");
    assertEquals(1, refused.exitCode(), refused.output());
    assertTrue(refused.output().contains("cannot unmarshal string"), refused.output());
  }

  @Claim
  default void aDryRunIsJudgedButChangesNothing(ClaimNamespace namespace) {
    assertEquals(
        "deployment.apps/web created (server dry run)",
        namespace.applied(WEB, "--dry-run=server").output().strip());
    assertTrue(namespace.refusal("get", "deployment", "web").contains("NotFound"));

    // What only the server knows.
    String selectsOthers =
        WEB.replace("matchLabels:\n      app: web", "matchLabels:\n      app: db");
    assertNotEquals(WEB, selectsOthers);
    assertEquals(0, namespace.applied(selectsOthers, "--dry-run=client").exitCode());
    Command.Result refused = namespace.applied(selectsOthers, "--dry-run=server");
    assertEquals(1, refused.exitCode(), refused.output());
    assertTrue(
        refused.output().contains("`selector` does not match template `labels`"), refused.output());
  }

  @Claim
  default void theTemplateOfAJobCannotBeChanged(ClaimNamespace namespace) {
    String job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: once
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: once
                  image: registry.k8s.io/pause:3.10.2
        """;
    namespace.apply(job);
    Command.Result refused = namespace.applied(job.replace("3.10.2", "3.10.1"));
    assertEquals(1, refused.exitCode(), refused.output());
    assertTrue(refused.output().contains("field is immutable"), refused.output());
  }

  @Claim
  default void aRevisionIsKeptForEachTemplateAndComesBack(ClaimNamespace namespace) {
    namespace.apply(WEB);
    namespace.await(history -> history.matches("(?s).*\n1 .*"), "rollout", "history", "deployment");
    namespace.answer("set", "env", "deployment/web", "RELEASE=2");
    namespace.await(history -> history.matches("(?s).*\n2 .*"), "rollout", "history", "deployment");
    namespace.answer("rollout", "undo", "deployment/web");
    assertEquals("", namespace.get("deployment/web", "{.spec.template.spec.containers[0].env}"));
    // The first revision comes back as the third.
    namespace.await(
        history -> history.matches("(?s).*\n2 .*\n3 .*") && !history.matches("(?s).*\n1 .*"),
        "rollout",
        "history",
        "deployment");
  }

  @Claim
  default void aCronJobMakesAJobByHand(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "0 9 * * *"
          timeZone: Asia/Tokyo
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: registry.k8s.io/pause:3.10.2
        """);
    namespace.answer("create", "job", "report-now", "--from=cronjob/report");
    namespace.await(
        pod -> pod.startsWith("pod/report-now-"),
        "get",
        "pods",
        "-l",
        "batch.kubernetes.io/job-name=report-now",
        "-o",
        "name");
  }

  @Claim
  default void aClaimIsBoundToAVolumeThatFits(ClaimNamespace namespace) {
    String manifest =
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
          persistentVolumeReclaimPolicy: Retain
          hostPath:
            path: /var/lib/NAME
            type: DirectoryOrCreate
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: fits
        spec:
          storageClassName: NAME
          accessModes:
            - ReadWriteOnce
          resources:
            requests:
              storage: 500Mi
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: too-big
        spec:
          storageClassName: NAME
          accessModes:
            - ReadWriteOnce
          resources:
            requests:
              storage: 2Gi
        """
            .replace("NAME", namespace.name());
    try {
      namespace.apply(manifest);
      namespace.answer("wait", "--for=jsonpath={.status.phase}=Bound", "pvc/fits", "--timeout=60s");
      assertEquals(
          namespace.name() + " 1Gi",
          namespace.get("pvc/fits", "{.spec.volumeName} {.status.capacity.storage}"));
      assertEquals("Pending", namespace.get("pvc/too-big", "{.status.phase}"));
      namespace.answer("delete", "pvc", "fits");
      namespace.answer(
          "wait",
          "--for=jsonpath={.status.phase}=Released",
          "pv/" + namespace.name(),
          "--timeout=60s");
    } finally {
      namespace.answer("delete", "pv", namespace.name(), "--wait=false");
    }
  }

  @Claim
  default void whatIsOwnedGoesWithItsOwner(ClaimNamespace namespace) {
    namespace.apply(WEB);
    namespace.await(
        pods -> pods.lines().count() == 2, "get", "pods", "-l", "app=web", "-o", "name");
    assertEquals(
        "deployment.apps \"web\" deleted",
        namespace.answer("delete", "deployment", "web").replaceFirst(" from .*", ""));
    namespace.await(String::isEmpty, "get", "replicasets,pods", "-o", "name");
  }

  @Claim
  default void aNamespaceGoesWithAllThatIsInIt(ClaimNamespace namespace) {
    String other = namespace.name() + "-other";
    namespace.answer("create", "namespace", other);
    namespace.answer("--namespace=" + other, "create", "configmap", "inside");
    namespace.answer("delete", "namespace", other, "--timeout=60s");
    assertTrue(
        namespace
            .refusal("--namespace=" + other, "get", "configmap", "inside")
            .contains("NotFound"));
  }

  @Claim
  default void aSecretIsKeptAsWhatWasWritten(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: db-credentials
        type: Opaque
        stringData:
          password: change-me
        """);
    assertEquals("Y2hhbmdlLW1l", namespace.get("secret/db-credentials", "{.data.password}"));
  }

  @Claim
  default void aUserMayDoWhatARoleGrantsAndNoMore(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: pod-reader
        rules:
          - apiGroups: [""]
            resources: ["pods"]
            verbs: ["get", "list", "watch"]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: jane-reads-pods
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: pod-reader
        subjects:
          - apiGroup: rbac.authorization.k8s.io
            kind: User
            name: jane
        """);
    // The authorizer learns of a new role a moment later.
    namespace.await(can -> can.equals("yes"), "auth", "can-i", "list", "pods", "--as=jane");
    namespace.answer("get", "pods", "--as=jane");
    assertEquals("no", namespace.refusal("auth", "can-i", "delete", "pods", "--as=jane"));
    assertForbidden(
        namespace.refusal("get", "secrets", "--as=jane"),
        "User \"jane\" cannot list resource \"secrets\"");
    assertForbidden(
        namespace.refusal("--namespace=default", "get", "pods", "--as=jane"),
        "User \"jane\" cannot list resource \"pods\"");
  }

  @Claim
  default void aServiceAccountMayDoNothingByItself(ClaimNamespace namespace) {
    String account = "system:serviceaccount:" + namespace.name() + ":default";
    assertForbidden(
        namespace.refusal("get", "pods", "--as=" + account),
        "User \"" + account + "\" cannot list resource \"pods\"");
  }

  private static void assertForbidden(String said, String why) {
    assertTrue(said.contains("Error from server (Forbidden)"), said);
    assertTrue(said.contains(why), said);
  }
}
