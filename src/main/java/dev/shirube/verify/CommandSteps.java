package dev.shirube.verify;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.OutputChange;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.match.Comparison;
import dev.shirube.verify.match.Expectation;
import dev.shirube.verify.match.ExpectationProblem;
import dev.shirube.verify.match.MatchMode;
import dev.shirube.verify.match.RewrittenLine;
import dev.shirube.verify.shell.BackgroundCommand;
import dev.shirube.verify.shell.BlockParser;
import dev.shirube.verify.shell.CommandBlock;
import dev.shirube.verify.shell.CommandLine;
import dev.shirube.verify.shell.CommandLine.OutputLine;
import dev.shirube.verify.shell.CommandResult;
import dev.shirube.verify.shell.ScenarioShell;
import dev.shirube.verify.shell.ShellProblem;
import dev.shirube.verify.shell.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The verbs of commands: run, output; and commands as fixtures and at the end. */
final class CommandSteps {

  /** Long enough for an image to be pulled and a rollout to end. */
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** Long enough for a kubectl on a machine that has much to do. */
  private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(10);

  /** How many attempts there are at least, where each of them hangs. */
  private static final int ATTEMPTS = 3;

  private static final Duration READY_PATIENCE = Duration.ofSeconds(30);
  private static final int ENDED_BY_TIMEOUT = 124;

  /** What kubectl is asked to change: it is not asked twice. */
  private static final Set<String> CHANGES =
      Set.of(
          "annotate",
          "apply",
          "attach",
          "autoscale",
          "certificate",
          "cordon",
          "cp",
          "create",
          "debug",
          "delete",
          "drain",
          "edit",
          "expose",
          "label",
          "patch",
          "replace",
          "run",
          "scale",
          "set",
          "taint",
          "uncordon");

  /** Delimiters, directives and callouts: in a listing they are not text. */
  private static final Pattern SYNTAX =
      Pattern.compile(
          "^(?:(?:-{4,}|\\.{4,}|={4,}|`{3,})$|(?:include|ifdef|ifndef|ifeval|endif)::)|<(?:\\d+|\\.)>$");

  private final ScenarioShell shell;
  private final Map<String, String> placeholders;
  private final Map<String, String> outputs = new HashMap<>();

  /** Those of each snippet, by its id. */
  private final Map<String, List<BackgroundCommand>> background = new HashMap<>();

  /** Those that a snippet ends, by its id. */
  private final Map<String, List<BackgroundCommand>> endings = new HashMap<>();

  /** What a terminal shows of each snippet, by its id. */
  private final Map<String, StringBuilder> sessions = new HashMap<>();

  private String lastRun = "";

  CommandSteps(ScenarioShell shell, Map<String, String> placeholders) {
    this.shell = shell;
    this.placeholders = placeholders;
  }

  /** The commands of a snippet. */
  static CommandBlock parse(Snippet snippet) {
    return snippet.isSession()
        ? BlockParser.parseConsole(snippet.text())
        : BlockParser.parseShell(snippet.text());
  }

  /**
   * What can be told to be wrong without running anything.
   *
   * @param scenario the one that it belongs to
   */
  static void check(Snippet snippet, Scenario scenario, Consumer<Diagnostic> diagnostics) {
    CommandBlock block = parse(snippet);
    block.problems().forEach(problem -> diagnostics.accept(diagnostic(snippet, problem)));
    NodeCommands.problems(
            block,
            scenario.ownNodes(),
            snippet.options().background().isPresent(),
            text -> PlaceholderValues.fill(text, scenario.placeholders()))
        .forEach(problem -> diagnostics.accept(diagnostic(snippet, problem)));
    if (block.commands().isEmpty() && block.problems().isEmpty()) {
      diagnostics.accept(SchemaTier.empty(snippet, "command"));
    }
    for (CommandLine command : block.commands()) {
      if (!command.expectedOutput().isEmpty()) {
        expectation(snippet, command.expectedOutput(), diagnostics);
      }
    }
  }

  /** The same for the text of an output. */
  static void checkOutput(Snippet snippet, Consumer<Diagnostic> diagnostics) {
    List<OutputLine> lines = outputLines(snippet);
    if (lines.stream().allMatch(line -> line.text().isBlank())) {
      diagnostics.accept(SchemaTier.empty(snippet, "output"));
      return;
    }
    expectation(snippet, lines, diagnostics);
  }

  private static List<OutputLine> outputLines(Snippet snippet) {
    return outputLines(snippet.block().lines());
  }

  private static List<OutputLine> outputLines(List<String> texts) {
    List<OutputLine> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(new OutputLine(i + 1, texts.get(i)));
    }
    return lines;
  }

  private static Diagnostic diagnostic(Snippet snippet, ShellProblem problem) {
    return Diagnostic.error(
        problem.code(),
        place(snippet, problem.position().line(), problem.position().column()),
        problem.what(),
        problem.why(),
        problem.fix());
  }

  /** A place in a snippet; the column only where the line is the very one of the source. */
  private static Location place(Snippet snippet, int line, int column) {
    Location location = snippet.block().location(line);
    String source = location.sourceLine();
    return source != null
            && line <= snippet.block().lines().size()
            && source.startsWith(snippet.block().lines().get(line - 1).stripTrailing())
        ? new Location(location.file(), location.line(), column, source)
        : location;
  }

  private static String text(List<OutputLine> lines) {
    return lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
  }

  private static Optional<Expectation> expectation(
      Snippet snippet, List<OutputLine> lines, Consumer<Diagnostic> diagnostics) {
    return expectation(snippet, lines, UnaryOperator.identity(), diagnostics);
  }

  private static Optional<Expectation> expectation(
      Snippet snippet,
      List<OutputLine> lines,
      UnaryOperator<String> fill,
      Consumer<Diagnostic> diagnostics) {
    String text = text(lines);
    MatchMode mode = snippet.options().match().orElseGet(() -> MatchMode.defaultFor(text));
    return switch (Expectation.parse(mode, text, snippet.options().vary(), fill)) {
      case Expectation.Ready ready -> Optional.of(ready.expectation());
      case Expectation.Faulty faulty -> {
        for (ExpectationProblem problem : faulty.problems()) {
          diagnostics.accept(
              Diagnostic.error(
                  "bad-expectation",
                  place(snippet, blockLine(lines, problem.line()), problem.column()),
                  problem.what(),
                  problem.why(),
                  problem.fix()));
        }
        yield Optional.empty();
      }
    };
  }

  private static int blockLine(List<OutputLine> lines, int expectedLine) {
    return lines.get(Math.clamp(expectedLine - 1L, 0, lines.size() - 1)).line();
  }

  /**
   * Runs all commands of a snippet.
   *
   * @param within how long a command that only looks may be repeated until it shows what it should
   */
  Step run(Snippet snippet, Duration within) {
    CommandBlock block = parse(snippet);
    List<ShellProblem> problems = new ArrayList<>(block.problems());
    problems.addAll(shell.check(block.commands()));
    if (!problems.isEmpty()) {
      return new Step(problems.stream().map(each -> diagnostic(snippet, each)).toList(), "");
    }
    if (snippet.options().background().isPresent()) {
      return start(snippet, snippet.options().background().get(), block.commands());
    }
    StringBuilder output = new StringBuilder();
    for (CommandLine command : block.commands()) {
      boolean last = command.equals(block.commands().getLast());
      Step step = runUntil(snippet, command, last ? snippet.options().exit() : 0, within, output);
      if (!step.passed()) {
        return step;
      }
    }
    outputs.put(snippet.id(), output.toString());
    lastRun = snippet.id();
    return Step.DONE;
  }

  private Step runUntil(
      Snippet snippet, CommandLine command, int exit, Duration within, StringBuilder output) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Duration limit = limit(snippet, command, within, Duration.ofNanos(end - System.nanoTime()));
      Prompts prompts =
          snippet.prompts()
              ? Prompts.of(PlaceholderValues.fill(text(command.expectedOutput()), placeholders))
              : new Prompts(List.of());
      CommandResult result = shell.run(command, prompts.answers(), Streams.AS_A_TERMINAL, limit);
      String shown = prompts.transcript(result.terminal());
      Step step = judge(snippet, command, exit, result, limit, shown);
      if (step.passed() || changes(command) || System.nanoTime() > end) {
        output.append(shown);
        session(snippet, command).append(shown);
        return step;
      }
      Waiting.pause();
    }
  }

  /**
   * How long one attempt may take. What hangs must not use up the time that was given for trying
   * again, unless the page says by {@code timeout=}, or the command itself, how long it may.
   *
   * @param within how long the command may be repeated
   * @param left what is left of that
   */
  static Duration limit(Snippet snippet, CommandLine command, Duration within, Duration left) {
    Duration longest = snippet.options().timeout().orElse(TIMEOUT);
    if (snippet.options().timeout().isPresent()
        || within.isZero()
        || changes(command)
        || endsByItself(command)) {
      return longest;
    }
    Duration share = within.dividedBy(ATTEMPTS);
    Duration attempt = share.compareTo(left) < 0 ? share : left;
    return attempt.compareTo(SHORTEST_ATTEMPT) < 0
        ? SHORTEST_ATTEMPT
        : attempt.compareTo(longest) < 0 ? attempt : longest;
  }

  /** Whether a command says how long it waits: {@code --timeout=120s}, {@code timeout 5 …}. */
  private static boolean endsByItself(CommandLine command) {
    return command.jobs().stream()
        .flatMap(job -> job.chain().stream())
        .flatMap(link -> link.pipeline().stream())
        .anyMatch(
            simple -> {
              List<String> words =
                  simple.words().stream().map(word -> word.literal().orElse("")).toList();
              return words.indexOf("timeout") == 0
                  || words.stream()
                      .anyMatch(
                          word -> word.startsWith("--timeout") || word.startsWith("--max-time"));
            });
  }

  /**
   * @param limit how long it could take
   * @param shown what a terminal shows of it
   */
  private Step judge(
      Snippet snippet,
      CommandLine command,
      int exit,
      CommandResult result,
      Duration limit,
      String shown) {
    Location place = place(snippet, command.position().line(), command.position().column());
    if (result.timedOut()) {
      return new Step(
          List.of(
              Diagnostic.error(
                  "timeout",
                  place,
                  "it did not end within %d s".formatted(limit.toSeconds()),
                  null,
                  "set a longer timeout=, or run it in the background with %background")),
          shown(shown));
    }
    if (result.exitCode() != exit) {
      return new Step(
          List.of(
              Diagnostic.error(
                  "exit-code",
                  place,
                  "it ends with exit code %d, not %d".formatted(result.exitCode(), exit),
                  result.exitCode() == ENDED_BY_TIMEOUT ? "timeout ended it" : null,
                  null)),
          shown(shown));
    }
    return command.expectedOutput().isEmpty()
        ? Step.DONE
        : compare(snippet, command.expectedOutput(), shown);
  }

  /** What was printed, as lines of a difference that nobody expected. */
  private static String shown(String output) {
    return output.lines().map(line -> "+ " + line + "\n").collect(Collectors.joining());
  }

  private Step compare(Snippet snippet, List<OutputLine> lines, String actual) {
    List<Diagnostic> problems = new ArrayList<>();
    Optional<Expectation> expectation =
        expectation(
            snippet, lines, text -> PlaceholderValues.fill(text, placeholders), problems::add);
    if (expectation.isEmpty()) {
      return new Step(problems, "");
    }
    return switch (expectation.get().compare(actual)) {
      case Comparison.Match match -> Step.DONE;
      case Comparison.Mismatch mismatch ->
          new Step(
              List.of(
                  Diagnostic.error(
                      "other-output",
                      place(
                          snippet,
                          blockLine(lines, mismatch.expectedLine()),
                          mismatch.expectedColumn()),
                      mismatch.what(),
                      null,
                      null)),
              mismatch.diff(),
              change(snippet, lines, expectation.get(), actual));
    };
  }

  /** How the page would have to be written; only where that is sure to be right then. */
  private Optional<OutputChange> change(
      Snippet snippet, List<OutputLine> lines, Expectation expectation, String actual) {
    return expectation
        .rewritten(actual)
        .filter(rewritten -> rewritten.stream().allMatch(line -> canStandInAListing(snippet, line)))
        .map(
            rewritten ->
                rewritten.stream()
                    .map(
                        line ->
                            switch (line) {
                              case RewrittenLine.Kept kept -> lines.get(kept.number() - 1).text();
                              case RewrittenLine.Changed changed -> asWritten(changed.text());
                            })
                    .toList())
        .filter(now -> isRight(snippet, now, actual))
        .map(
            now ->
                new OutputChange(
                    lines.stream().map(line -> snippet.block().location(line.line())).toList(),
                    lines.stream().map(OutputLine::text).toList(),
                    now));
  }

  /** Whether AsciiDoc, and whoever reads the listing, would take a line for what it is. */
  private static boolean canStandInAListing(Snippet snippet, RewrittenLine line) {
    return switch (line) {
      case RewrittenLine.Kept kept -> true;
      case RewrittenLine.Changed changed ->
          !SYNTAX.matcher(changed.text()).find()
              && !(snippet.isSession() && changed.text().startsWith("$ "))
              && changed.text().codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\t');
    };
  }

  /** The namespace is another one in each run. */
  private String asWritten(String printed) {
    String namespace = placeholders.getOrDefault(Scenario.NAMESPACE, "");
    return namespace.isEmpty()
        ? printed
        : printed.replace(namespace, "{" + Scenario.NAMESPACE + "}");
  }

  private boolean isRight(Snippet snippet, List<String> now, String actual) {
    return !now.isEmpty()
        && expectation(
                snippet,
                outputLines(now),
                text -> PlaceholderValues.fill(text, placeholders),
                problem -> {})
            .filter(expectation -> expectation.compare(actual).matches())
            .isPresent();
  }

  /** Compares what another snippet printed. */
  Step output(Snippet snippet) {
    String of = snippet.options().of().orElse(lastRun);
    List<BackgroundCommand> goingOn = background.getOrDefault(of, List.of());
    return goingOn.isEmpty()
        ? compare(snippet, outputLines(snippet), outputs.getOrDefault(of, ""))
        : awaitOutput(
            snippet,
            outputLines(snippet),
            () -> goingOn.stream().map(BackgroundCommand::output).collect(Collectors.joining()));
  }

  /** The programs that the commands of a snippet name, but for those within {@code $(…)}. */
  static Set<String> programs(Snippet snippet) {
    return parse(snippet).commands().stream()
        .flatMap(line -> line.jobs().stream())
        .flatMap(job -> job.chain().stream())
        .flatMap(link -> link.pipeline().stream())
        .filter(simple -> !simple.words().isEmpty())
        .map(simple -> simple.words().getFirst().literal().orElse(""))
        .collect(Collectors.toSet());
  }

  /**
   * Runs the commands of a snippet once more and returns what they print, however they end; nothing
   * where they cannot be run, as what they need was not there yet.
   */
  String printed(Snippet snippet) {
    List<CommandLine> commands = parse(snippet).commands();
    StringBuilder printed = new StringBuilder();
    if (!shell.check(commands).isEmpty()) {
      return "";
    }
    for (CommandLine command : commands) {
      printed.append(
          shell
              .run(command, Streams.AS_A_TERMINAL, snippet.options().timeout().orElse(TIMEOUT))
              .terminal());
    }
    return printed.toString();
  }

  private StringBuilder session(Snippet snippet, CommandLine command) {
    return sessions
        .computeIfAbsent(snippet.id(), any -> new StringBuilder())
        .append("$ ")
        .append(PlaceholderValues.fill(command.text(), placeholders).strip())
        .append('\n');
  }

  /** The commands of a snippet that have run, with what they printed. */
  String session(Snippet snippet) {
    StringBuilder session = sessions.get(snippet.id());
    return (session == null ? "" : session.toString()) + printedSoFar(snippet);
  }

  /** What the commands of a snippet that go on in the background have printed. */
  String printedSoFar(Snippet snippet) {
    return background.getOrDefault(snippet.id(), List.of()).stream()
        .map(BackgroundCommand::output)
        .collect(Collectors.joining());
  }

  /** Whether a command changes something, so that it must not be repeated. */
  static boolean changes(CommandLine command) {
    return command.jobs().stream()
        .flatMap(job -> job.chain().stream())
        .flatMap(link -> link.pipeline().stream())
        .anyMatch(
            simple -> {
              List<String> words =
                  simple.words().stream().map(word -> word.literal().orElse("")).toList();
              if (words.indexOf(NodeCommands.PROGRAM) == 0) {
                return NodeCommands.change(words.subList(1, words.size()));
              }
              return words.contains("kubectl")
                  && (words.stream().anyMatch(CHANGES::contains)
                      || (words.contains("rollout")
                          && !words.contains("status")
                          && !words.contains("history")));
            });
  }

  /** Whether a snippet can be run again without changing anything. */
  static boolean onlyLooks(Snippet snippet) {
    return snippet.options().background().isEmpty()
        && parse(snippet).commands().stream().noneMatch(CommandSteps::changes);
  }

  private Step start(Snippet snippet, Snippet.Background options, List<CommandLine> commands) {
    List<BackgroundCommand> processes = new ArrayList<>();
    background.put(snippet.id(), processes);
    for (CommandLine command : commands) {
      BackgroundCommand process = shell.start(command);
      processes.add(process);
      session(snippet, command);
      if (options.ready().isPresent()) {
        String ready = options.ready().get();
        Duration patience = snippet.options().within().orElse(READY_PATIENCE);
        BackgroundCommand.Readiness readiness =
            ready.matches("\\d{1,5}")
                ? process.awaitPort(Integer.parseInt(ready), patience)
                : process.awaitOutput(ready, patience);
        if (readiness != BackgroundCommand.Readiness.READY) {
          return new Step(
              List.of(
                  Diagnostic.error(
                      "not-ready",
                      place(snippet, command.position().line(), command.position().column()),
                      readiness == BackgroundCommand.Readiness.ENDED
                          ? "it has ended before it was ready"
                          : "it was not ready within %d s".formatted(patience.toSeconds()),
                      "ready=" + ready + " never came true",
                      null)),
              shown(process.output()));
        }
      }
      if (!command.expectedOutput().isEmpty()) {
        Step step = awaitOutput(snippet, command.expectedOutput(), process::output);
        if (!step.passed()) {
          return step;
        }
      }
    }
    options.stop().ifPresent(stop -> endings.put(stop, processes));
    lastRun = snippet.id();
    return Step.DONE;
  }

  private Step awaitOutput(Snippet snippet, List<OutputLine> expected, Supplier<String> printed) {
    return Waiting.until(
        snippet.options().within().orElse(READY_PATIENCE),
        () -> {
          String output = printed.get();
          Step step = compare(snippet, expected, output);
          return !step.passed() && compare(snippet, expected, beginning(expected, output)).passed()
              ? Step.DONE
              : step;
        });
  }

  /** As many lines as the page shows: a command that goes on, such as a forward, prints more. */
  private static String beginning(List<OutputLine> expected, String output) {
    return output
        .lines()
        .limit(expected.size())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Ends what was to run until a snippet was done. */
  void stopAfter(Snippet snippet) {
    endings.getOrDefault(snippet.id(), List.of()).forEach(BackgroundCommand::stop);
  }
}
