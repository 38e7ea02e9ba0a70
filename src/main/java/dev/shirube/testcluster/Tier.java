package dev.shirube.testcluster;

import java.util.Locale;

/** How much of a cluster there is; each tier includes the ones before it. */
public enum Tier {
  /** An API server with etcd, controllers and scheduler: no root, no Pods that run. */
  APISERVER,
  /** A node with a kubelet and containerd: Pods run. Linux, root. */
  NODE;

  /** The name on the command line and on badges. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
