package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shirube.testcluster.ClusterException;
import java.util.List;
import org.junit.jupiter.api.Test;

class K3sClusterTest {

  @Test
  void theImageIsTheOneOfThePatch() {
    assertEquals("docker.io/rancher/k3s:v1.37.2-k3s1", K3sCluster.image("1.37.2"));
    assertEquals(
        "k3s has an image for each patch of Kubernetes, and 1.36 names none"
            + "\n  fix: --kubernetes 1.36.N",
        assertThrows(ClusterException.class, () -> K3sCluster.image("1.36")).getMessage());
  }

  @Test
  void onThisMachineItsPortIsOnLoopbackAlone() {
    List<String> words = K3sCluster.runCommand("name", "image", "127.0.0.1", "127.0.0.1");
    assertEquals(
        List.of("--publish=127.0.0.1::6443"),
        words.stream().filter(word -> word.startsWith("--publish")).toList());
  }

  @Test
  void itsKubeconfigGetsOurNameAndTheAddressThatIsPublished() {
    String kubeconfig =
        SingleContext.ofK3s(
                """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: Y2E=
                    server: https://127.0.0.1:6443
                  name: default
                contexts:
                - context:
                    cluster: default
                    user: default
                  name: default
                current-context: default
                kind: Config
                preferences: {}
                users:
                - name: default
                  user:
                    client-certificate-data: Y2VydA==
                    client-key-data: a2V5
                """,
                "shirube-one",
                "https://127.0.0.1:49153")
            .kubeconfig();
    assertEquals("shirube-one", SingleContext.nameIn(kubeconfig));
    assertEquals("https://127.0.0.1:49153", Kubeconfigs.field(kubeconfig, "server"));
    assertEquals("a2V5", Kubeconfigs.field(kubeconfig, "client-key-data"));
    assertEquals(List.of(), kubeconfig.lines().filter(line -> line.contains("default")).toList());
  }
}
