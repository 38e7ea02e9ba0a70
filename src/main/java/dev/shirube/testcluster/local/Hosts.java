package dev.shirube.testcluster.local;

import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;

/**
 * Starts and stops the hosts of a cluster. In the node tier each is a container without an engine:
 * namespaces of its own, which end with its first process and take with them what was in them.
 */
final class Hosts {

  private static final String PROGRAMS =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final RunFolder run;
  private final ClusterState state;

  Hosts(RunFolder run, ClusterState state) {
    this.run = run;
    this.state = state;
  }

  /** Starts a host; returns the process that holds it. */
  long start(String host) {
    HostFolder folder = run.host(host);
    folder.writeResource("init.sh");
    boolean namespaces = state.tier() == Tier.NODE;
    if (namespaces) {
      folder.writeResource("host.sh");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                namespaces
                    ? List.of(
                        "setsid",
                        "unshare",
                        "--pid",
                        "--net",
                        "--mount",
                        "--uts",
                        "--ipc",
                        "--fork",
                        "--kill-child",
                        "sh",
                        "host.sh")
                    : List.of("setsid", "sh", "init.sh"))
            .directory(folder.path().toFile())
            .redirectInput(Redirect.from(new java.io.File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.log("init").toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear(); // proxies and the like are nothing to a cluster
    environment.put("PATH", namespaces ? "/shirube/bin:" + PROGRAMS : PROGRAMS);
    environment.put("HOME", namespaces ? "/root" : folder.path().toString());
    environment.put("LC_ALL", "C");
    environment.put(ClusterProcesses.NONCE, state.nonce());
    environment.put(ClusterProcesses.HOST, host);
    environment.put(ClusterProcesses.RUN, run.address());
    try {
      return builder.start().pid();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + host + ": " + e.getMessage(), e);
    }
  }

  /** Ends a node with everything on it. */
  void stop(String node) {
    new ClusterProcesses(state.nonce()).kill(node);
    int number = state.nodes().indexOf(node) + 1;
    ClusterNetwork.disconnectNode(
        number, java.util.Objects.requireNonNull(state.hosts().get(ClusterState.CONTROL_PLANE)));
    new Cgroups(state.id()).remove(node);
  }
}
