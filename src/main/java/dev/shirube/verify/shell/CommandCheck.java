package dev.shirube.verify.shell;

import dev.shirube.model.Suggestion;
import dev.shirube.verify.shell.CommandLine.Assignment;
import dev.shirube.verify.shell.CommandLine.Job;
import dev.shirube.verify.shell.CommandLine.Link;
import dev.shirube.verify.shell.CommandLine.Redirection;
import dev.shirube.verify.shell.CommandLine.SimpleCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a page may not do before any of it is done. */
final class CommandCheck {
  private static final Pattern ADDRESS =
      Pattern.compile("[a-z]+://(?:[^/@]*@)?(\\[[^]]*]|[^/:?#]*).*");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|(.*\\.)?localhost");

  private final Set<String> known;
  private final Placeholders placeholders;
  private final Set<String> answered;
  private final BiFunction<String, Position, @Nullable ShellProblem> programs;
  private final List<ShellProblem> problems = new ArrayList<>();

  /**
   * @param known names of the variables that are set
   * @param answered names of programs that run outside of the enclosure
   * @param programs why a program may not run; null where it may
   */
  CommandCheck(
      Set<String> known,
      Placeholders placeholders,
      Set<String> answered,
      BiFunction<String, Position, @Nullable ShellProblem> programs) {
    this.known = new TreeSet<>(known);
    this.placeholders = placeholders;
    this.answered = Set.copyOf(answered);
    this.programs = programs;
  }

  List<ShellProblem> check(List<CommandLine> lines) {
    lines.forEach(line -> jobs(line.jobs()));
    return List.copyOf(problems);
  }

  private void jobs(List<Job> jobs) {
    for (Job job : jobs) {
      for (Link link : job.chain()) {
        link.pipeline().forEach(command -> command(command, link.pipeline().size() > 1));
      }
      if (job.background()) {
        known.add("!");
      }
    }
  }

  private void command(SimpleCommand command, boolean piped) {
    for (Assignment assignment : command.assignments()) {
      word(assignment.value());
      assigned(assignment.name(), command.position());
    }
    command.words().forEach(this::word);
    for (Redirection redirection : command.redirections()) {
      word(redirection.word());
      String file = placeholders.fill(redirection.word().literal().orElse("-"));
      if (redirection.direction().namesFile() && !LineParser.plainName(file)) {
        problems.add(LineParser.outside(redirection.word().position(), file));
      }
    }
    if (command.words().isEmpty()) {
      return;
    }
    Word first = command.words().getFirst();
    if (first.literal().isEmpty()) {
      problems.add(
          new ShellProblem(
              "computed-program",
              first.position(),
              "the name of the program is not written out",
              "which program runs has to be known before anything runs",
              "write its name"));
      return;
    }
    String name = placeholders.fill(first.literal().get());
    if (Execution.BUILT_IN.contains(name)) {
      builtIn(name, command, piped);
      return;
    }
    if (answered.contains(name)) {
      if (piped || !command.redirections().isEmpty() || !command.assignments().isEmpty()) {
        problems.add(
            new ShellProblem(
                LineParser.UNSUPPORTED,
                command.position(),
                "\"" + name + "\" takes part in no pipeline, redirection or assignment",
                "it runs outside of the page's processes",
                "write it on a line of its own"));
      }
      return;
    }
    ShellProblem problem = programs.apply(name, first.position());
    if (problem != null) {
      problems.add(problem);
    } else if (name.equals("curl")) {
      command.words().forEach(this::loopback);
    }
  }

  private void builtIn(String name, SimpleCommand command, boolean piped) {
    if (piped || !command.redirections().isEmpty() || !command.assignments().isEmpty()) {
      problems.add(
          new ShellProblem(
              LineParser.UNSUPPORTED,
              command.position(),
              "\"" + name + "\" in a pipeline or with redirections has no effect",
              "it changes the shell that runs it",
              "write it on a line of its own"));
    }
    for (Word word : command.words().subList(1, command.words().size())) {
      if (name.equals("export")) {
        String text =
            word.parts().isEmpty() || !(word.parts().getFirst() instanceof Word.Text letters)
                ? ""
                : letters.text();
        assigned(text.replaceFirst("=.*", ""), word.position());
      }
    }
  }

  private void assigned(String name, Position position) {
    if (name.equals("PATH") || name.startsWith("LD_")) {
      problems.add(
          new ShellProblem(
              "fixed-variable",
              position,
              "\"" + name + "\" cannot be set",
              "it decides which program runs",
              "leave it out"));
    }
    known.add(name);
  }

  private void word(Word word) {
    for (Word.Part part : word.parts()) {
      switch (part) {
        case Word.Text text -> {}
        case Word.Substitution substitution -> jobs(substitution.jobs());
        case Word.Variable variable -> {
          if (!known.contains(variable.name())) {
            problems.add(
                new ShellProblem(
                    "unset-variable",
                    word.position(),
                    "the page has not set $" + variable.name(),
                    "nothing of the reader's environment is known",
                    Suggestion.nearest(variable.name(), known)
                        .map(near -> "did you mean $" + near + "?")
                        .orElse("set it first, or use a placeholder")));
          }
        }
      }
    }
  }

  private void loopback(Word word) {
    Matcher address = ADDRESS.matcher(placeholders.fill(word.literal().orElse("")));
    if (address.matches() && !LOOPBACK.matcher(address.group(1)).matches()) {
      problems.add(
          new ShellProblem(
              "address-outside",
              word.position(),
              "curl would ask " + address.group(1),
              "what is proven must not depend on other machines",
              "use an address of loopback, such as that of kubectl port-forward"));
    }
  }
}
