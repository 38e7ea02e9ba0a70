package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ApiServer;
import java.util.List;
import java.util.SortedMap;

/**
 * What an API server says of its cluster.
 *
 * @param nodes all of them, where one at least is ready: Pods run then
 */
public record ClusterFacts(String kubernetes, Tier tier, List<String> nodes) {

  public ClusterFacts {
    nodes = List.copyOf(nodes);
  }

  static ClusterFacts of(ApiServer apiServer) {
    SortedMap<String, Boolean> nodes = apiServer.nodes();
    boolean ready = nodes.containsValue(true);
    return new ClusterFacts(
        apiServer.version(),
        ready ? Tier.NODE : Tier.APISERVER,
        ready ? List.copyOf(nodes.keySet()) : List.of());
  }
}
