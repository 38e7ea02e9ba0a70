package dev.shirube.testcluster.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Definitions as in {@code verify/cluster}, whose modules are replaced by programs that only say
 * their version: the real Go builds them in a second, without a network.
 */
final class TinyDefinitions {

  private final Path root;
  private final Path tools;

  TinyDefinitions(Path folder) throws IOException {
    root = folder.resolve("verify cluster");
    tools = Files.createDirectories(folder.resolve("tools"));
    module(
        "kubernetes",
        List.of(
            "go.etcd.io/etcd/server/v3 v3.7.0",
            "k8s.io/kubernetes v1.37.2",
            "go.etcd.io/etcd/server/v3",
            "k8s.io/kubernetes/cmd/kube-apiserver",
            "k8s.io/kubernetes/cmd/kubelet"));
    program("kubernetes/etcd-server/main.go", "etcd Version: 3.7.0");
    program("kubernetes/kubernetes/cmd/kube-apiserver/main.go", "Kubernetes v1.37.2");
    program("kubernetes/kubernetes/cmd/kubelet/main.go", "Kubernetes v1.37.2");
    module(
        "node",
        List.of(
            "github.com/opencontainers/runc v1.5.2",
            "github.com/containernetworking/plugins v1.9.1",
            "github.com/google/go-containerregistry v0.22.1",
            "github.com/opencontainers/runc"));
    program("node/runc/main.go", "runc version 1.5.2, libseccomp: 2.5.4");
    module(
        "storage",
        List.of(
            "github.com/rancher/local-path-provisioner v0.0.30",
            "github.com/rancher/local-path-provisioner"));
    program("storage/local-path-provisioner/main.go", "local-path-provisioner version v0.0.30");
  }

  /** Required modules have a version behind them, tools have not. */
  private void module(String name, List<String> entries) throws IOException {
    StringBuilder text = new StringBuilder("module dev.shirube/" + name + "\n\ngo 1.24.0\n\n");
    for (String entry : entries) {
      String[] words = entry.split(" ");
      if (words.length == 1) {
        text.append("tool ").append(entry).append('\n');
        continue;
      }
      String folder = words[0].replaceFirst("/v3$", "").replace("etcd/server", "etcd-server");
      folder = folder.substring(folder.lastIndexOf('/') + 1);
      text.append("require ").append(entry).append('\n');
      text.append("replace ").append(words[0]).append(" => ./").append(folder).append('\n');
      write(name + "/" + folder + "/go.mod", "module " + words[0] + "\n\ngo 1.24.0\n");
    }
    write(name + "/go.mod", text.toString());
  }

  void program(String file, String says) throws IOException {
    write(file, "package main\n\nfunc main() { println(\"" + says + "\") }\n");
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  Path root() {
    return root;
  }

  /** A machine whose {@code PATH} has the real Go, if asked for, and scripts that do nothing. */
  Machine machine(Map<String, String> environment, String... commands) throws IOException {
    for (String command : commands) {
      if (command.equals("go")) {
        Path go = Machine.here().go().orElseThrow().command();
        script(tools.resolve("go"), "exec '" + go + "' \"$@\"");
      } else {
        script(tools.resolve(command), "exit 0");
      }
    }
    Map<String, String> all = new HashMap<>(System.getenv());
    all.remove("KUBEBUILDER_ASSETS");
    all.remove("GOROOT");
    all.put("PATH", tools.toString());
    all.putAll(environment);
    return new Machine(all, List.of());
  }

  static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
