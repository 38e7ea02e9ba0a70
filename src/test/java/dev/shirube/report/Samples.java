package dev.shirube.report;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Snippets of a page and their receipts, hashed as their records say. */
final class Samples {

  static final String POD = "glossary/pod.adoc";
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  static final KubernetesMinor NEWEST = new KubernetesMinor(1, 37);
  static final KubernetesMinor OLDER = new KubernetesMinor(1, 35);

  private Samples() {}

  /** A snippet before it has a place in a page. */
  record Part(String id, String verb, ProofTier tier, List<String> options, List<String> lines) {}

  static Part part(String id, String verb, List<String> options, String... lines) {
    return new Part(id, verb, ProofTier.APISERVER, options, List.of(lines));
  }

  static List<ProofSubject> page(String page, Part... parts) {
    return page(page, "fixtures", parts);
  }

  /** The subjects of a page, each chained to the one before, the first to the fixtures. */
  static List<ProofSubject> page(String page, String fixtures, Part... parts) {
    List<ProofSubject> subjects = new ArrayList<>();
    String chain = sha256(fixtures);
    for (Part part : parts) {
      String hash =
          sha256(page + part.id() + part.verb() + part.options() + String.join("\n", part.lines()));
      chain = sha256(hash + chain);
      subjects.add(
          new ProofSubject(
              page,
              part.id(),
              part.verb(),
              part.tier(),
              part.lines(),
              part.options(),
              hash,
              chain));
    }
    return subjects;
  }

  /** Proven on what it needs. */
  static Receipt receipt(ProofSubject subject) {
    return receipt(subject, subject.tier(), "1.37.2", DAY, 1_200);
  }

  static Receipt receipt(
      ProofSubject subject, ProofTier tier, String kubernetes, LocalDate date, long millis) {
    return new Receipt(subject, List.of(proof(tier, kubernetes, date, millis)));
  }

  static Proof proof(ProofTier tier, String kubernetes, LocalDate date, long millis) {
    return new Proof(tier, kubernetes, date, Duration.ofMillis(millis));
  }

  /** The receipts after a run on 1.37 that proved some, each as its only proof says. */
  static Receipts after(Receipts old, List<ProofSubject> subjects, List<Receipt> proven) {
    return after(old, subjects, proven, Set.of());
  }

  /** The same of a run in which some failed. */
  static Receipts after(
      Receipts old, List<ProofSubject> subjects, List<Receipt> proven, Set<ProofSubject> failed) {
    return old.updated(
        subjects,
        proven.stream()
            .collect(Collectors.toMap(Receipt::subject, r -> r.proofs().getFirst())),
        failed,
        proven.isEmpty() ? NEWEST : proven.getFirst().proofs().getFirst().minor());
  }

  static List<Receipt> receipts(List<ProofSubject> subjects) {
    return subjects.stream().map(Samples::receipt).toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
