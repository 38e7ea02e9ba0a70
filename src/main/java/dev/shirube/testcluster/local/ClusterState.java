package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the run folder knows of a cluster: {@code cluster.properties}.
 *
 * @param nonce drawn for this start; the processes of the cluster carry it in their environment
 * @param complete whether the start was seen to its end
 * @param subnet the number of the {@link Subnet}; 0 in the API server tier
 * @param hosts the processes that hold the hosts, by name: {@code control-plane}, {@code node-1}, …
 * @param stopped the nodes that were stopped on purpose
 */
record ClusterState(
    String name,
    String nonce,
    Tier tier,
    String kubernetes,
    boolean complete,
    int subnet,
    Map<String, Long> hosts,
    List<String> stopped) {

  static final String CONTROL_PLANE = "control-plane";

  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");

  ClusterState {
    if (!isNonce(nonce)) {
      throw new IllegalArgumentException("no nonce: " + nonce);
    }
    hosts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    stopped = List.copyOf(stopped);
  }

  /** The names of all nodes, stopped ones too. */
  List<String> nodes() {
    return hosts.keySet().stream().filter(host -> !host.equals(CONTROL_PLANE)).toList();
  }

  /** What tells this start's cgroups and network interface from all others. */
  String id() {
    return id(nonce);
  }

  static boolean isNonce(String text) {
    return NONCE.matcher(text).matches();
  }

  static String id(String nonce) {
    return nonce.substring(0, 10);
  }

  ClusterState withComplete() {
    return new ClusterState(name, nonce, tier, kubernetes, true, subnet, hosts, stopped);
  }

  ClusterState withSubnet(int subnet) {
    return new ClusterState(name, nonce, tier, kubernetes, complete, subnet, hosts, stopped);
  }

  ClusterState withHost(String host, long pid) {
    Map<String, Long> all = new LinkedHashMap<>(hosts);
    all.put(host, pid);
    List<String> rest = stopped.stream().filter(other -> !other.equals(host)).toList();
    return new ClusterState(name, nonce, tier, kubernetes, complete, subnet, all, rest);
  }

  ClusterState withStopped(String node) {
    List<String> all =
        java.util.stream.Stream.concat(stopped.stream(), List.of(node).stream()).toList();
    return new ClusterState(name, nonce, tier, kubernetes, complete, subnet, hosts, all);
  }

  static Optional<ClusterState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new ClusterState(
              value(properties, "name"),
              value(properties, "nonce"),
              Tier.valueOf(value(properties, "tier")),
              value(properties, "kubernetes"),
              Boolean.parseBoolean(value(properties, "complete")),
              Integer.parseInt(value(properties, "subnet")),
              words(properties, "hosts")
                  .map(word -> word.split("=", 2))
                  .collect(
                      Collectors.toMap(
                          pair -> pair[0],
                          pair -> Long.valueOf(pair[1]),
                          (first, second) -> second,
                          LinkedHashMap::new)),
              words(properties, "stopped").toList()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ClusterException(file + " is no state of a cluster: " + e.getMessage(), e);
    }
  }

  /** Whoever reads at the same time sees the state before or after, never half of it. */
  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("name", name);
    properties.setProperty("nonce", nonce);
    properties.setProperty("tier", tier.name());
    properties.setProperty("kubernetes", kubernetes);
    properties.setProperty("complete", String.valueOf(complete));
    properties.setProperty("subnet", String.valueOf(subnet));
    properties.setProperty(
        "hosts",
        hosts.entrySet().stream()
            .map(host -> host.getKey() + "=" + host.getValue())
            .collect(Collectors.joining(" ")));
    properties.setProperty("stopped", String.join(" ", stopped));
    Path written = unfinished(file);
    try {
      try (Writer writer = Files.newBufferedWriter(written)) {
        properties.store(writer, null);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** What is left where a command is killed while it writes. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  private static java.util.stream.Stream<String> words(Properties properties, String key) {
    return Arrays.stream(value(properties, key).split(" ")).filter(word -> !word.isEmpty());
  }
}
