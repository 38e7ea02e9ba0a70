package dev.shirube.verify;

import dev.shirube.model.ProofSubject;
import dev.shirube.model.Sha256;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says what the proofs of a scenario are about, with hashes that change when a proof is stale. */
public final class Subjects {

  /** Rises when the meaning of the grammar changes, which makes all receipts stale. */
  private static final String GRAMMAR = "1";

  private Subjects() {}

  /** One for each snippet that is proven, in the order of the page. */
  public static List<ProofSubject> of(Scenario scenario) {
    List<ProofSubject> subjects = new ArrayList<>();
    String chain = hash(scenario.page(), hash(scenario.fixtures()), hash(scenario.files()));
    if (scenario.hasOwnCluster()) {
      chain = hash(chain, Scenario.OWN_NODES + "=" + scenario.ownNodes());
    }
    for (Snippet snippet : scenario.snippets()) {
      if (snippet.verb() == Verb.SKIP) {
        continue;
      }
      List<String> lines =
          PlaceholderValues.fill(snippet.text(), scenario.placeholders()).lines().toList();
      List<String> options = options(snippet);
      String hash =
          hash(
              GRAMMAR,
              snippet.verb().attributeValue(),
              String.join("\n", options),
              String.join("\n", lines));
      boolean alone = !Scenario.needsCluster(snippet);
      // What is only held against a schema depends on nothing that ran before.
      chain = alone ? chain : hash(chain, hash);
      subjects.add(
          new ProofSubject(
              scenario.page(),
              snippet.id(),
              snippet.verb().attributeValue(),
              snippet.tier(),
              lines,
              options,
              hash,
              alone ? hash : chain));
    }
    return subjects;
  }

  private static List<String> options(Snippet snippet) {
    Map<String, String> named = new TreeMap<>();
    snippet
        .block()
        .attributes()
        .forEach(
            (name, value) -> {
              if (Snippet.isKey(name)) {
                named.put(name, value);
              }
            });
    // Whether lines are typed, printed or a manifest is for the language to say.
    named.put("language", snippet.block().language());
    snippet.part().ifPresent(part -> named.put("part", part.role()));
    snippet.options().background().ifPresent(background -> named.put("background", "yes"));
    return named.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  private static String hash(SortedMap<String, String> texts) {
    return hash(
        texts.entrySet().stream()
            .flatMap(text -> Stream.of(text.getKey(), text.getValue()))
            .toArray(String[]::new));
  }

  private static String hash(String... parts) {
    MessageDigest sha256 = Sha256.digest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      sha256.update(bytes);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
