package dev.shirube.verify.grammar;

import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Suggestion;
import dev.shirube.verify.match.MatchMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grammar, which is that of AsciiDoc's own block attributes:
 *
 * <pre>
 * [source#ID%background,LANGUAGE,verify=VERB,KEY=VALUE,…]
 * </pre>
 *
 * A manifest without {@code verify=} is checked against its schema; commands without it are an
 * error, for nobody would know whether they still work.
 */
public final class SnippetReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern NAMESPACE =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\\{[a-z][a-z0-9_-]*}");
  private static final int LARGEST_EXIT_CODE = 255;

  /** What Asciidoctor and its extensions know at a listing, and we need not. */
  private static final Set<String> ASCIIDOCTOR =
      Set.of(
          "id",
          "role",
          "title",
          "style",
          "language",
          "subs",
          "linenums",
          "start",
          "indent",
          "options",
          "opts",
          "caption",
          "reftext",
          "highlight",
          "lines",
          "tabsize",
          "attribution",
          "citetitle",
          "cloaked-context",
          "source-language",
          "sync",
          "width",
          "fold");

  private final LocalDate today;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param today when {@code until=} is held against it
   */
  public SnippetReader(LocalDate today, Consumer<Diagnostic> diagnostics) {
    this.today = today;
    this.diagnostics = diagnostics;
  }

  /** The snippets of a page in order: all listings that are manifests or commands, or say more. */
  public List<Snippet> read(ConvertedPage page) {
    List<Snippet> snippets = new ArrayList<>();
    for (CodeBlock block : page.codeBlocks()) {
      Optional<Verb> verb = verb(block);
      if (verb.isPresent()) {
        snippets.add(
            new Snippet(
                page.source().path(),
                block,
                verb.get(),
                Part.among(block.roles()),
                new Reading(block, verb.get()).options()));
      }
    }
    checkReferences(snippets);
    return snippets;
  }

  private Optional<Verb> verb(CodeBlock block) {
    String name = block.attributes().get("verify");
    if (name == null) {
      return undeclared(block);
    }
    Optional<Verb> verb = Verb.named(name);
    if (verb.isEmpty()) {
      report(
          "unknown-verb",
          place(block, "verify"),
          "there is no verb \"" + name + "\"",
          "verify= takes one of " + String.join(", ", Verb.attributeValues()),
          didYouMean(name, Verb.attributeValues()));
      return Optional.empty();
    }
    boolean fits =
        switch (verb.get()) {
          case RUN -> Snippet.isCommands(block);
          case CHECK, APPLY, EXPECT, REJECT, FINGERPRINT -> Snippet.isManifest(block);
          case FIXTURE, TEARDOWN -> Snippet.isManifest(block) || Snippet.isCommands(block);
          case OUTPUT, SKIP -> true;
        };
    if (!fits) {
      boolean commands = verb.get() == Verb.RUN;
      report(
          "wrong-language",
          place(block, "verify"),
          "verify="
              + name
              + " is for "
              + switch (verb.get()) {
                case RUN -> "commands";
                case FINGERPRINT -> "YAML";
                case FIXTURE, TEARDOWN -> "manifests and commands";
                default -> "manifests";
              },
          "the listing's language is "
              + (block.language().isEmpty() ? "not given" : block.language()),
          "give it as [source," + (commands ? "console" : "yaml") + ",verify=" + name + "]");
      return Optional.empty();
    }
    return verb;
  }

  private Optional<Verb> undeclared(CodeBlock block) {
    Optional<String> misspelt =
        block.attributes().keySet().stream()
            .filter(name -> !isAsciidoctors(name))
            .filter(name -> Suggestion.nearest(name, List.of("verify")).isPresent())
            .findFirst();
    if (misspelt.isPresent()) {
      unknownKey(block, misspelt.get(), List.of("verify"));
      return Optional.empty();
    }
    if (Snippet.isManifest(block)) {
      return Optional.of(Verb.CHECK);
    }
    if (Snippet.isCommands(block)) {
      report(
          "unproven-commands",
          block.attributeLocation(),
          "nothing is said of how these commands are proven",
          "commands that nobody runs go stale",
          "add verify=run, or verify=skip,because=\"…\"");
    }
    return Optional.empty();
  }

  private void unknownKey(CodeBlock block, String name, List<String> known) {
    report(
        "unknown-key",
        place(block, name),
        "there is no key \"" + name + "\"",
        null,
        didYouMean(name, known));
  }

  private static boolean isAsciidoctors(String name) {
    return ASCIIDOCTOR.contains(name)
        || name.endsWith("-option")
        || name.startsWith("data-")
        || name.chars().allMatch(Character::isDigit);
  }

  private static @Nullable String didYouMean(String wrong, List<String> right) {
    return Suggestion.nearest(wrong, right)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse(null);
  }

  /** A key on the line of attributes; the line where the key is not on it. */
  private static Location place(CodeBlock block, String key) {
    Location line = block.attributeLocation();
    String text = line.sourceLine();
    if (text == null) {
      return line;
    }
    Matcher found = Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "\\s*=").matcher(text);
    return found.find() ? new Location(line.file(), line.line(), found.start() + 1, text) : line;
  }

  private void report(
      String code, Location location, String what, @Nullable String why, @Nullable String fix) {
    diagnostics.accept(Diagnostic.error(code, location, what, why, fix));
  }

  /** Each {@code of=} names commands above it, each {@code stop=} a snippet below. */
  private void checkReferences(List<Snippet> snippets) {
    Map<String, Integer> positions = new TreeMap<>();
    for (int i = 0; i < snippets.size(); i++) {
      positions.put(snippets.get(i).id(), i);
    }
    for (int i = 0; i < snippets.size(); i++) {
      Snippet snippet = snippets.get(i);
      int here = i;
      snippet
          .options()
          .of()
          .ifPresent(
              of ->
                  checkReference(
                      snippet,
                      Key.OF,
                      of,
                      positions,
                      position -> position < here && snippets.get(position).verb() == Verb.RUN,
                      "it names commands with verify=run that stand above it"));
      snippet
          .options()
          .background()
          .flatMap(Snippet.Background::stop)
          .ifPresent(
              stop ->
                  checkReference(
                      snippet,
                      Key.STOP,
                      stop,
                      positions,
                      position -> position > here && isInOrder(snippets.get(position).verb()),
                      "it names a snippet below it that is run: with verify=apply, run, expect,"
                          + " reject or output"));
      if (snippet.verb() == Verb.OUTPUT
          && snippet.options().of().isEmpty()
          && snippets.subList(0, i).stream().noneMatch(before -> before.verb() == Verb.RUN)) {
        report(
            "missing-key",
            place(snippet.block(), "verify"),
            "nothing above this output was run",
            "an output belongs to the commands before it, or to those that of= names",
            null);
      }
      if (snippet.verb() == Verb.OUTPUT
          && snippet.options().within().isPresent()
          && !goesOn(snippet, snippets.subList(0, i))) {
        report(
            "unknown-key",
            place(snippet.block(), Key.WITHIN.attributeName()),
            "within= waits for nothing here: the commands have ended",
            "only commands with %background print more later",
            "give within= to the commands");
      }
    }
  }

  /** Whether it is run between fixtures and teardown, so that there is a time after it. */
  private static boolean isInOrder(Verb verb) {
    return switch (verb) {
      case APPLY, RUN, EXPECT, REJECT, OUTPUT, FINGERPRINT -> true;
      case CHECK, SKIP, FIXTURE, TEARDOWN -> false;
    };
  }

  /** Whether an output is of commands that run in the background. */
  private static boolean goesOn(Snippet output, List<Snippet> before) {
    return before.reversed().stream()
        .filter(each -> each.verb() == Verb.RUN)
        .filter(each -> output.options().of().map(each.id()::equals).orElse(true))
        .findFirst()
        .filter(each -> each.options().background().isPresent())
        .isPresent();
  }

  private void checkReference(
      Snippet snippet,
      Key key,
      String id,
      Map<String, Integer> positions,
      java.util.function.IntPredicate fits,
      String rule) {
    Integer position = positions.get(id);
    if (position == null || !fits.test(position)) {
      report(
          "unknown-reference",
          place(snippet.block(), key.attributeName()),
          position == null
              ? "there is no snippet \"#" + id + "\" on this page"
              : key.attributeName() + "=#" + id + " names the wrong kind of snippet, or place",
          rule,
          position == null ? didYouMean(id, List.copyOf(positions.keySet())) : null);
    }
  }

  /** Reads the keys of one listing. */
  private final class Reading {

    private final CodeBlock block;
    private final Verb verb;
    private final Map<Key, String> values = new EnumMap<>(Key.class);

    Reading(CodeBlock block, Verb verb) {
      this.block = block;
      this.verb = verb;
      block.attributes().forEach(this::take);
    }

    private void take(String name, String value) {
      if (name.equals("verify") || isAsciidoctors(name)) {
        return;
      }
      Optional<Key> key = Key.named(name);
      if (key.isEmpty()) {
        // A listing that says nothing of its proof may have attributes for other tools.
        if (verb != Verb.CHECK || block.attributes().containsKey("verify")) {
          unknownKey(block, name, Key.namesFor(verb));
        }
      } else if (!key.get().isFor(verb)) {
        report(
            "unknown-key",
            place(block, name),
            "verify=" + verb.attributeValue() + " takes no " + name + "=",
            name + "= is for " + key.get().takers(),
            null);
      } else if (key.get().isForCommandsAlone(verb) && Snippet.isManifest(block)) {
        report(
            "unknown-key",
            place(block, name),
            "verify=" + verb.attributeValue() + " of a manifest takes no " + name + "=",
            name + "= is for commands",
            null);
      } else {
        values.put(key.get(), value);
      }
    }

    Snippet.Options options() {
      boolean background = block.attributes().containsKey("background-option");
      if (background && verb != Verb.RUN) {
        report(
            "unknown-key", block.attributeLocation(), "%background is for verify=run", null, null);
      }
      for (Key key : List.of(Key.READY, Key.STOP)) {
        if (values.containsKey(key) && !background) {
          report(
              "missing-key",
              place(block, key.attributeName()),
              key.attributeName() + "= is for commands in the background",
              null,
              "write [source%background,console,verify=run,…]");
        }
      }
      if (verb == Verb.SKIP && values.getOrDefault(Key.BECAUSE, "").isBlank()) {
        report(
            "missing-key",
            place(block, "verify"),
            "a skipped snippet says why",
            "a reason tells the next reader whether it still holds",
            "add because=\"…\"");
      }
      if (verb == Verb.REJECT && values.getOrDefault(Key.MESSAGE, "").isBlank()) {
        report(
            "missing-key",
            place(block, "verify"),
            "a refusal says why the API server refuses it",
            "else it would pass whatever the reason is",
            "add message=\"…\" with a part of what the server says; \"shirube verify\" shows it");
      }
      checkUntil();
      checkVary();
      return new Snippet.Options(
          value(Key.NS, this::namespace, "the name of a namespace"),
          value(Key.WITHIN, Reading::duration, "a duration such as 90s or 2m"),
          value(Key.TIMEOUT, Reading::duration, "a duration such as 90s or 2m"),
          value(Key.EXIT, Reading::exitCode, "an exit code from 0 to 255").orElse(0),
          value(
              Key.MATCH,
              MatchMode::named,
              "one of "
                  + String.join(
                      ", ",
                      Arrays.stream(MatchMode.values()).map(MatchMode::attributeValue).toList())),
          value(Key.VARY, Reading::words, "names of columns, or words").orElse(Set.of()),
          background
              ? Optional.of(
                  new Snippet.Background(
                      Optional.ofNullable(values.get(Key.READY)),
                      Optional.ofNullable(values.get(Key.STOP)).map(Reading::withoutHash)))
              : Optional.empty(),
          Optional.ofNullable(values.get(Key.OF)).map(Reading::withoutHash),
          value(
              Key.TIER,
              text -> ProofTier.of(text).filter(tier -> tier != ProofTier.SCHEMA),
              "apiserver or node"),
          value(Key.K8S, VersionRange::parse, "a range of versions such as 1.30.. or 1.29..1.35")
              .orElse(VersionRange.ALL),
          values.getOrDefault(Key.MESSAGE, ""),
          value(Key.FILE, Reading::fileName, "the name of a file, without folders"),
          values.getOrDefault(Key.BECAUSE, ""));
    }

    private void checkUntil() {
      value(Key.UNTIL, Reading::date, "a date such as 2027-03-31")
          .filter(until -> until.isBefore(today))
          .ifPresent(
              until ->
                  report(
                      "expired-skip",
                      place(block, Key.UNTIL.attributeName()),
                      "the reason for skipping this ended on " + until,
                      values.getOrDefault(Key.BECAUSE, ""),
                      "prove it now, or set a later date"));
    }

    /** What is to vary has to be there. */
    private void checkVary() {
      Set<String> words =
          Optional.ofNullable(values.get(Key.VARY)).flatMap(Reading::words).orElse(Set.of());
      String expected =
          verb == Verb.OUTPUT
              ? block.text()
              : Snippet.isSession(block)
                  ? String.join(
                      "\n", block.lines().stream().filter(line -> !line.startsWith("$ ")).toList())
                  : "";
      words.stream()
          .filter(word -> !expected.contains(word))
          .forEach(
              word ->
                  report(
                      "bad-value",
                      place(block, Key.VARY.attributeName()),
                      "vary= names \"" + word + "\", which stands nowhere in the expected text",
                      "it names columns of a table, or words of another text, as they stand there",
                      didYouMean(word, List.of(expected.strip().split("\\s+")))));
    }

    private <T> Optional<T> value(Key key, Function<String, Optional<T>> parser, String shape) {
      String text = values.get(key);
      if (text == null) {
        return Optional.empty();
      }
      Optional<T> value = parser.apply(text.strip());
      if (value.isEmpty()) {
        report(
            "bad-value",
            place(block, key.attributeName()),
            key.attributeName() + "= takes " + shape + ", not \"" + text + "\"",
            null,
            key == Key.MATCH
                ? didYouMean(
                    text, Arrays.stream(MatchMode.values()).map(MatchMode::attributeValue).toList())
                : null);
      }
      return value;
    }

    private Optional<String> namespace(String text) {
      return Optional.of(text).filter(name -> NAMESPACE.matcher(name).matches());
    }

    private static Optional<Duration> duration(String text) {
      Matcher duration = DURATION.matcher(text);
      if (!duration.matches()) {
        return Optional.empty();
      }
      long number = Long.parseLong(duration.group(1));
      return Optional.of(
          switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          });
    }

    private static Optional<Integer> exitCode(String text) {
      return text.matches("\\d{1,3}") && Integer.parseInt(text) <= LARGEST_EXIT_CODE
          ? Optional.of(Integer.valueOf(text))
          : Optional.empty();
    }

    private static Optional<Set<String>> words(String text) {
      Set<String> words = new LinkedHashSet<>();
      Stream.of(text.split("[ ,;]+")).filter(word -> !word.isEmpty()).forEach(words::add);
      return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static Optional<String> fileName(String text) {
      return Optional.of(text).filter(name -> FILE_NAME.matcher(name).matches());
    }

    private static Optional<LocalDate> date(String text) {
      try {
        return Optional.of(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    private static String withoutHash(String reference) {
      return reference.startsWith("#") ? reference.substring(1) : reference;
    }
  }
}
