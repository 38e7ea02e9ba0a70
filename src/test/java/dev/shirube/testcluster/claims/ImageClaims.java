package dev.shirube.testcluster.claims;

import static dev.shirube.testcluster.claims.ClaimNamespace.field;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;

/** Images that can be pulled, and those that cannot. */
public interface ImageClaims extends ClusterClaims {

  /** While an image cannot be pulled, a container goes to and fro between these. */
  Set<String> NOT_PULLED = Set.of("ErrImagePull", "ImagePullBackOff");

  /** Where a container waits, for {@code kubectl get pod}. */
  String WAITING = "{.status.containerStatuses[*].state.waiting.reason}";

  @Claim
  default void aMissingImageIsNotPulled(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: missing
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: missing
              image: nginx:no-such-tag
        """);
    namespace.await(NOT_PULLED::contains, "get", "pod", "missing", "-o", field(WAITING));
    namespace.awaitEvent("missing", "Failed", "docker.io/library/nginx:no-such-tag: not found");
    namespace.await("ImagePullBackOff"::equals, "get", "pod", "missing", "-o", field(WAITING));
    String log = namespace.refusal("logs", "missing");
    assertTrue(log.contains("is waiting to start"), log);
  }

  @Claim
  default void aNameThatIsNoneIsRefusedByTheKubelet(ClaimNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: misspelt
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: misspelt
              image: Nginx:1.29
        """);
    namespace.await("InvalidImageName"::equals, "get", "pod", "misspelt", "-o", field(WAITING));
  }
}
