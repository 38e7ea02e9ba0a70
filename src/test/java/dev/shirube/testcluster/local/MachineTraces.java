package dev.shirube.testcluster.local;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.install.Machine;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cluster could leave behind on the machine, to be compared before and after.
 *
 * @param programs the processes that run a program of the cluster
 * @param tables of nftables
 * @param sysctls the ones that a kubelet, a proxy or a network would change
 * @param folders the ones that they would make
 */
public record MachineTraces(
    Set<String> programs,
    Set<String> mounts,
    Set<String> links,
    String tables,
    Set<String> cgroups,
    SortedMap<String, String> sysctls,
    Set<String> folders) {

  private static final List<String> SYSCTLS =
      List.of(
          "kernel/hostname",
          "kernel/panic",
          "kernel/panic_on_oops",
          "vm/overcommit_memory",
          "net/ipv4/ip_forward",
          "net/ipv4/conf/all/route_localnet",
          "net/netfilter/nf_conntrack_max");

  private static final List<String> FOLDERS =
      List.of(
          "/var/lib/kubelet",
          "/var/lib/cni",
          "/var/lib/containerd",
          "/var/log/pods",
          "/var/log/containers",
          "/var/run/kubernetes",
          "/run/containerd",
          "/run/netns",
          "/run/flannel",
          "/etc/cni",
          "/opt/cni",
          "/opt/local-path-provisioner",
          "/shirube");

  /**
   * What there is at this moment.
   *
   * @param programs the folders of the cluster's programs
   */
  public static MachineTraces now(Path programs) throws IOException {
    SortedMap<String, String> sysctls = new TreeMap<>();
    for (String name : SYSCTLS) {
      Path file = Path.of("/proc/sys").resolve(name);
      if (Files.isReadable(file)) {
        sysctls.put(name, Files.readString(file).strip());
      }
    }
    return new MachineTraces(
        processes(programs),
        Set.copyOf(Files.readAllLines(Path.of("/proc/self/mounts"))),
        NetworkInterface.networkInterfaces()
            .map(NetworkInterface::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        Machine.here().find("nft").isEmpty()
            ? ""
            : Command.of("nft", "list", "ruleset").result().output(),
        cgroupFolders(),
        sysctls,
        FOLDERS.stream()
            .filter(folder -> Files.exists(Path.of(folder)))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> processes(Path programs) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").startsWith(programs.toString()))
        .map(process -> process.pid() + " " + process.info().command().orElse(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> cgroupFolders() {
    return Command.of("find", "/sys/fs/cgroup", "-name", "*shirube*", "-o", "-name", "kubepods")
        .result()
        .output()
        .lines()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Stream<String> listeners() {
    return Command.of("ss", "-Hltun").result().output().lines();
  }
}
