package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command of upstream's, as a {@code tool} directive names it.
 *
 * @param packagePath e.g. {@code k8s.io/kubernetes/cmd/kubelet}
 * @param version of its module, e.g. {@code 1.37.2}
 */
record Tool(String packagePath, String version) {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  /** What the API server tier runs; everything else is for nodes. */
  private static final Set<String> CONTROL_PLANE =
      Set.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl");

  /** How commands are asked for their version, where it is not by {@code --version}. */
  private static final Map<String, List<String>> VERSION_ARGUMENTS =
      Map.of(
          "kubectl", List.of("version", "--client"),
          "containerd-shim-runc-v2", List.of("-v"),
          "coredns", List.of("-version"),
          "crane", List.of("version"));

  /** The last part of the path that is not a major version; etcd's is {@code server}. */
  String command() {
    if (packagePath.startsWith("go.etcd.io/etcd/server")) {
      return "etcd";
    }
    String name = packagePath.replaceFirst("/v\\d+$", "");
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The lowest tier that needs it. */
  Tier tier() {
    return CONTROL_PLANE.contains(command()) ? Tier.APISERVER : Tier.NODE;
  }

  /** Whether a file is this command in this version: it is started and asked. */
  boolean is(Path file) {
    List<String> command =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(file.toString()),
                VERSION_ARGUMENTS.getOrDefault(command(), List.of("--version")).stream())
            .toList();
    try {
      // No HOME and no KUBECONFIG: what a person has set up must not change the answer.
      Command.Result answer =
          Command.of(command)
              .in(Path.of("/"))
              .withEnvironment(Map.of("PATH", "/usr/bin:/bin"))
              .within(ANSWERS_WITHIN)
              .result();
      String said = answer.output();
      return answer.ok()
          && Pattern.compile("(?<![\\d.])" + Pattern.quote(version) + "(?![\\d.])")
              .matcher(said)
              .find()
          // Without it, runc can be built and cannot run a container of Kubernetes'.
          && (!command().equals("runc") || said.contains("libseccomp"));
    } catch (UncheckedIOException e) {
      return false; // not a program of this machine
    }
  }
}
