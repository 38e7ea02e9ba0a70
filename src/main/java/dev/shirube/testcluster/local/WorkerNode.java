package dev.shirube.testcluster.local;

import java.util.List;

/**
 * The parts of a node, with their certificates, settings and flags. A node's folder is {@code
 * /shirube} to them, wherever the run folder is: kernel and containerd take no path with every
 * character in it.
 *
 * @param number 1 for the first
 * @param cgroup the folder of the node's Pods in every cgroup hierarchy
 */
record WorkerNode(int number, Subnet subnet, String cgroup) {

  static final String CONTAINERD = "containerd";
  static final String KUBELET = "kubelet";
  static final String PROXY = "kube-proxy";

  String name() {
    return name(number);
  }

  static String name(int number) {
    return "node-" + number;
  }

  private String address() {
    return subnet.node(number);
  }

  void writeCredentials(
      CertificateAuthority authority, ControlPlane controlPlane, HostFolder folder) {
    folder.write("pki/ca.crt", authority.own().certificatePem());
    String user = "system:node:" + name();
    Credential server = authority.server(user, List.of(name(), address()));
    folder.write("pki/kubelet.crt", server.certificatePem());
    folder.write("pki/kubelet.key", server.keyPem());
    folder.write(
        "pki/kubelet.kubeconfig",
        controlPlane.kubeconfig(authority, user, authority.client(user, "system:nodes")));
    folder.write(
        "pki/kube-proxy.kubeconfig",
        controlPlane.kubeconfig(
            authority, "system:kube-proxy", authority.client("system:kube-proxy")));
  }

  Part containerd(HostFolder folder) {
    folder.write(
        "etc/containerd.toml",
        """
        version = 3
        root = "/shirube/containerd"
        state = "/run/containerd"
        [grpc]
          address = "/run/containerd/containerd.sock"
        [plugins.'io.containerd.cri.v1.images']
          snapshotter = "overlayfs"
          [plugins.'io.containerd.cri.v1.images'.registry]
            config_path = "/shirube/etc/certs.d"
        [plugins.'io.containerd.cri.v1.runtime']
          disable_apparmor = true
          # Without CAP_SYS_RESOURCE runc dies on oom_score_adj.
          restrict_oom_score_adj = true
          [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
            runtime_type = "io.containerd.runc.v2"
            [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
              BinaryName = "/shirube/bin/runc"
              SystemdCgroup = false
          [plugins.'io.containerd.cri.v1.runtime'.cni]
            bin_dirs = ["/shirube/bin"]
            conf_dir = "/shirube/etc/cni"
        """);
    folder.write(
        "etc/cni/10-pods.conflist",
        """
        {"cniVersion": "1.0.0", "name": "pods", "plugins": [
          {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
           "ipam": {"type": "host-local",
                    "ranges": [[{"subnet": "%s"}]],
                    "routes": [{"dst": "0.0.0.0/0"}]}},
          {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}
        ]}
        """
            .formatted(Subnet.pods(number)));
    return new Part(CONTAINERD, "containerd", "--config=etc/containerd.toml");
  }

  Part kubelet(HostFolder folder) {
    folder.write(
        "etc/kubelet.yaml",
        """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        address: %1$s
        containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
        cgroupDriver: cgroupfs
        cgroupRoot: /%2$s
        enforceNodeAllocatable: []
        failSwapOn: false
        failCgroupV1: false
        tlsCertFile: /shirube/pki/kubelet.crt
        tlsPrivateKeyFile: /shirube/pki/kubelet.key
        authentication:
          anonymous: {enabled: false}
          webhook: {enabled: true}
          x509: {clientCAFile: /shirube/pki/ca.crt}
        authorization: {mode: Webhook}
        clusterDNS: ["%3$s"]
        clusterDomain: cluster.local
        resolvConf: /dev/null
        evictionHard: {memory.available: "100Mi", nodefs.available: "1%%", imagefs.available: "1%%"}
        nodeStatusUpdateFrequency: 1s
        makeIPTablesUtilChains: false
        serializeImagePulls: false
        """
            .formatted(address(), cgroup, subnet.controlPlane()));
    return new Part(
            KUBELET,
            "kubelet",
            "--config=etc/kubelet.yaml",
            "--kubeconfig=pki/kubelet.kubeconfig",
            "--hostname-override=" + name(),
            "--node-ip=" + address())
        .after("/run/containerd/containerd.sock");
  }

  Part proxy() {
    return new Part(
        PROXY,
        "kube-proxy",
        "--kubeconfig=pki/kube-proxy.kubeconfig",
        "--hostname-override=" + name(),
        "--bind-address=" + address(),
        "--proxy-mode=nftables",
        "--cluster-cidr=" + Subnet.pods(),
        "--conntrack-max-per-core=0"); // the limit belongs to the machine
  }
}
