package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Pause;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The network between machine, control plane and nodes: a bridge in the control plane's namespace,
 * to which the machine and each node have a link. The machine sees one interface, {@link
 * Subnet#link()}; everything is gone when the control plane's namespace is.
 */
final class ClusterNetwork {

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final String BRIDGE = "nodes";

  /**
   * Without an address of its own a bridge has the lowest of its links': it changes as nodes come
   * and go, and for half a minute nobody reaches the API server, whose old address the ARP caches
   * hold.
   */
  private static final String BRIDGE_ADDRESS = "02:00:00:00:00:fe";

  private final String hardwareAddress;

  /**
   * @param id of the cluster, hexadecimal: the interface carries it, so that it is found again
   */
  ClusterNetwork(String id) {
    hardwareAddress = "02" + id.substring(0, 10).replaceAll("..", ":$0");
  }

  /** Takes a number that no other cluster has: to add its interface works for one only. */
  Subnet reserve() {
    for (Subnet subnet : Subnet.free(AddressRange.onThisMachine())) {
      Command.Result added =
          Command.of(
                  "ip",
                  "link",
                  "add",
                  subnet.link(),
                  "address",
                  hardwareAddress,
                  "type",
                  "veth",
                  "peer",
                  "name",
                  peer(subnet))
              .result();
      if (added.ok()) {
        batch(
            List.of("ip"),
            List.of(
                "addr add " + subnet.machine() + "/24 dev " + subnet.link(),
                "link set " + subnet.link() + " up"));
        return subnet;
      }
      if (!added.output().contains("File exists")) {
        throw new ClusterException(
            "cannot add the network interface " + subnet.link() + ": " + added.output().strip());
      }
    }
    throw new ClusterException("all " + Subnet.LAST + " subnets for test clusters are taken");
  }

  /** Links the machine and the control plane. */
  void connectControlPlane(Subnet subnet, long pid, int nodes) {
    awaitNamespace(pid);
    Command.of("ip", "link", "set", peer(subnet), "netns", String.valueOf(pid), "name", "eth0")
        .run();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "link set lo up",
                "link add " + BRIDGE + " address " + BRIDGE_ADDRESS + " type bridge",
                "link set " + BRIDGE + " up",
                "addr add " + subnet.controlPlane() + "/24 dev " + BRIDGE,
                "link set eth0 master " + BRIDGE + " up",
                "route add default via " + subnet.machine()));
    subnet.routes(nodes).forEach(route -> lines.add("route add " + route));
    batch(inNamespace(pid), lines);
  }

  /** Links a node and the control plane. */
  void connectNode(Subnet subnet, int node, long pid, long controlPlanePid, int nodes) {
    awaitNamespace(pid);
    String link = WorkerNode.name(node);
    batch(
        inNamespace(controlPlanePid),
        List.of(
            // The same address each time: nobody's ARP cache goes stale when the node comes back.
            String.format(
                Locale.ROOT,
                "link add %s master %s type veth peer name eth0 address 02:00:00:00:00:%02x netns %d",
                link,
                BRIDGE,
                node,
                pid),
            "link set " + link + " up"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "link set lo up",
                "addr add " + subnet.node(node) + "/24 dev eth0",
                "link set eth0 up",
                "route add default via " + subnet.machine()));
    subnet.routes(nodes).stream()
        .filter(route -> !route.startsWith(Subnet.pods(node)))
        .forEach(route -> lines.add("route add " + route));
    batch(inNamespace(pid), lines);
  }

  /** Removes a node's link at once: the kernel takes its time with a namespace that ended. */
  static void disconnectNode(int node, long controlPlanePid) {
    List<String> command = inNamespace(controlPlanePid);
    command.addAll(List.of("link", "del", WorkerNode.name(node)));
    Command.of(command).result();
  }

  /** Removes the interface on the machine, whichever number it has. */
  void remove() {
    try {
      NetworkInterface.networkInterfaces()
          .filter(this::isOurs)
          .forEach(link -> Command.of("ip", "link", "del", link.getName()).result());
    } catch (SocketException e) {
      throw new ClusterException("cannot list the network interfaces: " + e.getMessage(), e);
    }
  }

  private boolean isOurs(NetworkInterface link) {
    try {
      byte[] address = link.getHardwareAddress();
      return address != null
          && HexFormat.ofDelimiter(":").formatHex(address).equals(hardwareAddress)
          && Subnet.all().anyMatch(subnet -> subnet.link().equals(link.getName()));
    } catch (SocketException e) {
      return false; // it has just gone by itself
    }
  }

  /** The other end of the machine's interface, until it moves to the control plane. */
  private static String peer(Subnet subnet) {
    return subnet.link() + "p";
  }

  private static List<String> inNamespace(long pid) {
    return new ArrayList<>(List.of("nsenter", "--target", String.valueOf(pid), "--net", "ip"));
  }

  private static void batch(List<String> ip, List<String> lines) {
    List<String> command = new ArrayList<>(ip);
    command.addAll(List.of("-batch", "-"));
    Command.of(command).withInput(String.join("\n", lines) + "\n").run();
  }

  private static void awaitNamespace(long pid) {
    Pause pause = new Pause(DEADLINE);
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      Path other = Path.of("/proc", String.valueOf(pid), "ns", "net");
      while (Files.readSymbolicLink(other).equals(own)) {
        if (!pause.next()) {
          throw new ClusterException("no network namespace was made");
        }
      }
    } catch (IOException e) {
      throw new ClusterException("the host's first process ended: " + e.getMessage(), e);
    }
  }
}
