package dev.shirube.verify.shell;

import java.util.List;

/** What a block asks for: its commands, or why they cannot be run. */
public record CommandBlock(List<CommandLine> commands, List<ShellProblem> problems) {

  public CommandBlock {
    commands = List.copyOf(commands);
    problems = List.copyOf(problems);
  }
}
