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

  /** Among the options of what is proven with a double in the place of AWS. */
  public static final String DOUBLE_OF_AWS = "double=aws";

  public ProofSubject {
    lines = List.copyOf(lines);
    options = List.copyOf(options);
  }

  /** Whether a double stands in the place of AWS in the proof. */
  public boolean meetsDoubleOfAws() {
    return options.contains(DOUBLE_OF_AWS);
  }
}
