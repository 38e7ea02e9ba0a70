package dev.shirube.testcluster.local;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses of a cluster whose nodes have a network of their own: {@code 198.18.N.0/24}, of the
 * block that <a href="https://www.rfc-editor.org/rfc/rfc2544">RFC 2544</a> sets aside for test
 * networks, so that no network of a home, an office or a cloud is hidden by it.
 *
 * @param number N, from 1 to {@value #LAST}
 */
record Subnet(int number) {

  static final int LAST = 254;

  /** As many as have room for their Pods. */
  static final int MOST_NODES = 50;

  private static final int FIRST_NODE = 10;

  Subnet {
    if (number < 1 || number > LAST) {
      throw new IllegalArgumentException("a subnet's number is 1 to " + LAST + ": " + number);
    }
  }

  static Stream<Subnet> all() {
    return IntStream.rangeClosed(1, LAST).mapToObj(Subnet::new);
  }

  /**
   * The subnets that can be taken without hiding anybody's network, the best first: those that lie
   * within a wider range, such as a VPN's, come last, as a part of that would be hidden.
   *
   * @param taken what the machine has already
   */
  static List<Subnet> free(List<AddressRange> taken) {
    return all()
        .filter(subnet -> taken.stream().noneMatch(subnet.range()::contains))
        .sorted(
            Comparator.comparing(
                subnet -> taken.stream().anyMatch(range -> range.contains(subnet.range()))))
        .toList();
  }

  private AddressRange range() {
    return AddressRange.of(address(0) + "/24");
  }

  /** The machine's end of the link to the cluster. */
  String machine() {
    return address(1);
  }

  String controlPlane() {
    return address(2);
  }

  /**
   * The address of a node.
   *
   * @param node 1 for the first
   */
  String node(int node) {
    return address(FIRST_NODE + node);
  }

  /** The range that a node's Pods get their addresses from. */
  static String pods(int node) {
    return "10.88." + node + ".0/24";
  }

  /** All Pods of the cluster. */
  static String pods() {
    return "10.88.0.0/16";
  }

  /** The network interface on the machine; its name is what reserves the number. */
  String link() {
    return "shirube" + number;
  }

  /** The routes to the Pods of every node, from anywhere on the subnet. */
  List<String> routes(int nodes) {
    return IntStream.rangeClosed(1, nodes)
        .mapToObj(node -> pods(node) + " via " + node(node))
        .toList();
  }

  private String address(int host) {
    return "198.18." + number + "." + host;
  }
}
