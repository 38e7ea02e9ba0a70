package dev.shirube.verify.aws;

import java.util.Map;

/** The Kubernetes cluster that the double presents as one of EKS. */
public interface ClusterConnection {

  /** The address of its API server, e.g. {@code https://127.0.0.1:6443}. */
  String endpoint();

  /** The certificate of its authority, in Base64, as kubeconfigs have it. */
  String certificateAuthority();

  /** The version of Kubernetes, e.g. {@code 1.37}. */
  String version();

  /** The data of the ConfigMap {@code kube-system/aws-auth}; empty where there is none. */
  Map<String, String> awsAuth();

  /**
   * Makes an object of RBAC; without effect where its namespace is missing.
   *
   * @param manifest as JSON
   */
  void apply(String manifest);

  /**
   * Deletes what {@link #apply} made.
   *
   * @param manifest the same
   */
  void delete(String manifest);
}
