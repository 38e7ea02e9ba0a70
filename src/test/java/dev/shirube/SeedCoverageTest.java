package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the team's original wiki page held is on the site. */
class SeedCoverageTest {

  @ParameterizedTest
  @CsvSource({
    "cluster, Cluster",
    "node, Node",
    "pod, Pod",
    "control-plane, Control Plane",
    "workload, ワークロード",
    "kube-apiserver, kube-apiserver",
    "kube-controller-manager, kube-controller-manager",
    "deployment, Deployment",
    "replicaset, ReplicaSet",
    "statefulset, StatefulSet",
    "daemonset, DaemonSet",
    "job, Job",
    "cronjob, CronJob",
    "kube-scheduler, kube-scheduler",
    "etcd, etcd",
    "configmap, ConfigMap",
    "secret, Secret",
    "container-runtime, Container Runtime",
    "cri, CRI",
    "containerd, containerd",
    "cri-o, CRI-O",
    "kubelet, kubelet",
    "kube-proxy, kube-proxy",
    "persistentvolume, PersistentVolume",
    "persistentvolumeclaim, PersistentVolumeClaim",
    "storageclass, StorageClass",
    "service, Service",
    "label, Label",
    "selector, Selector",
    "namespace, Namespace",
    "controller, Controller",
    "rolling-update, Rolling update",
    "rollback, Rollback",
    "imagepullsecret, imagePullSecret",
    "kubeconfig, kubeconfig",
    "context, Context",
    "rbac, RBAC",
    "init-container, Init container",
    "probe, Probe"
  })
  void everyTermHasAnEntryWithNamesDefinitionRelationsAndCitations(String id, String title) {
    Document page = WikiSite.page("glossary/" + id + ".html");
    Element heading = page.selectFirst("h1");
    assertNotNull(heading);
    assertTrue(heading.text().equalsIgnoreCase(title), heading.text());
    assertFalse(page.select("main p").isEmpty(), "no definition");
    assertFalse(page.select("a[href]").isEmpty());
    assertTrue(page.text().contains("出典"), "no citations");
    Document list = WikiSite.page("glossary/index.html");
    assertFalse(list.select("a[href=" + id + ".html]").isEmpty(), "not in the list of terms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eks/setup.html | aws configure",
        "eks/setup.html | aws eks update-kubeconfig --name {name} --profile {profile_name}",
        "eks/setup.html | kubectl config get-contexts",
        "eks/setup.html | kubectl get pod -n {namespace} --context {context_name}",
        "eks/setup.html | system:masters",
        "eks/setup.html | プロファイル",
        "eks/setup.html | ロール",
        "eks/port-forward.html | kubectl -n {namespace} port-forward deployment/{deployment_name} 8084:80 --context {context_name}",
        "eks/port-forward.html | localhost:8084",
        "eks/port-forward.html | pkill -f \"port-forward\"",
        "building/service-discovery.html | name: nginx-service",
        "building/service-discovery.html | port: 8080",
        "building/service-discovery.html | targetPort: 80",
        "building/pod.html | ボリューム",
        "building/node.html | kubelet",
        "building/pv-pvc.html | PersistentVolumeClaim",
        "building/cri.html | containerd",
        "troubleshooting/image-pull-back-off-case-1.html | container \"db-operation\" in pod \"db-operation-jlv4t\" is waiting to start: trying and failing to pull image",
        "troubleshooting/image-pull-back-off-case-1.html | imagePullSecret",
        "troubleshooting/crash-loop-back-off-case-1.html | CrashLoopBackOff",
        "troubleshooting/crash-loop-back-off-case-1.html | Flyway",
        "citations.html | ContainIQ",
        "citations.html | udomomo"
      })
  void everyStepCommandAndLogLineIsOnItsPage(String url, String text) {
    String page = WikiSite.page(url).body().wholeText();
    assertTrue(page.contains(text), () -> url + " does not have: " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.redhat.com/ja/topics/containers/kubernetes-architecture",
        "https://www.containiq.com/post/kubectl-port-forward",
        "https://udomomo.hatenablog.com/entry/2020/11/01/235612",
        "https://stackoverflow.com/questions/37288500/how-to-undo-a-kubectl-port-forward"
      })
  void everyLinkIsACitation(String address) {
    assertFalse(WikiSite.page("citations.html").select("a[href=" + address + "]").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"image-pull-back-off-case-1", "crash-loop-back-off-case-1"})
  void everyCaseHasItsParts(String name) {
    Document page = WikiSite.page("troubleshooting/" + name + ".html");
    for (String part :
        new String[] {"symptom", "cause", "reproduction", "solution", "prevention"}) {
      assertNotNull(page.selectFirst("." + part + " h2"), part);
    }
  }

  @Test
  void theSlipsOfTheOriginalAreGone() {
    for (String url : WikiSite.pages()) {
      String text = WikiSite.page(url).text();
      // The entry itself warns of the wrong spelling.
      assertFalse(text.contains("containered") && !url.equals("glossary/containerd.html"), url);
      assertFalse(text.contains("Persistant"), url);
      assertFalse(text.contains("{profile_name}`"), url);
    }
  }
}
