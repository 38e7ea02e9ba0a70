package dev.shirube.verify.grammar;

import dev.shirube.model.CodeBlock;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.match.MatchMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A listing and what is to be proven of it.
 *
 * @param page the content path of its page
 * @param part what it is in a case; empty elsewhere
 */
public record Snippet(
    String page, CodeBlock block, Verb verb, Optional<Part> part, Options options) {

  private static final Set<String> MANIFEST_LANGUAGES = Set.of("yaml", "yml", "json");
  private static final Set<String> COMMAND_LANGUAGES =
      Set.of("console", "terminal", "shell-session", "shell", "sh", "bash");
  private static final Set<String> SESSION_LANGUAGES =
      Set.of("console", "terminal", "shell-session");

  /**
   * What its attributes say; see {@link Key}.
   *
   * @param exit the exit code of the last command
   * @param vary names of columns of a table, or words of another text
   * @param of the id of the snippet whose output this is; empty for the one before
   * @param tier the least tier that proves it
   * @param versions the versions of Kubernetes that it is about
   * @param message a part of the refusal; empty for other verbs
   * @param because empty but for what is skipped
   */
  public record Options(
      Optional<String> namespace,
      Optional<Duration> within,
      Optional<Duration> timeout,
      int exit,
      Optional<MatchMode> match,
      Set<String> vary,
      Optional<Background> background,
      Optional<String> of,
      Optional<ProofTier> tier,
      VersionRange versions,
      String message,
      Optional<String> file,
      String because) {

    public Options {
      vary = Set.copyOf(vary);
    }
  }

  /**
   * A command that goes on while others run.
   *
   * @param ready a port ({@code 8084}) or a text of the output; empty where it need not be waited
   *     for
   * @param stop the id of the last snippet that needs it; empty for the end of the scenario
   */
  public record Background(Optional<String> ready, Optional<String> stop) {}

  public String id() {
    return block.id();
  }

  public Location location() {
    return block.location();
  }

  public String text() {
    return block.text();
  }

  /** Whether it is made of commands, not of a manifest. */
  public boolean isCommands() {
    return isCommands(block);
  }

  /** Whether its commands stand behind {@code $}, with their output below them. */
  public boolean isSession() {
    return isSession(block);
  }

  /** Where commands of the page find its text: names in the scenario's folder. */
  public List<String> fileNames() {
    return options
        .file()
        .map(List::of)
        .orElseGet(
            () ->
                block.includes().stream()
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .toList());
  }

  /** The least tier that proves it: Pods run on nodes alone, so that of most commands is node. */
  public ProofTier tier() {
    return options
        .tier()
        .orElse(
            switch (verb) {
              case CHECK, SKIP -> ProofTier.SCHEMA;
              case APPLY, REJECT, FIXTURE, TEARDOWN -> ProofTier.APISERVER;
              case RUN, EXPECT, OUTPUT, FINGERPRINT -> ProofTier.NODE;
            });
  }

  /** Whether an attribute is part of the grammar, beside {@code verify}. */
  public static boolean isKey(String attributeName) {
    return Key.named(attributeName).isPresent();
  }

  /** A result without a proof, and without a problem. */
  public SnippetResult without(Outcome outcome, String reason) {
    return result(outcome, Optional.empty(), Duration.ZERO, List.of(), "", reason);
  }

  /** That it could not be told, as the environment failed. */
  public SnippetResult undecided(String what, Duration duration) {
    return result(
        Outcome.UNDECIDED,
        Optional.empty(),
        duration,
        List.of(
            Diagnostic.error(
                "environment",
                location(),
                what,
                "this says nothing of the snippet",
                "look at the cluster with \"shirube cluster status\", then run it again")),
        "",
        "");
  }

  /** What came of it; see {@link SnippetResult}. */
  public SnippetResult result(
      Outcome outcome,
      Optional<ProofTier> tier,
      Duration duration,
      List<Diagnostic> problems,
      String difference,
      String reason) {
    return new SnippetResult(
        page,
        id(),
        verb.attributeValue(),
        location(),
        outcome,
        tier,
        duration,
        problems,
        difference,
        reason);
  }

  static boolean isSession(CodeBlock block) {
    return SESSION_LANGUAGES.contains(block.language());
  }

  static boolean isManifest(CodeBlock block) {
    return MANIFEST_LANGUAGES.contains(block.language());
  }

  static boolean isCommands(CodeBlock block) {
    return COMMAND_LANGUAGES.contains(block.language());
  }
}
