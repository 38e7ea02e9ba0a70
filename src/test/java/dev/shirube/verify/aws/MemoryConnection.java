package dev.shirube.verify.aws;

import java.util.Map;
import java.util.TreeSet;

/** A cluster that only keeps what it is given. */
final class MemoryConnection implements ClusterConnection {

  final TreeSet<String> bindings = new TreeSet<>();
  Map<String, String> awsAuth = Map.of();

  @Override
  public String endpoint() {
    return "https://127.0.0.1:6443";
  }

  @Override
  public String certificateAuthority() {
    return "Y2E=";
  }

  @Override
  public String version() {
    return "1.37";
  }

  @Override
  public Map<String, String> awsAuth() {
    return awsAuth;
  }

  @Override
  public void apply(String manifest) {
    bindings.add(manifest);
  }

  @Override
  public void delete(String manifest) {
    bindings.remove(manifest);
  }
}
