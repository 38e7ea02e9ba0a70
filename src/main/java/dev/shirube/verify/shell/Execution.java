package dev.shirube.verify.shell;

import dev.shirube.verify.shell.CommandLine.Assignment;
import dev.shirube.verify.shell.CommandLine.Direction;
import dev.shirube.verify.shell.CommandLine.Job;
import dev.shirube.verify.shell.CommandLine.Link;
import dev.shirube.verify.shell.CommandLine.Redirection;
import dev.shirube.verify.shell.CommandLine.SimpleCommand;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Commands that are being run one after the other, and what they have printed so far. */
final class Execution {
  static final Set<String> BUILT_IN = Set.of("cd", "export", "unset");
  private static final Duration STRAGGLERS = Duration.ofMillis(300);

  private static final Duration POLL = Duration.ofMillis(10);

  /** So many times the kept output may be printed before it is taken for endless. */
  private static final int FLOOD = 64;

  private static final int CANNOT_RUN = 126;

  private final Enclosure enclosure;
  private final Limits limits;
  private final Placeholders placeholders;
  private final Map<String, AnsweredProgram> answered;
  private final Variables variables;
  private final Output output;
  private final Streams streams;
  private final long deadlineNanos;
  private final List<Process> running = new CopyOnWriteArrayList<>();
  private final List<BackgroundCommand> background = new ArrayList<>();

  /** The id of the first pipeline's last process as the page knows it. */
  private final CompletableFuture<OptionalLong> processId = new CompletableFuture<>();

  private volatile boolean stopped;
  private volatile boolean timedOut;
  private int exitCode;

  Execution(
      Enclosure enclosure,
      Limits limits,
      Placeholders placeholders,
      Map<String, AnsweredProgram> answered,
      Variables variables,
      Streams streams,
      Duration timeout) {
    this(
        enclosure,
        limits,
        placeholders,
        answered,
        variables,
        streams,
        System.nanoTime() + timeout.toNanos(),
        new Output(limits.outputBytes()));
  }

  private Execution(
      Enclosure enclosure,
      Limits limits,
      Placeholders placeholders,
      Map<String, AnsweredProgram> answered,
      Variables variables,
      Streams streams,
      long deadlineNanos,
      Output output) {
    this.enclosure = enclosure;
    this.limits = limits;
    this.placeholders = placeholders;
    this.answered = answered;
    this.variables = variables;
    this.streams = streams;
    this.deadlineNanos = deadlineNanos;
    this.output = output;
  }

  /** Runs them to their end; returns the exit code of the last. */
  int run(List<Job> jobs) {
    try {
      for (Job job : jobs) {
        if (stopped || timedOut) {
          break;
        }
        if (job.background()) {
          startInBackground(job);
        } else {
          runChain(job.chain());
        }
        variables.set("?", Integer.toString(exitCode));
      }
      return exitCode;
    } finally {
      processId.complete(OptionalLong.empty());
    }
  }

  private void startInBackground(Job job) {
    BackgroundCommand command =
        BackgroundCommand.start(
            new Execution(
                enclosure,
                limits,
                placeholders,
                answered,
                variables.copy(),
                streams,
                Long.MAX_VALUE,
                new Output(limits.outputBytes())),
            List.of(new Job(job.chain(), false)));
    background.add(command);
    command.processId().ifPresent(pid -> variables.set("!", Long.toString(pid)));
    exitCode = 0;
  }

  private void runChain(List<Link> chain) {
    for (Link link : chain) {
      boolean runs =
          switch (link.condition()) {
            case ALWAYS -> true;
            case SUCCESS -> exitCode == 0;
            case FAILURE -> exitCode != 0;
          };
      if (runs && !stopped && !timedOut) {
        exitCode = runPipeline(link.pipeline());
        variables.set("?", Integer.toString(exitCode));
      }
    }
  }

  private int runPipeline(List<SimpleCommand> pipeline) {
    SimpleCommand only = pipeline.getFirst();
    if (pipeline.size() == 1) {
      if (only.words().isEmpty()) {
        int code = 0;
        for (Assignment assignment : only.assignments()) {
          code = assign(assignment.name(), assignment.value());
        }
        return code;
      }
      String name = placeholders.fill(only.words().getFirst().literal().orElse(""));
      if (BUILT_IN.contains(name)) {
        return builtIn(name, only);
      }
      AnsweredProgram program = answered.get(name);
      if (program != null) {
        List<String> words = only.words().stream().flatMap(word -> fields(word).stream()).toList();
        return program.run(words.subList(1, words.size()), this::say);
      }
    }
    List<ProcessBuilder> builders = new ArrayList<>();
    List<byte[]> inputs = new ArrayList<>();
    for (SimpleCommand command : pipeline) {
      ProcessBuilder builder = builder(command, builders.isEmpty());
      if (builder == null) {
        return CANNOT_RUN;
      }
      if (builders.isEmpty()) {
        for (Redirection redirection : command.redirections()) {
          if (redirection.direction() == Direction.HERE_DOCUMENT) {
            inputs.add(single(redirection.word()).getBytes(StandardCharsets.UTF_8));
          }
        }
        if (inputs.isEmpty()) {
          builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
      }
      builders.add(builder);
    }
    builders.getLast().redirectErrorStream(streams == Streams.AS_A_TERMINAL);
    List<Process> processes;
    try {
      processes =
          builders.size() == 1
              ? List.of(builders.getFirst().start())
              : ProcessBuilder.startPipeline(builders);
    } catch (IOException e) {
      say(e.getMessage() + "\n");
      return CANNOT_RUN;
    }
    running.addAll(processes);
    List<Thread> readers = new ArrayList<>();
    for (Process process : processes) {
      boolean last = process.equals(processes.getLast());
      if (last) {
        readers.add(
            reader(
                process.getInputStream(),
                streams == Streams.AS_A_TERMINAL
                    ? Output.Stream.TERMINAL
                    : Output.Stream.STANDARD));
      }
      if (!last || streams == Streams.SEPARATE) {
        readers.add(reader(process.getErrorStream(), Output.Stream.ERRORS));
      }
    }
    processId.complete(enclosure.processId(processes.getLast()));
    if (!inputs.isEmpty()) {
      Thread.ofPlatform().daemon().start(() -> feed(processes.getFirst(), inputs.getLast()));
    }
    try {
      return await(processes, readers);
    } catch (InterruptedException e) {
      kill(processes);
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while a command ran", e);
    } finally {
      running.removeAll(processes);
    }
  }

  private int await(List<Process> processes, List<Thread> readers) throws InterruptedException {
    for (Process process : processes) {
      long left =
          deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
      if (!process.waitFor(Math.max(left, 0), TimeUnit.NANOSECONDS)) {
        timedOut = true;
        end(processes);
        break;
      }
    }
    for (Thread reader : readers) {
      reader.join(STRAGGLERS); // what was left in the background may hold the pipe open
    }
    Process last = processes.getLast();
    return last.waitFor(limits.grace().toMillis(), TimeUnit.MILLISECONDS)
        ? last.exitValue()
        : 128 + 9;
  }

  /** Ends what runs: with SIGTERM, and what is still there after a while with SIGKILL. */
  private void end(List<Process> processes) throws InterruptedException {
    List<ProcessHandle> targets = targets(processes); // now: parents end before their children
    targets.forEach(ProcessHandle::destroy);
    awaitGrace(targets);
    targets.forEach(ProcessHandle::destroyForcibly);
    kill(processes);
  }

  private void awaitGrace(List<ProcessHandle> targets) throws InterruptedException {
    long until = System.nanoTime() + limits.grace().toNanos();
    while (targets.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
      Thread.sleep(POLL);
    }
  }

  private static void kill(List<Process> processes) {
    targets(processes).forEach(ProcessHandle::destroyForcibly);
    processes.forEach(Process::destroyForcibly);
  }

  /** What runs inside; the processes that wait for it outside report how it ended. */
  private static List<ProcessHandle> targets(List<Process> processes) {
    List<ProcessHandle> targets = new ArrayList<>();
    for (Process process : processes) {
      List<ProcessHandle> inside = process.descendants().toList();
      targets.addAll(inside.isEmpty() ? List.of(process.toHandle()) : inside);
    }
    return targets;
  }

  /** Ends all that runs and starts nothing more. */
  void stop(boolean interrupt) {
    stopped = true;
    List<Process> processes = List.copyOf(running);
    try {
      if (interrupt) {
        List<String> words = new ArrayList<>(List.of("kill", "-INT"));
        List<ProcessHandle> targets = targets(processes);
        targets.forEach(target -> words.add(Long.toString(target.pid())));
        if (words.size() > 2) {
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
          awaitGrace(targets);
        }
      }
      end(processes);
    } catch (IOException e) {
      throw new ShellException("kill cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while a command was ended", e);
    }
  }

  private Thread reader(InputStream stream, Output.Stream kind) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              byte[] buffer = new byte[8192];
              try (stream) {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                  output.add(kind, buffer, read);
                  if (output.seenBytes() > (long) FLOOD * limits.outputBytes()) {
                    kill(List.copyOf(running));
                    return;
                  }
                }
              } catch (IOException e) {
                // It was ended; the exit code says so.
              }
            });
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // It ended before it had read all; its exit code says whether that is a failure.
    }
  }

  private void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.add(
        streams == Streams.AS_A_TERMINAL ? Output.Stream.TERMINAL : Output.Stream.ERRORS,
        bytes,
        bytes.length);
  }

  private int assign(String name, Word value) {
    int before = exitCode;
    exitCode = 0; // of a $(…) in the value, which is that of the assignment
    variables.set(name, single(value));
    int code = exitCode;
    exitCode = before;
    return code;
  }

  private int builtIn(String name, SimpleCommand command) {
    List<Word> arguments = command.words().subList(1, command.words().size());
    if (name.equals("cd")) {
      return changeFolder(
          arguments.isEmpty() ? variables.get("HOME") : single(arguments.getFirst()));
    }
    for (Word argument : arguments) {
      String text = single(argument);
      int equals = text.indexOf('=');
      String variable = equals < 0 ? text : text.substring(0, equals);
      if (name.equals("unset")) {
        variables.unset(variable);
      } else {
        if (equals >= 0) {
          variables.set(variable, text.substring(equals + 1));
        }
        variables.export(variable);
      }
    }
    return 0;
  }

  private int changeFolder(String name) {
    String folder = Path.of(variables.get("PWD")).resolve(name).normalize().toString();
    boolean own = false;
    for (String root : List.of(enclosure.work(), enclosure.home(), "/tmp")) {
      own |= Path.of(folder).startsWith(root);
    }
    List<String> words = new ArrayList<>(enclosure.entry());
    words.addAll(List.of("test", "-d", folder));
    try {
      if (!own || plain(words).start().waitFor() != 0) {
        say(
            "cd: "
                + name
                + ": "
                + (own ? "No such file or directory" : "outside the scratch folder")
                + "\n");
        return 1;
      }
    } catch (IOException e) {
      say("cd: " + e.getMessage() + "\n");
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while a folder was looked for", e);
    }
    variables.set("PWD", folder);
    return 0;
  }

  /** A process whose own environment says nothing: what the page set is for its programs alone. */
  private static ProcessBuilder plain(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.directory(new File("/"));
    return builder;
  }

  /** The command in its enclosure; null, having said why, where it cannot run. */
  private @Nullable ProcessBuilder builder(SimpleCommand command, boolean first) {
    Variables own = variables.copy();
    for (Assignment assignment : command.assignments()) {
      own.set(assignment.name(), single(assignment.value()));
      own.export(assignment.name());
    }
    List<String> words = new ArrayList<>(enclosure.entry());
    // env, inside: the programs before it run outside, where a page's variables must not reach
    // them.
    words.addAll(List.of("env", "-i", "-C", variables.get("PWD")));
    for (Map.Entry<String, String> entry : own.environment().entrySet()) {
      words.add(entry.getKey() + "=" + entry.getValue());
    }
    List<String> files = new ArrayList<>();
    StringBuilder redirections = new StringBuilder();
    for (Redirection redirection : command.redirections()) {
      Direction direction = redirection.direction();
      if (direction == Direction.HERE_DOCUMENT) {
        if (!first) {
          say("a here-document has to stand at the first command of a pipeline\n");
          return null;
        }
        continue;
      }
      if (direction.namesFile()) {
        String file = single(redirection.word());
        if (!LineParser.plainName(file)) {
          say(LineParser.outside(redirection.word().position(), file).what() + "\n");
          return null;
        }
        files.add(file);
        String name = " \"$f" + files.size() + "\"";
        redirections.append(
            direction == Direction.BOTH ? " >" + name + " 2>&1" : " " + direction.sign() + name);
      } else {
        redirections.append(' ').append(direction.sign());
      }
    }
    if (!redirections.isEmpty()) {
      // Files are opened inside, where a link cannot lead out. The script is made of numbers and of
      // signs alone: nothing that the page wrote is ever read by this shell.
      StringBuilder script = new StringBuilder();
      for (int i = 1; i <= files.size(); i++) {
        script.append("f").append(i).append("=$1; shift; ");
      }
      script.append("exec \"$@\"").append(redirections);
      words.addAll(List.of("/bin/sh", "-c", script.toString(), "sh"));
      words.addAll(files);
    }
    for (Word word : command.words()) {
      words.addAll(fields(word));
    }
    return plain(words);
  }

  /** A word whose variables stay one word, whatever is in them. */
  private String single(Word word) {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      text.append(value(part));
    }
    return text.toString();
  }

  /** What a word becomes: one word, or with unquoted variables any number. */
  private List<String> fields(Word word) {
    List<StringBuilder> fields = new ArrayList<>();
    StringBuilder field = null;
    for (Word.Part part : word.parts()) {
      String value = value(part);
      boolean splits =
          switch (part) {
            case Word.Text text -> false;
            case Word.Variable variable -> !variable.quoted();
            case Word.Substitution substitution -> !substitution.quoted();
          };
      if (!splits) {
        field = field == null ? new StringBuilder() : field;
        field.append(value);
        continue;
      }
      for (int i = 0; i < value.length(); i++) {
        if (" \t\n".indexOf(value.charAt(i)) < 0) {
          field = field == null ? new StringBuilder() : field;
          field.append(value.charAt(i));
        } else if (field != null) {
          fields.add(field);
          field = null;
        }
      }
    }
    if (field != null) {
      fields.add(field);
    }
    return fields.stream().map(StringBuilder::toString).toList();
  }

  private String value(Word.Part part) {
    return switch (part) {
      case Word.Text text -> placeholders.fill(text.text());
      case Word.Variable variable -> variables.get(variable.name());
      case Word.Substitution substitution -> substituted(substitution);
    };
  }

  private String substituted(Word.Substitution substitution) {
    Execution inner =
        new Execution(
            enclosure,
            limits,
            placeholders,
            answered,
            variables.copy(),
            Streams.SEPARATE,
            deadlineNanos,
            new Output(limits.outputBytes()));
    exitCode = inner.run(substitution.jobs());
    timedOut |= inner.timedOut;
    background.addAll(inner.background);
    String errors = inner.output.text(Output.Stream.ERRORS);
    if (!errors.isEmpty()) {
      say(errors);
    }
    return inner.output.text(Output.Stream.STANDARD).replaceFirst("\n+$", "");
  }

  Output output() {
    return output;
  }

  OptionalLong processId() {
    return processId.join();
  }

  CommandResult result(Duration duration) {
    return new CommandResult(
        exitCode,
        output.text(Output.Stream.TERMINAL, Output.Stream.STANDARD, Output.Stream.ERRORS),
        output.text(Output.Stream.STANDARD),
        output.text(Output.Stream.ERRORS),
        duration,
        timedOut,
        output.truncated(),
        background);
  }
}
