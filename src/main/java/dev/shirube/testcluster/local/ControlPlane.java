package dev.shirube.testcluster.local;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of the control plane, with their certificates and flags. Paths are relative to the
 * folder of its host.
 *
 * @param address where the API server listens
 * @param machine the machine's address as the API server reaches it
 */
record ControlPlane(String address, String machine, Ports ports, String context) {

  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  static final String CONTROLLER_MANAGER = "kube-controller-manager";
  static final String SCHEDULER = "kube-scheduler";
  static final String DNS = "coredns";
  static final String STORAGE = "local-path-provisioner";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String SERVICE_RANGE = "10.96.0.0/16";
  private static final String FIRST_SERVICE = "10.96.0.1";

  /** An address for documents (RFC 5737), for where no Pod can ask for the API server. */
  private static final String NOWHERE = "203.0.113.1";

  /**
   * The ports that the control plane listens on.
   *
   * @param etcd on loopback
   * @param etcdPeer on loopback
   * @param tokenWebhook on the machine, where nobody listens unless tokens of EKS are tried
   */
  record Ports(int apiServer, int etcd, int etcdPeer, int tokenWebhook) {

    /** The last is that of aws-iam-authenticator. */
    static final Ports USUAL = new Ports(6443, 2379, 2380, 21362);
  }

  String server() {
    return "https://" + address + ":" + ports.apiServer();
  }

  private boolean servesPods() {
    return !address.equals(LOOPBACK);
  }

  /** Writes certificates, keys and kubeconfigs below {@code pki/}. */
  void writeCredentials(CertificateAuthority authority, HostFolder folder) {
    folder.write("pki/ca.crt", authority.own().certificatePem());
    folder.write("pki/ca.key", authority.own().keyPem());
    write(folder, "etcd", authority.peer("etcd", List.of("localhost", LOOPBACK)));
    write(
        folder,
        "apiserver",
        authority.server(
            "kube-apiserver",
            List.of(
                "localhost",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                LOOPBACK,
                FIRST_SERVICE,
                address)));
    write(folder, "etcd-client", authority.client("kube-apiserver-etcd-client"));
    write(
        folder,
        "kubelet-client",
        authority.client("kube-apiserver-kubelet-client", "system:masters"));
    write(folder, "front-proxy-client", authority.client("front-proxy-client"));
    KeyPair serviceAccounts = CertificateAuthority.newKeys();
    folder.write("pki/sa.key", Pem.privateKey(serviceAccounts));
    folder.write("pki/sa.pub", Pem.publicKey(serviceAccounts));
    for (String user : List.of("system:kube-controller-manager", "system:kube-scheduler")) {
      folder.write(
          "pki/" + user.substring("system:".length()) + ".kubeconfig",
          kubeconfig(authority, user, authority.client(user)));
    }
    // No Pod can reach these files: DNS and storage run beside the Pods, not in them.
    new WebhookIdentity(machine, ports.tokenWebhook()).write(authority, folder);
    for (String part : List.of(DNS, STORAGE)) {
      folder.write(
          "pki/" + part + ".kubeconfig",
          kubeconfig(authority, part, authority.client(part, "system:masters")));
    }
  }

  String kubeconfig(CertificateAuthority authority, String user, Credential credential) {
    return Kubeconfig.of(context, server(), authority.own(), user, credential);
  }

  private static void write(HostFolder folder, String name, Credential credential) {
    folder.write("pki/" + name + ".crt", credential.certificatePem());
    folder.write("pki/" + name + ".key", credential.keyPem());
  }

  Part etcd() {
    String clients = "https://" + LOOPBACK + ":" + ports.etcd();
    String peers = "https://" + LOOPBACK + ":" + ports.etcdPeer();
    return new Part(
        ETCD,
        "etcd",
        "--data-dir=etcd",
        "--unsafe-no-fsync", // the data does not outlive the run
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        "--cert-file=pki/etcd.crt",
        "--key-file=pki/etcd.key",
        "--trusted-ca-file=pki/ca.crt",
        "--client-cert-auth",
        "--peer-cert-file=pki/etcd.crt",
        "--peer-key-file=pki/etcd.key",
        "--peer-trusted-ca-file=pki/ca.crt",
        "--peer-client-cert-auth");
  }

  Part apiServer() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bin/kube-apiserver",
                "--bind-address=" + address,
                "--advertise-address=" + (servesPods() ? address : NOWHERE),
                "--secure-port=" + ports.apiServer(),
                "--tls-cert-file=pki/apiserver.crt",
                "--tls-private-key-file=pki/apiserver.key",
                "--client-ca-file=pki/ca.crt",
                "--etcd-servers=https://" + LOOPBACK + ":" + ports.etcd(),
                "--etcd-cafile=pki/ca.crt",
                "--etcd-certfile=pki/etcd-client.crt",
                "--etcd-keyfile=pki/etcd-client.key",
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-signing-key-file=pki/sa.key",
                "--service-account-key-file=pki/sa.pub",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--allow-privileged=true",
                "--profiling=false",
                // Asked for tokens that are no ServiceAccount's. A short memory: who is let in no
                // more is to be noticed at once.
                "--authentication-token-webhook-config-file=" + WebhookIdentity.KUBECONFIG,
                "--authentication-token-webhook-version=v1",
                "--authentication-token-webhook-cache-ttl=2s",
                "--requestheader-client-ca-file=pki/ca.crt",
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=pki/front-proxy-client.crt",
                "--proxy-client-key-file=pki/front-proxy-client.key"));
    if (servesPods()) {
      command.addAll(
          List.of(
              "--kubelet-certificate-authority=pki/ca.crt",
              "--kubelet-client-certificate=pki/kubelet-client.crt",
              "--kubelet-client-key=pki/kubelet-client.key",
              "--kubelet-preferred-address-types=InternalIP",
              // No kube-proxy runs beside the API server, so it asks Pods, not their Service.
              "--enable-aggregator-routing=true"));
    }
    return new Part(API_SERVER, command);
  }

  Part controllerManager() {
    return new Part(
        CONTROLLER_MANAGER,
        "kube-controller-manager",
        "--kubeconfig=pki/kube-controller-manager.kubeconfig",
        "--secure-port=0",
        "--service-account-private-key-file=pki/sa.key",
        "--root-ca-file=pki/ca.crt",
        "--cluster-signing-cert-file=pki/ca.crt",
        "--cluster-signing-key-file=pki/ca.key",
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        // With the usual 20 a second it takes 4 s more to make its controllers' ServiceAccounts.
        "--kube-api-qps=1000",
        "--kube-api-burst=2000");
  }

  Part scheduler() {
    return new Part(
        SCHEDULER,
        "kube-scheduler",
        "--kubeconfig=pki/kube-scheduler.kubeconfig",
        "--secure-port=0",
        "--leader-elect=false",
        "--kube-api-qps=500",
        "--kube-api-burst=1000");
  }

  /** Answers Pods' questions for names of Services. */
  Part dns(HostFolder folder) {
    folder.write(
        "etc/Corefile",
        """
        .:53 {
          bind %s
          errors
          kubernetes cluster.local in-addr.arpa {
            kubeconfig pki/coredns.kubeconfig
          }
          cache 5
        }
        """
            .formatted(address));
    return new Part(DNS, "coredns", "-conf=etc/Corefile");
  }

  /** Makes a PersistentVolume for each claim; {@code storage.yaml} holds its objects. */
  Part storage(HostFolder folder) {
    folder.write(
        "etc/local-path.json",
        """
        {"nodePathMap": [
          {"node": "DEFAULT_PATH_FOR_NON_LISTED_NODES", "paths": ["/opt/local-path-provisioner"]}
        ]}
        """);
    return new Part(
        STORAGE,
        "local-path-provisioner",
        "start",
        "--config=etc/local-path.json",
        "--kubeconfig=pki/local-path-provisioner.kubeconfig",
        "--namespace=local-path-storage",
        "--configmap-name=local-path-config",
        "--service-account-name=default",
        "--helper-image=busybox");
  }
}
