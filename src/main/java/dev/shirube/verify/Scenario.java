package dev.shirube.verify;

import dev.shirube.model.ProofTier;
import dev.shirube.verify.grammar.Part;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The snippets of a page, which are proven one after the other in a namespace of their own.
 *
 * @param page the content path
 * @param snippets in the order of the page
 * @param placeholders the values to fill in, but for that of {@link #NAMESPACE}
 * @param files what commands find in their folder: texts by name, placeholders not filled in
 * @param fixtures manifests from outside of the page that are applied first: texts by file name
 * @param ownNodes how many nodes the cluster has that is started for it alone; 0 where it is proven
 *     on the cluster of all others
 */
public record Scenario(
    String page,
    List<Snippet> snippets,
    Map<String, String> placeholders,
    SortedMap<String, String> files,
    SortedMap<String, String> fixtures,
    int ownNodes) {

  /**
   * The attribute of a page's header that asks for a cluster of its own: {@code :verify-nodes: 2}.
   */
  public static final String OWN_NODES = "verify-nodes";

  /** Each takes a quarter of a gigabyte, and half a core while it starts. */
  public static final int MOST_NODES = 4;

  /** The placeholder whose value is the scenario's own namespace. */
  public static final String NAMESPACE = "namespace";

  public Scenario {
    snippets = List.copyOf(snippets);
    placeholders = Map.copyOf(placeholders);
    files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
    fixtures = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(fixtures));
  }

  /** One that is proven on the cluster of all others. */
  public Scenario(
      String page,
      List<Snippet> snippets,
      Map<String, String> placeholders,
      SortedMap<String, String> files,
      SortedMap<String, String> fixtures) {
    this(page, snippets, placeholders, files, fixtures, 0);
  }

  /**
   * The part that has to run to see one snippet: all before it, and what prepares and clears away.
   * Where a case shows a symptom before it tells the cause, the cause is needed too.
   *
   * @param id of the snippet
   * @throws IllegalArgumentException where there is none of that id
   */
  public Scenario upTo(String id) {
    int target = -1;
    int cause = -1;
    for (int i = 0; i < snippets.size(); i++) {
      target = snippets.get(i).id().equals(id) ? i : target;
      cause = snippets.get(i).part().equals(Optional.of(Part.CAUSE)) ? i : cause;
    }
    if (target < 0) {
      throw new IllegalArgumentException(page + " has no snippet #" + id);
    }
    Snippet wanted = snippets.get(target);
    boolean showsTrouble =
        wanted.part().equals(Optional.of(Part.SYMPTOM)) || wanted.verb() == Verb.FINGERPRINT;
    int last = showsTrouble ? Math.max(target, cause) : target;
    List<Snippet> needed = new ArrayList<>();
    for (Snippet snippet : snippets) {
      if (snippets.indexOf(snippet) <= last
          || snippet.verb() == Verb.FIXTURE
          || snippet.verb() == Verb.TEARDOWN) {
        needed.add(snippet);
      }
    }
    return new Scenario(page, needed, placeholders, files, fixtures, ownNodes);
  }

  /** Whether a cluster is started for it alone. */
  public boolean hasOwnCluster() {
    return ownNodes > 0;
  }

  /** The values of all placeholders where the scenario runs in a namespace. */
  public Map<String, String> placeholdersIn(String namespace) {
    Map<String, String> values = new HashMap<>(placeholders);
    values.put(NAMESPACE, namespace);
    return values;
  }

  /** The program whose calls go to a double. */
  static final String AWS = "aws";

  /** Whether commands call AWS. */
  public boolean usesAws() {
    return snippets.stream().anyMatch(Scenario::usesAws);
  }

  /** Whether a snippet calls AWS itself. */
  static boolean usesAws(Snippet snippet) {
    return needsCluster(snippet)
        && snippet.isCommands()
        && CommandSteps.programs(snippet).contains(AWS);
  }

  /**
   * Whether what a snippet shows comes from the double of AWS: it calls AWS, or kubectl goes by a
   * kubeconfig that {@code aws eks update-kubeconfig} has written before.
   */
  boolean meetsDouble(Snippet snippet) {
    if (usesAws(snippet)) {
      return true;
    }
    List<Snippet> before = snippets.subList(0, snippets.indexOf(snippet));
    return needsCluster(snippet)
        && (snippet.isCommands() || snippet.verb() == Verb.OUTPUT)
        && before.stream()
            .anyMatch(each -> usesAws(each) && each.text().contains("update-kubeconfig"));
  }

  /** Whether there is anything that needs a cluster. */
  public boolean needsCluster() {
    return snippets.stream().anyMatch(Scenario::needsCluster);
  }

  /** Whether a snippet is proven on a cluster. */
  public static boolean needsCluster(Snippet snippet) {
    return snippet.verb() != Verb.SKIP
        && snippet.verb() != Verb.CHECK
        && snippet.tier() != ProofTier.SCHEMA;
  }
}
