package dev.shirube.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a proof was made against; a later one proves more. */
public enum ProofTier {
  /** The OpenAPI document of a Kubernetes version, offline. */
  SCHEMA,
  /** A real API server with etcd. */
  APISERVER,
  /** The same with nodes, where Pods really ran. */
  NODE;

  /** As it is written on badges and in receipts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ProofTier> of(String id) {
    return Arrays.stream(values()).filter(tier -> tier.id().equals(id)).findFirst();
  }
}
