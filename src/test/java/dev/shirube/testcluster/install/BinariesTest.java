package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

  private static final Path DEFINITIONS = Path.of("verify/cluster");

  @TempDir Path cache = Path.of("unset");

  private Path path(String kubernetes, String command) {
    return cache.relativize(Binaries.of(cache, DEFINITIONS, kubernetes).path(command));
  }

  @Test
  void everyCommandOfAClusterHasAPath() {
    String newest = Binaries.newest(DEFINITIONS);
    assertEquals(Path.of("kubernetes-" + newest + "/bin/kubelet"), path(newest, "kubelet"));
    assertTrue(path(newest, "runc").toString().matches("node-[0-9a-f]{12}/bin/runc"));
    assertTrue(
        path(newest, "local-path-provisioner")
            .toString()
            .matches("storage-[0-9a-f]{12}/bin/local-path-provisioner"));
    assertThrows(IllegalArgumentException.class, () -> path(newest, "kubeadm"));
  }

  @Test
  void anEmptyCacheLacksEverything() {
    Binaries binaries = Binaries.of(cache, DEFINITIONS, Binaries.newest(DEFINITIONS));
    assertEquals(
        List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"),
        binaries.missing(Tier.APISERVER).stream().sorted().toList());
    assertEquals(
        List.of(
            "bridge",
            "containerd",
            "containerd-shim-runc-v2",
            "coredns",
            "crane",
            "ctr",
            "etcd",
            "host-local",
            "kube-apiserver",
            "kube-controller-manager",
            "kube-proxy",
            "kube-scheduler",
            "kubectl",
            "kubelet",
            "local-path-provisioner",
            "loopback",
            "portmap",
            "registry",
            "runc"),
        binaries.missing(Tier.NODE).stream().sorted().toList());
  }

  @Test
  void aMinorIsItsNewestPatchThatIsThere() throws IOException {
    for (String version : List.of("1.30.9", "1.30.14", "1.3.99")) {
      Path module = KubernetesModule.file(cache, version);
      Files.createDirectories(module.getParent());
      Files.writeString(
          module,
          Files.readString(DEFINITIONS.resolve("kubernetes/go.mod"))
              .replaceFirst("k8s.io/kubernetes v[\\d.]+", "k8s.io/kubernetes v" + version));
    }
    Files.createDirectories(cache.resolve("kubernetes-1.30.20")); // nothing in it
    assertEquals("1.30.14", Binaries.of(cache, DEFINITIONS, "1.30").kubernetes());
    assertEquals("1.30.9", Binaries.of(cache, DEFINITIONS, "1.30.9").kubernetes());
    assertEquals("1.31", Binaries.of(cache, DEFINITIONS, "1.31").kubernetes());
    assertTrue(Binaries.of(cache, DEFINITIONS, "1.31").kubernetesModule().isEmpty());
  }
}
