package dev.shirube.model;

import java.util.List;

/**
 * What a proof is about: a snippet, with all that its result depends on.
 *
 * @param page the content path, e.g. {@code glossary/pod.adoc}
 * @param id of the snippet
 * @param verb as in the page, e.g. {@code apply}
 * @param tier the least tier that proves it
 * @param lines the text, placeholders filled in
 * @param options what the attributes say of the proof, as {@code key=value}, sorted
 * @param hash SHA-256 over verb, lines and options, in hexadecimal digits
 * @param chain SHA-256 over {@code hash} and the chain of the snippet before, which begins with the
 *     fixtures of the page: it changes when anything changes that ran before
 */
public record ProofSubject(
    String page,
    String id,
    String verb,
    ProofTier tier,
    List<String> lines,
    List<String> options,
    String hash,
    String chain) {

  public ProofSubject {
    lines = List.copyOf(lines);
    options = List.copyOf(options);
  }
}
