package dev.shirube.verify.shell;

import dev.shirube.verify.shell.CommandLine.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of one scenario: one scratch folder, one home, one set of variables and
 * processes, from the first command until it is closed. Not for several threads at once.
 */
public final class ScenarioShell implements AutoCloseable {
  private final Enclosure enclosure;
  private final @Nullable String whyNoNamespaces;
  private final AllowedPrograms programs;
  private final Set<String> runnable;
  private final Limits limits;
  private final Placeholders placeholders;
  private final Variables variables = new Variables();
  private final List<BackgroundCommand> background = new ArrayList<>();

  private ScenarioShell(
      Enclosure enclosure,
      @Nullable String whyNoNamespaces,
      AllowedPrograms programs,
      Limits limits,
      Placeholders placeholders,
      Map<String, String> environment) {
    this.enclosure = enclosure;
    this.whyNoNamespaces = whyNoNamespaces;
    this.programs = programs;
    this.runnable = programs.files(enclosure.confinement()).keySet();
    this.limits = limits;
    this.placeholders = placeholders;
    export("PATH", enclosure.programs());
    export("HOME", enclosure.home());
    export("PWD", enclosure.work());
    export("KUBECONFIG", enclosure.home() + "/.kube/config");
    export("LANG", "C.UTF-8");
    export("TZ", "UTC");
    export("TERM", "dumb");
    environment.forEach(this::export);
    variables.set("?", "0");
  }

  private void export(String name, String value) {
    variables.set(name, value);
    variables.export(name);
  }

  /**
   * In namespaces where the machine lets it, else in a session of its own.
   *
   * @param placeholders values by name, without braces
   * @param environment what programs see beside HOME, KUBECONFIG and the like
   */
  public static ScenarioShell open(
      AllowedPrograms programs,
      Limits limits,
      Map<String, String> placeholders,
      Map<String, String> environment) {
    Enclosure enclosure;
    String why = null;
    try {
      enclosure = Namespaces.open(programs, limits);
    } catch (ShellException e) {
      why = e.getMessage();
      enclosure = OwnSession.open(programs, limits);
    }
    return new ScenarioShell(
        enclosure, why, programs, limits, new Placeholders(placeholders), environment);
  }

  /** In a session of its own, even where there are namespaces. */
  static ScenarioShell openInSession(AllowedPrograms programs, Limits limits) {
    return new ScenarioShell(
        OwnSession.open(programs, limits),
        "not asked for",
        programs,
        limits,
        new Placeholders(Map.of()),
        Map.of());
  }

  /** What is in force. */
  public Confinement confinement() {
    return enclosure.confinement();
  }

  /** Why it is not namespaces; null where it is. */
  public @Nullable String whyNoNamespaces() {
    return whyNoNamespaces;
  }

  /** The home folder as commands see it. */
  public String home() {
    return enclosure.home();
  }

  /** The scratch folder as commands see it. */
  public String work() {
    return enclosure.work();
  }

  /** What may not run, or cannot, of lines that run one after the other. Runs nothing. */
  public List<ShellProblem> check(List<CommandLine> lines) {
    return new CommandCheck(
            variables.names(), placeholders, programs.answered().keySet(), this::programProblem)
        .check(lines);
  }

  private @Nullable ShellProblem programProblem(String name, Position position) {
    return runnable.contains(name)
        ? null
        : programs.problem(name, position, confinement()).orElse(null);
  }

  /** Runs a line to its end, as a terminal would show it, in the usual time. */
  public CommandResult run(CommandLine line) {
    return run(line, Streams.AS_A_TERMINAL, limits.timeout());
  }

  /**
   * Runs a line to its end. What ends with {@code &} goes on in the background.
   *
   * @param timeout for the whole line
   * @throws IllegalArgumentException where {@link #check} has something to say
   * @throws ShellException where the scenario's processes have been ended from outside
   */
  public CommandResult run(CommandLine line, Streams streams, Duration timeout) {
    checked(line);
    long start = System.nanoTime();
    Execution execution =
        new Execution(
            enclosure, limits, placeholders, programs.answered(), variables, streams, timeout);
    execution.run(line.jobs());
    CommandResult result = execution.result(Duration.ofNanos(System.nanoTime() - start));
    background.addAll(result.background());
    return result;
  }

  /** Starts a line that the block says runs in the background, with or without {@code &}. */
  public BackgroundCommand start(CommandLine line) {
    checked(line);
    List<Job> jobs = line.jobs().stream().map(job -> new Job(job.chain(), false)).toList();
    BackgroundCommand command =
        BackgroundCommand.start(
            new Execution(
                enclosure,
                limits,
                placeholders,
                programs.answered(),
                variables.copy(),
                Streams.AS_A_TERMINAL,
                Duration.ofDays(1)),
            jobs);
    background.add(command);
    command.processId().ifPresent(pid -> variables.set("!", Long.toString(pid)));
    return command;
  }

  private void checked(CommandLine line) {
    List<ShellProblem> problems = check(List.of(line));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(line.text() + ": " + problems.getFirst().what());
    }
    if (!enclosure.alive()) {
      throw new ShellException(
          "the scenario's processes have been ended, by itself or from outside");
    }
  }

  /**
   * Writes a file that the page's commands find.
   *
   * @param path absolute, or relative to the scratch folder; its folders are made
   */
  public void put(String path, byte[] content) {
    Path file = Path.of(enclosure.work()).resolve(path).normalize();
    if (!file.startsWith(enclosure.work()) && !file.startsWith(enclosure.home())) {
      throw new IllegalArgumentException(path + " is outside the scenario");
    }
    List<String> words = new ArrayList<>(enclosure.entry());
    words.addAll(
        List.of(
            "/bin/sh",
            "-c",
            "umask 077; mkdir -p \"$1\" && cat >\"$1/$2\"",
            "sh",
            String.valueOf(file.getParent()),
            String.valueOf(file.getFileName())));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    try {
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(content);
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new ShellException("cannot write " + file + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new ShellException("cannot write " + file + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while " + file + " was written", e);
    }
  }

  /** Writes the configuration that kubectl finds; the page may change its copy. */
  public void putKubeconfig(String kubeconfig) {
    put(enclosure.home() + "/.kube/config", kubeconfig.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends all that still runs, and removes its files. */
  @Override
  public void close() {
    if (confinement() == Confinement.SESSION) {
      background.stream().filter(BackgroundCommand::running).forEach(BackgroundCommand::stop);
    }
    enclosure.close();
  }
}
