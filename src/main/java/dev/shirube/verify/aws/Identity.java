package dev.shirube.verify.aws;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A user or a role of IAM, with its inline policies. */
final class Identity {

  /** Which of the two. */
  enum Kind {
    USER,
    ROLE
  }

  private final Kind kind;
  private final String account;
  private final String path;
  private final String name;
  private final String id;
  private final Optional<PolicyDocument> trust;
  private final Map<String, PolicyDocument> policies = new TreeMap<>();

  private Identity(
      Kind kind,
      String account,
      String path,
      String name,
      String id,
      Optional<PolicyDocument> trust) {
    this.kind = kind;
    this.account = account;
    this.path = path;
    this.name = name;
    this.id = id;
    this.trust = trust;
  }

  static Identity user(String account, String name, String id) {
    return new Identity(Kind.USER, account, "/", name, id, Optional.empty());
  }

  /**
   * @param path with slashes at both ends
   * @param trust who may assume it
   */
  static Identity role(String account, String path, String name, String id, PolicyDocument trust) {
    return new Identity(Kind.ROLE, account, path, name, id, Optional.of(trust));
  }

  Kind kind() {
    return kind;
  }

  String account() {
    return account;
  }

  String path() {
    return path;
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  Optional<PolicyDocument> trust() {
    return trust;
  }

  String arn() {
    return arnPrefix() + path + name;
  }

  /** As {@code aws-auth} knows it. */
  String arnWithoutPath() {
    return arnPrefix() + "/" + name;
  }

  private String arnPrefix() {
    return "arn:aws:iam::" + account + ":" + (kind == Kind.USER ? "user" : "role");
  }

  synchronized void put(String policyName, PolicyDocument policy) {
    policies.put(policyName, policy);
  }

  synchronized boolean allows(String action, String resource) {
    return policies.values().stream().anyMatch(policy -> policy.allows(action, resource))
        && policies.values().stream().noneMatch(policy -> policy.denies(action, resource));
  }
}
