package dev.shirube.verify;

import dev.shirube.verify.aws.ClusterConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster as the double of AWS presents it. */
record EksConnection(Cluster cluster) implements ClusterConnection {

  private static final String AWS_AUTH =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: aws-auth
        namespace: kube-system
      """;

  @Override
  public String endpoint() {
    return cluster.endpoint().server();
  }

  @Override
  public String certificateAuthority() {
    return cluster.endpoint().certificateAuthority();
  }

  @Override
  public String version() {
    return "1." + cluster.minor();
  }

  @Override
  public Map<String, String> awsAuth() {
    Optional<String> found = cluster.get(only(AWS_AUTH), "kube-system");
    Map<String, String> data = new HashMap<>();
    if (found.isPresent()) {
      JsonNode node = JsonMapper.shared().readTree(found.get()).path("data");
      node.properties().forEach(entry -> data.put(entry.getKey(), entry.getValue().asString("")));
    }
    return data;
  }

  @Override
  public void apply(String manifest) {
    cluster.apply(only(manifest), "", false);
  }

  @Override
  public void delete(String manifest) {
    Manifest named = only(manifest);
    cluster.delete(
        new Cluster.ObjectName(named.apiVersion(), named.kind(), named.namespace(), named.name()));
  }

  private static Manifest only(String text) {
    return Manifest.split(text).getFirst();
  }
}
