package dev.shirube.testcluster.local;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.install.Machine;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cluster could leave behind on the machine, to be compared before and after. Clusters that
 * people have beside the tests, whose run folders are no tests', may come and go meanwhile.
 *
 * @param programs the processes of a cluster
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

  /** Where JUnit makes the folders of tests. */
  private static final Path TEST_FOLDERS = Path.of(System.getProperty("java.io.tmpdir"), "junit");

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
    Set<String> others = othersIds();
    Set<String> processes = processes(programs);
    Set<String> links = linksWithAddresses();
    Set<String> cgroups = cgroupFolders();
    others.addAll(othersIds());
    return new MachineTraces(
        without(others, processes),
        Set.copyOf(Files.readAllLines(Path.of("/proc/self/mounts"))),
        without(others, links),
        Machine.here().find("nft").isEmpty()
            ? ""
            : Command.of("nft", "list", "ruleset").result().output(),
        without(others, cgroups),
        sysctls,
        FOLDERS.stream()
            .filter(folder -> Files.exists(Path.of(folder)))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** What does not carry the id of another cluster. */
  private static Set<String> without(Set<String> ids, Set<String> traces) {
    return traces.stream()
        .filter(trace -> ids.stream().noneMatch(trace::contains))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> othersIds() {
    String tests = new RunFolder(TEST_FOLDERS).address();
    return ProcessHandle.allProcesses()
        .map(MachineTraces::environment)
        .filter(variables -> !value(variables, ClusterProcesses.RUN).startsWith(tests))
        .map(variables -> value(variables, ClusterProcesses.NONCE))
        .filter(ClusterState::isNonce)
        .map(ClusterState::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The processes that run a program of a cluster, or carry a nonce as its shells do. */
  private static Set<String> processes(Path programs) {
    Set<String> processes = new TreeSet<>();
    ProcessHandle.allProcesses()
        .forEach(
            process -> {
              String command = process.info().command().orElse("");
              String nonce = value(environment(process), ClusterProcesses.NONCE);
              boolean peoplesTool = command.endsWith("/kubectl");
              if (!nonce.isEmpty() || (command.startsWith(programs.toString()) && !peoplesTool)) {
                processes.add(process.pid() + " " + command + " " + nonce);
              }
            });
    return processes;
  }

  private static List<String> environment(ProcessHandle process) {
    try {
      Path environment = Path.of("/proc", String.valueOf(process.pid()), "environ");
      return List.of(Files.readString(environment, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(); // it ended, or is somebody's whom a cluster has nothing to do with
    }
  }

  private static String value(List<String> variables, String name) {
    return variables.stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  /** The id of a cluster stands in the hardware address of its interface. */
  private static Set<String> linksWithAddresses() throws IOException {
    Set<String> links = new TreeSet<>();
    for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
      byte[] address = link.getHardwareAddress();
      links.add(link.getName() + " " + (address == null ? "" : HexFormat.of().formatHex(address)));
    }
    return links;
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
