package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfficialReleaseTest {

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final List<Tool> TOOLS =
      List.of(
          new Tool("k8s.io/kubernetes/cmd/kubelet", "1.37.2"),
          new Tool("go.etcd.io/etcd/server/v3", "3.7.0"),
          new Tool("github.com/containerd/containerd/v2/cmd/ctr", "2.4.2"),
          new Tool("github.com/opencontainers/runc", "1.5.2"),
          new Tool("github.com/containernetworking/plugins/plugins/main/bridge", "1.9.1"),
          new Tool("github.com/coredns/coredns", "1.15.0"),
          new Tool("github.com/distribution/distribution/v3/cmd/registry", "3.1.2"),
          new Tool("github.com/google/go-containerregistry/cmd/crane", "0.22.1"),
          new Tool("github.com/rancher/local-path-provisioner", "0.0.30"));

  private static String releases(String architecture) {
    return TOOLS.stream()
        .map(
            tool ->
                OfficialRelease.of(tool, architecture)
                    .map(
                        release ->
                            release.file()
                                + "\n  "
                                + release.checksums()
                                + release.archiveFolder().map(it -> "\n  " + it).orElse("")
                                + release.archiveFolder().map(it -> tool.command()).orElse(""))
                    .orElse("none"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void eachProjectNamesItsFilesInItsOwnWay() {
    assertEquals(
        """
        https://dl.k8s.io/release/v1.37.2/bin/linux/amd64/kubelet
          https://dl.k8s.io/release/v1.37.2/bin/linux/amd64/kubelet.sha256
        https://github.com/etcd-io/etcd/releases/download/v3.7.0/etcd-v3.7.0-linux-amd64.tar.gz
          https://github.com/etcd-io/etcd/releases/download/v3.7.0/SHA256SUMS
          etcd-v3.7.0-linux-amd64/etcd
        https://github.com/containerd/containerd/releases/download/v2.4.2/containerd-static-2.4.2-linux-amd64.tar.gz
          https://github.com/containerd/containerd/releases/download/v2.4.2/containerd-static-2.4.2-linux-amd64.tar.gz.sha256sum
          bin/ctr
        https://github.com/opencontainers/runc/releases/download/v1.5.2/runc.amd64
          https://github.com/opencontainers/runc/releases/download/v1.5.2/runc.sha256sum
        https://github.com/containernetworking/plugins/releases/download/v1.9.1/cni-plugins-linux-amd64-v1.9.1.tgz
          https://github.com/containernetworking/plugins/releases/download/v1.9.1/cni-plugins-linux-amd64-v1.9.1.tgz.sha256
          bridge
        https://github.com/coredns/coredns/releases/download/v1.15.0/coredns_1.15.0_linux_amd64.tgz
          https://github.com/coredns/coredns/releases/download/v1.15.0/coredns_1.15.0_linux_amd64.tgz.sha256
          coredns
        https://github.com/distribution/distribution/releases/download/v3.1.2/registry_3.1.2_linux_amd64.tar.gz
          https://github.com/distribution/distribution/releases/download/v3.1.2/registry_3.1.2_linux_amd64.tar.gz.sha256
          registry
        https://github.com/google/go-containerregistry/releases/download/v0.22.1/go-containerregistry_Linux_x86_64.tar.gz
          https://github.com/google/go-containerregistry/releases/download/v0.22.1/checksums.txt
          crane
        none\
        """,
        releases("amd64"));
    assertEquals(
        releases("amd64").replace("x86_64", "arm64").replace("amd64", "arm64"), releases("arm64"));
  }

  @Test
  void everyCommandOfAClusterButOneIsPublished() {
    Path definitions = Path.of("verify/cluster");
    assertEquals(
        List.of("local-path-provisioner"),
        Stream.of("kubernetes", "node", "storage")
            .map(name -> GoModule.read(definitions.resolve(name).resolve("go.mod")))
            .flatMap(module -> ToolSet.besides("any", module, definitions).tools().stream())
            .filter(tool -> OfficialRelease.of(tool, "amd64").isEmpty())
            .map(Tool::command)
            .toList());
  }

  @Test
  void javasNamesOfProcessorsAreNotThoseOfReleases() {
    assertEquals(Optional.of("amd64"), OfficialRelease.architecture("amd64"));
    assertEquals(Optional.of("amd64"), OfficialRelease.architecture("x86_64"));
    assertEquals(Optional.of("arm64"), OfficialRelease.architecture("aarch64"));
    assertEquals(Optional.empty(), OfficialRelease.architecture("riscv64"));
    assertEquals(Optional.empty(), OfficialRelease.architecture("arm"));
  }

  private static Optional<String> sha256(String text) {
    return OfficialRelease.of(new Tool("github.com/opencontainers/runc", "1.5.2"), "amd64")
        .orElseThrow()
        .sha256(text.replace("DIGEST", DIGEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DIGEST",
        " DIGEST\r\n",
        "DIGEST  runc.amd64",
        "DIGEST *runc.amd64\n",
        "DIGEST  release/runc.amd64\n",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nDIGEST  runc.amd64\n-----BEGIN PGP",
      })
  void aChecksumIsReadInEveryFormThatIsInUse(String text) {
    assertEquals(Optional.of(DIGEST), sha256(text));
    assertEquals(
        Optional.of(DIGEST), sha256(text.replace("DIGEST", DIGEST.toUpperCase(Locale.ROOT))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>sign in to this network</html>",
        "DIGEST  runc.arm64",
        "DIGEST  runc.amd64.asc",
        "DIGEST  other-runc.amd64",
        "DIGEST0  runc.amd64",
        "DIGEST DIGEST",
      })
  void theChecksumOfAnotherFileIsNone(String text) {
    assertEquals(Optional.empty(), sha256(text));
  }

  @Test
  void aMirrorStandsForAllHosts() {
    URI official = URI.create("https://dl.k8s.io/release/stable-1.36.txt");
    assertEquals(official, DownloadSource.OFFICIAL.address(official));
    for (String mirror : List.of("http://127.0.0.1:8080/copies", "http://127.0.0.1:8080/copies/")) {
      assertEquals(
          URI.create("http://127.0.0.1:8080/copies/dl.k8s.io/release/stable-1.36.txt"),
          DownloadSource.mirror(URI.create(mirror)).address(official));
    }
  }
}
