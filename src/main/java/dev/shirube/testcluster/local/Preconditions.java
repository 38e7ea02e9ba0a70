package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.install.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What must be there before a cluster can start: said at once, with what to do about it. */
final class Preconditions {

  /** Without them claims wait for a volume, and no image can be pulled; all else works. */
  private static final List<String> OPTIONAL =
      List.of("local-path-provisioner", "registry", "crane");

  private Preconditions() {}

  static void check(ClusterStart.Settings settings, Binaries binaries) {
    Machine machine = Machine.here();
    if (!machine.isLinux()) {
      throw new ClusterException(
          "a local cluster needs Linux; elsewhere use one of your own or k3s in a container");
    }
    if (settings.tier() == Tier.NODE) {
      checkNode(settings, machine);
    }
    List<String> missing =
        binaries.missing(settings.tier()).stream()
            .filter(name -> !OPTIONAL.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new ClusterException(
          "these commands of Kubernetes "
              + binaries.kubernetes()
              + " are not installed, not whole or not for this machine: "
              + String.join(", ", missing)
              + "\n  fix: shirube cluster install --kubernetes "
              + binaries.kubernetes());
    }
  }

  private static void checkNode(ClusterStart.Settings settings, Machine machine) {
    if (settings.nodes() < 1 || settings.nodes() > Subnet.MOST_NODES) {
      throw new ClusterException("a cluster has 1 to " + Subnet.MOST_NODES + " nodes");
    }
    if (!isRoot()) {
      throw new ClusterException(
          "the tier \"node\" needs root: it makes namespaces, mounts and a network interface"
              + "\n  fix: run it with sudo, or take --tier apiserver, which works without root");
    }
    List<String> missing =
        List.of("setsid", "unshare", "nsenter", "mount", "pivot_root", "ip", "nft").stream()
            .filter(program -> machine.find(program).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw new ClusterException(
          "the tier \"node\" needs programs that are not here: "
              + String.join(", ", missing)
              + "\n  fix: apt-get install util-linux mount iproute2 nftables");
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self: " + e, e);
    }
  }
}
