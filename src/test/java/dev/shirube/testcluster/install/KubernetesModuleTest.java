package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesModuleTest {

  @TempDir Path folder = Path.of("unset");

  private GoModule module(String text) throws IOException {
    return GoModule.read(Files.writeString(Files.createTempFile(folder, "go", ".mod"), text));
  }

  @Test
  void stagingModulesAreReplacedByTheirPublishedVersions() throws IOException {
    GoModule upstream =
        module(
            """
            // This is a generated file.
            module k8s.io/kubernetes

            go 1.25.0

            godebug default=go1.25

            require (
            	github.com/a/b v1.0.0 // indirect
            	go.etcd.io/etcd/client/v3 v3.6.8
            	k8s.io/api v0.0.0
            )

            replace (
            	k8s.io/api => ./staging/src/k8s.io/api
            	k8s.io/apimachinery => ./staging/src/k8s.io/apimachinery
            )

            replace github.com/a/b => github.com/c/b v1.0.1
            """);
    GoModule newest =
        module(
            """
            module dev.shirube/kubernetes

            go 1.26.0

            tool k8s.io/kubernetes/cmd/kubelet

            require k8s.io/kubernetes v1.37.2
            """);
    assertEquals(
        """
        module dev.shirube/kubernetes
        go 1.25.0
        godebug default=go1.25
        tool k8s.io/kubernetes/cmd/kubelet
        require k8s.io/kubernetes v1.36.3
        require go.etcd.io/etcd/server/v3 v3.6.8
        replace k8s.io/api => k8s.io/api v0.36.3
        replace k8s.io/apimachinery => k8s.io/apimachinery v0.36.3
        """,
        KubernetesModule.text("1.36.3", upstream, newest));
  }

  @Test
  void anOldKubernetesIsBuiltByAGoThatKnowsTools() throws IOException {
    GoModule upstream = module("go 1.22.0\nrequire go.etcd.io/etcd/client/v3 v3.5.10\n");
    assertEquals(
        """
        module dev.shirube/kubernetes
        go 1.24.0
        require k8s.io/kubernetes v1.29.6
        require go.etcd.io/etcd/server/v3 v3.5.10
        """,
        KubernetesModule.text("1.29.6", upstream, module("")));
  }
}
