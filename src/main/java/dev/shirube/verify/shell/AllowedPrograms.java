package dev.shirube.verify.shell;

import dev.shirube.model.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The programs that a page may name. The list keeps pages to what a reader has, and mistakes from
 * starting; it is not what protects the machine, since {@code awk} and others start programs
 * themselves. Confinement does that, and without it only {@link #HARMLESS} and what the caller adds
 * may run.
 */
public final class AllowedPrograms {

  /** They read what they are given and write to their output. */
  private static final List<String> HARMLESS =
      List.of(
          "base64",
          "basename",
          "cut",
          "date",
          "dirname",
          "echo",
          "expr",
          "false",
          "jq",
          "printf",
          "pwd",
          "seq",
          "sleep",
          "test",
          "[",
          "tr",
          "true",
          "wc",
          "which");

  /**
   * They read, write, start or end what else is on the machine. No shell and no language is among
   * them: what they run could not be shown to the reader step by step.
   */
  private static final List<String> CONFINED =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cmp",
          "comm",
          "cp",
          "curl",
          "diff",
          "env",
          "find",
          "grep",
          "gzip",
          "head",
          "install",
          "join",
          "kill",
          "killall",
          "ln",
          "ls",
          "mkdir",
          "mktemp",
          "mv",
          "nl",
          "openssl",
          "paste",
          "pgrep",
          "pkill",
          "ps",
          "realpath",
          "rm",
          "rmdir",
          "sed",
          "sha256sum",
          "sort",
          "ss",
          "stat",
          "tac",
          "tail",
          "tar",
          "tee",
          "timeout",
          "touch",
          "uname",
          "uniq",
          "whoami",
          "id",
          "xargs");

  private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

  /**
   * A program that is not the machine's own.
   *
   * @param file absolute
   * @param folders what else it reads, such as its libraries; absolute
   */
  private record Added(Path file, List<Path> folders) {}

  private final Map<String, Added> added;
  private final Map<String, AnsweredProgram> answered;

  private AllowedPrograms(Map<String, Added> added, Map<String, AnsweredProgram> answered) {
    this.added = added;
    this.answered = answered;
  }

  /** The tools that a reader's machine has. */
  public static AllowedPrograms ofTheMachine() {
    return new AllowedPrograms(Map.of(), Map.of());
  }

  /**
   * One more.
   *
   * @param name as pages write it
   * @param file absolute path of the program; in the scenario it lies at the same path, read-only
   * @param folders absolute paths of what else it needs, such as the folder of its libraries
   */
  public AllowedPrograms with(String name, Path file, Path... folders) {
    if (!file.isAbsolute() || !Files.isExecutable(file)) {
      throw new ShellException(
          "cannot allow " + name + ": " + file + " is not the absolute path of a program");
    }
    Map<String, Added> more = new TreeMap<>(added);
    more.put(name, new Added(file.normalize(), List.of(folders)));
    return new AllowedPrograms(more, answered);
  }

  /** One more, which is no file. */
  public AllowedPrograms answering(String name, AnsweredProgram program) {
    Map<String, AnsweredProgram> more = new TreeMap<>(answered);
    more.put(name, program);
    return new AllowedPrograms(added, more);
  }

  Map<String, AnsweredProgram> answered() {
    return Map.copyOf(answered);
  }

  Map<String, Path> files(Confinement confinement) {
    Map<String, Path> files = new TreeMap<>();
    for (String name : names(confinement)) {
      for (Path folder : FOLDERS) {
        if (Files.isExecutable(folder.resolve(name))) {
          files.putIfAbsent(name, folder.resolve(name));
        }
      }
    }
    added.forEach((name, program) -> files.put(name, program.file()));
    return files;
  }

  /** What has to be seen beside the machine's own programs. */
  Set<Path> visible() {
    Set<Path> paths = new TreeSet<>();
    for (Added program : added.values()) {
      paths.add(program.file());
      paths.addAll(program.folders());
    }
    return paths;
  }

  private Set<String> names(Confinement confinement) {
    Set<String> names = new TreeSet<>(HARMLESS);
    if (confinement == Confinement.NAMESPACES) {
      names.addAll(CONFINED);
    }
    return names;
  }

  /** Why a page may not run it; empty where it may. */
  Optional<ShellProblem> problem(String name, Position position, Confinement confinement) {
    Map<String, Path> files = files(confinement);
    if (files.containsKey(name)) {
      return Optional.empty();
    }
    if (confinement == Confinement.SESSION && CONFINED.contains(name)) {
      return Optional.of(
          new ShellProblem(
              "program-needs-confinement",
              position,
              "\"" + name + "\" is not run without namespaces",
              "it could reach files and processes that are not the page's",
              "install bubblewrap (Debian: bubblewrap), or run on a machine that has it"));
    }
    if (names(confinement).contains(name)) {
      return Optional.of(
          new ShellProblem(
              "program-missing",
              position,
              "\"" + name + "\" is not on this machine",
              "it is allowed, but neither in " + FOLDERS.get(0) + " nor in " + FOLDERS.get(1),
              "install it"));
    }
    Set<String> known = new TreeSet<>(files.keySet());
    known.addAll(List.of("cd", "export", "unset"));
    known.addAll(answered.keySet());
    return Optional.of(
        new ShellProblem(
            "unknown-program",
            position,
            "\"" + name + "\" is not among the programs that a page may run",
            "a page runs what is allowed by name, so that nothing runs by mistake",
            Suggestion.nearest(name, known)
                    .map(near -> "did you mean \"" + near + "\"? Otherwise allow it")
                    .orElse("allow it")
                + " with the absolute path of its file"));
  }
}
