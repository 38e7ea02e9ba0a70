package dev.shirube.verify.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A principal of IAM that a cluster of EKS lets in, of the type STANDARD: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html">access entries</a>.
 *
 * @param principalArn of a user or a role, with its path
 * @param username for Kubernetes; may hold {@code {{SessionName}}}
 * @param groups of Kubernetes
 * @param policies the associated access policies by ARN
 */
record AccessEntry(
    String principalArn,
    String arn,
    String username,
    List<String> groups,
    Map<String, Association> policies,
    Instant created,
    Instant modified) {

  AccessEntry {
    groups = List.copyOf(groups);
    policies = Map.copyOf(policies);
  }

  /**
   * An access policy and where it holds.
   *
   * @param namespaces empty where it holds for the whole cluster
   */
  record Association(AccessPolicy policy, List<String> namespaces, Instant since) {
    Association {
      namespaces = List.copyOf(namespaces);
    }
  }

  AccessEntry with(String username, List<String> groups, Instant now) {
    return new AccessEntry(principalArn, arn, username, groups, policies, created, now);
  }

  AccessEntry with(Map<String, Association> policies, Instant now) {
    return new AccessEntry(principalArn, arn, username, groups, policies, created, now);
  }

  /**
   * The group that stands for the entry in {@link AccessPolicy#bindings}, and that its tokens are
   * members of. EKS knows no such group: there, an authorizer of its own looks at the policies.
   */
  String policyGroup() {
    return "eks-access-entry:" + principalArn;
  }
}
