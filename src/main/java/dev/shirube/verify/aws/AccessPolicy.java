package dev.shirube.verify.aws;

import dev.shirube.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">access
 * policies</a> of EKS. EKS has an authorizer of its own for them; the double realises each by a
 * binding of RBAC to the ClusterRole of Kubernetes that comes nearest, in the cluster or in one
 * namespace. Their rules are not the same to the last verb.
 */
enum AccessPolicy {
  VIEW("AmazonEKSViewPolicy", "view"),
  EDIT("AmazonEKSEditPolicy", "edit"),
  ADMIN("AmazonEKSAdminPolicy", "admin"),
  CLUSTER_ADMIN("AmazonEKSClusterAdminPolicy", "cluster-admin");

  private static final String PREFIX = "arn:aws:eks::aws:cluster-access-policy/";
  private static final String API_GROUP = "rbac.authorization.k8s.io";
  private static final int NAME_DIGITS = 16;

  private final String policyName;
  private final String clusterRole;

  AccessPolicy(String policyName, String clusterRole) {
    this.policyName = policyName;
    this.clusterRole = clusterRole;
  }

  String arn() {
    return PREFIX + policyName;
  }

  static Optional<AccessPolicy> ofArn(String arn) {
    return Arrays.stream(values()).filter(policy -> policy.arn().equals(arn)).findFirst();
  }

  /**
   * The bindings that give a group what the policy gives, as JSON.
   *
   * @param namespaces where; empty for the whole cluster
   */
  List<String> bindings(String group, List<String> namespaces) {
    List<String> bindings = new ArrayList<>();
    if (namespaces.isEmpty()) {
      bindings.add(binding(group, Optional.empty()));
    }
    namespaces.forEach(namespace -> bindings.add(binding(group, Optional.of(namespace))));
    return bindings;
  }

  private String binding(String group, Optional<String> namespace) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    String key = group + " " + policyName + " " + namespace.orElse("");
    metadata.put(
        "name",
        "eks-access-policy-"
            + Sha256.of(key.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS));
    namespace.ifPresent(name -> metadata.put("namespace", name));
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "apiVersion",
                API_GROUP + "/v1",
                "kind",
                namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
                "metadata",
                metadata,
                "subjects",
                List.of(Map.of("apiGroup", API_GROUP, "kind", "Group", "name", group)),
                "roleRef",
                Map.of("apiGroup", API_GROUP, "kind", "ClusterRole", "name", clusterRole)));
  }
}
