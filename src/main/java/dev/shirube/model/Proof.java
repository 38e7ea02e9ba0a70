package dev.shirube.model;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * That something was proven on one minor version of Kubernetes.
 *
 * @param tier what it was proven against, which may be more than the subject needs
 * @param kubernetes the version, e.g. {@code 1.37.2}; for the schema tier the minor whose OpenAPI
 *     documents it was held against, e.g. {@code 1.37}
 * @param date the day, UTC
 * @param duration how long the proof took
 * @param standIn what of its surroundings was a double, e.g. {@code aws}; empty where all was real
 * @param by the id of the snippet of the same page that brought it to the cluster, where it did not
 *     do so itself
 */
public record Proof(
    ProofTier tier,
    String kubernetes,
    LocalDate date,
    Duration duration,
    Optional<String> standIn,
    Optional<String> by) {

  /**
   * @throws IllegalArgumentException where {@code kubernetes} is no version
   */
  public Proof {
    if (KubernetesMinor.parse(kubernetes).isEmpty()) {
      throw new IllegalArgumentException("no version of Kubernetes: " + kubernetes);
    }
  }

  /** A proof in which all was real. */
  public Proof(ProofTier tier, String kubernetes, LocalDate date, Duration duration) {
    this(tier, kubernetes, date, duration, Optional.empty());
  }

  /** A proof that needed no other snippet. */
  public Proof(
      ProofTier tier,
      String kubernetes,
      LocalDate date,
      Duration duration,
      Optional<String> standIn) {
    this(tier, kubernetes, date, duration, standIn, Optional.empty());
  }

  /** What is left of it where the snippet that it needed proves nothing any more. */
  public Proof bySchemaAlone() {
    return new Proof(ProofTier.SCHEMA, minor().toString(), date, duration);
  }

  /** The minor version that it holds for. */
  public KubernetesMinor minor() {
    return KubernetesMinor.parse(kubernetes).orElseThrow();
  }
}
