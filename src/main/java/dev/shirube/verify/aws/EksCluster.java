package dev.shirube.verify.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster of EKS as an account has it: where it is, and whom it lets in. */
final class EksCluster {

  /**
   * Where principals are registered: <a
   * href="https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html#authentication-modes">authentication
   * modes</a>.
   */
  enum AuthenticationMode {
    API,
    API_AND_CONFIG_MAP,
    CONFIG_MAP;

    boolean hasEntries() {
      return this != CONFIG_MAP;
    }

    boolean hasConfigMap() {
      return this != API;
    }
  }

  private final String name;
  private final String region;
  private final String account;
  private final AuthenticationMode mode;
  private final ClusterConnection connection;
  private final Instant created;
  private final Map<String, AccessEntry> entries = new TreeMap<>();

  EksCluster(
      String name,
      String region,
      String account,
      AuthenticationMode mode,
      ClusterConnection connection,
      Instant created) {
    this.name = name;
    this.region = region;
    this.account = account;
    this.mode = mode;
    this.connection = connection;
    this.created = created;
  }

  String name() {
    return name;
  }

  String region() {
    return region;
  }

  AuthenticationMode mode() {
    return mode;
  }

  ClusterConnection connection() {
    return connection;
  }

  Instant created() {
    return created;
  }

  String arn() {
    return arn(region, account, name);
  }

  static String arn(String region, String account, String name) {
    return "arn:aws:eks:" + region + ":" + account + ":cluster/" + name;
  }

  synchronized Map<String, AccessEntry> entries() {
    return new TreeMap<>(entries);
  }

  synchronized Optional<AccessEntry> entry(String principalArn) {
    return Optional.ofNullable(entries.get(principalArn));
  }

  /** Keeps an entry in place of the one before, and the cluster's bindings in step with it. */
  synchronized void put(AccessEntry entry) {
    AccessEntry before = entries.put(entry.principalArn(), entry);
    if (before != null) {
      unbind(before, entry);
    }
    bind(entry);
  }

  synchronized void remove(AccessEntry entry) {
    entries.remove(entry.principalArn());
    unbind(entry, entry.with(Map.of(), entry.modified()));
  }

  /** Takes back all that was made in the cluster for entries. */
  synchronized void clear() {
    entries.values().stream().toList().forEach(this::remove);
  }

  /** Makes the bindings of an entry; again where a namespace was made since. */
  synchronized void bind(AccessEntry entry) {
    bindings(entry).forEach(connection::apply);
  }

  private void unbind(AccessEntry before, AccessEntry after) {
    bindings(before).stream()
        .filter(binding -> !bindings(after).contains(binding))
        .forEach(connection::delete);
  }

  private static java.util.List<String> bindings(AccessEntry entry) {
    return entry.policies().values().stream()
        .flatMap(each -> each.policy().bindings(entry.policyGroup(), each.namespaces()).stream())
        .toList();
  }
}
