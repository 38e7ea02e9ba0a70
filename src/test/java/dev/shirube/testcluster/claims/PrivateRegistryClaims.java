package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static dev.shirube.testcluster.claims.ImageClaims.NOT_PULLED;
import static dev.shirube.testcluster.claims.ImageClaims.WAITING;
import static dev.shirube.testcluster.local.Registries.PRIVATE_HOST;
import static dev.shirube.testcluster.local.Registries.PRIVATE_PASSWORD;
import static dev.shirube.testcluster.local.Registries.PRIVATE_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A registry that asks for a password, and a Job whose image lies there. */
public interface PrivateRegistryClaims extends ClusterClaims {

  String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: db-operation
      spec:
        template:
          metadata:
            labels:
              app: db-operation
          spec:
            restartPolicy: Never
            imagePullSecrets:
              - name: regcred
            containers:
              - name: db-operation
                image: registry.example.com/team/db-operation:1.0.0
                imagePullPolicy: Always
                command: ["sh", "-c", "echo db-operation finished"]
      """;

  @Claim
  default void withTheRightSecretAPrivateImageIsPulled(ClaimNamespace namespace) {
    createSecret(namespace, PRIVATE_PASSWORD);
    namespace.apply(JOB);
    namespace.awaitCondition("Complete", "job/db-operation");
    assertEquals("db-operation finished", namespace.answer("logs", "job/db-operation"));
  }

  @Claim
  default void withAWrongPasswordItIsNot(ClaimNamespace namespace) {
    createSecret(namespace, "changed");
    namespace.apply(JOB);
    String pod = awaitNotPulled(namespace);
    namespace.awaitEvent(pod, "Failed", "401 Unauthorized");
    assertEquals("", warnings(namespace, pod));
  }

  @Claim
  default void withoutASecretItIsNot(ClaimNamespace namespace) {
    namespace.apply(JOB.replace("      imagePullSecrets:\n        - name: regcred\n", ""));
    String pod = awaitNotPulled(namespace);
    namespace.awaitEvent(pod, "Failed", "no basic auth credentials");
    assertEquals("", warnings(namespace, pod));
  }

  @Claim
  default void aMissingSecretIsNamedAndItsCreationHeals(ClaimNamespace namespace) {
    namespace.apply(JOB);
    String pod = awaitNotPulled(namespace);
    namespace.awaitEvent(pod, "Failed", "no basic auth credentials");
    namespace.awaitEvent(
        pod,
        "FailedToRetrieveImagePullSecret",
        "Unable to retrieve some image pull secrets (regcred)");
    namespace.await("ImagePullBackOff"::equals, "get", "pod", pod, "-o", field(WAITING));
    String log = namespace.refusal("logs", "job/db-operation");
    assertTrue(
        log.contains(
            "container \"db-operation\" in pod \""
                + pod
                + "\" is waiting to start: trying and failing to pull image"),
        log);
    createSecret(namespace, PRIVATE_PASSWORD);
    namespace.awaitCondition("Complete", "job/db-operation");
  }

  /** From 1.35 on the kubelet asks whether a Pod may have what another has pulled. */
  @Claim
  default void whatIsThereIsGivenOnlyToWhoMayPullIt(ClaimNamespace namespace) {
    String onOneNode =
        JOB.replace("Always", "IfNotPresent")
            .replace(
                "restartPolicy: Never",
                "restartPolicy: Never\n      nodeName: " + nodes().getFirst());
    createSecret(namespace, PRIVATE_PASSWORD);
    namespace.apply(onOneNode);
    namespace.awaitCondition("Complete", "job/db-operation");
    namespace.answer("delete", "secret/regcred", "job/db-operation");
    namespace.apply(onOneNode);
    int minor = Integer.parseInt(cluster().kubernetesVersion().split("\\.")[1]);
    if (minor >= 35) {
      namespace.awaitEvent(awaitNotPulled(namespace), "Failed", "no basic auth credentials");
    } else {
      namespace.awaitCondition("Complete", "job/db-operation");
    }
  }

  private static void createSecret(ClaimNamespace namespace, String password) {
    namespace.answer(
        "create",
        "secret",
        "docker-registry",
        "regcred",
        "--docker-server=" + PRIVATE_HOST,
        "--docker-username=" + PRIVATE_USER,
        "--docker-password=" + password);
  }

  /** Waits until the Job's Pod cannot pull, and returns its name. */
  private static String awaitNotPulled(ClaimNamespace namespace) {
    namespace.await(
        NOT_PULLED::contains,
        "get",
        "pods",
        "-l",
        "app=db-operation",
        "-o",
        field("{.items[*].status.containerStatuses[*].state.waiting.reason}"));
    return namespace.get("pods", "{.items[0].metadata.name}");
  }

  private static String warnings(ClaimNamespace namespace, String pod) {
    return namespace.answer(
        "get",
        "events",
        "--field-selector=involvedObject.name=" + pod + ",reason=FailedToRetrieveImagePullSecret",
        "-o",
        "name");
  }
}
