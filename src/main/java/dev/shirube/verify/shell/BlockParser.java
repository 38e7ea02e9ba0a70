package dev.shirube.verify.shell;

import dev.shirube.verify.shell.CommandLine.OutputLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a block into commands and the output below them.
 *
 * <pre>
 * console block: ( "$ " command newline ( "> " rest newline )* output* )*
 * shell block:   ( command newline )*
 * </pre>
 *
 * In a console block a line with {@code >} goes on with the command only where a shell would ask
 * for more: an open quote or here-document, a {@code \}, {@code |}, {@code &&} or {@code ||} at the
 * end. Elsewhere it is output, as {@code diff} prints it.
 */
public final class BlockParser {
  private static final String PROMPT = "$ ";
  private static final String MORE = "> ";

  private BlockParser() {}

  /** A block in which {@code $} marks what is typed. */
  public static CommandBlock parseConsole(String text) {
    List<String> lines = text.lines().toList();
    List<CommandLine> commands = new ArrayList<>();
    List<ShellProblem> problems = new ArrayList<>();
    int at = 0;
    boolean inCommand = false;
    while (at < lines.size()) {
      String line = lines.get(at);
      if (!line.startsWith(PROMPT)) {
        if (!inCommand && !line.isBlank()) {
          problems.add(
              new ShellProblem(
                  "output-without-command",
                  new Position(at + 1, 1),
                  "output stands before the first command",
                  "in a console block, commands begin with \"$ \" and their output follows",
                  "write \"$ \" before the command, or make it a block of shell"));
          inCommand = true; // once is enough
        }
        at++;
        continue;
      }
      inCommand = true;
      int start = at;
      TypedText typed = new TypedText();
      typed.add(line.substring(PROMPT.length()), at + 1, PROMPT.length() + 1);
      at++;
      List<CommandLine> parsed = List.of();
      while (true) {
        try {
          parsed = new LineParser(typed).parse();
          break;
        } catch (SyntaxRefused refused) {
          boolean more =
              refused.unfinished()
                  && at < lines.size()
                  && (lines.get(at).startsWith(MORE)
                      || lines.get(at).equals(">")
                      || lines.get(at - 1).endsWith("\\"))
                  && !lines.get(at).startsWith(PROMPT);
          if (!more) {
            problems.add(refused.problem());
            break;
          }
          String next = lines.get(at);
          int prompt = next.equals(">") ? 1 : next.startsWith(MORE) ? MORE.length() : 0;
          typed.add(next.substring(prompt), at + 1, prompt + 1);
          at++;
        }
      }
      List<OutputLine> output = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).startsWith(PROMPT)) {
        output.add(new OutputLine(at + 1, lines.get(at)));
        at++;
      }
      if (parsed.isEmpty() && problems.isEmpty() && !output.isEmpty()) {
        problems.add(
            new ShellProblem(
                "output-without-command",
                new Position(start + 1, 1),
                "there is output, but no command above it",
                "a comment prints nothing",
                "write the command after \"$ \""));
      }
      // Only the last can be said to have printed what follows: a typed line is one command.
      for (int i = 0; i < parsed.size(); i++) {
        CommandLine command = parsed.get(i);
        commands.add(
            new CommandLine(
                command.position(),
                command.text(),
                command.jobs(),
                i == parsed.size() - 1 ? output : List.of()));
      }
    }
    return new CommandBlock(commands, problems);
  }

  /** A block of which every line is typed. */
  public static CommandBlock parseShell(String text) {
    TypedText typed = new TypedText();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      typed.add(lines.get(i), i + 1, 1);
    }
    if (lines.isEmpty()) {
      return new CommandBlock(List.of(), List.of());
    }
    try {
      return new CommandBlock(new LineParser(typed).parse(), List.of());
    } catch (SyntaxRefused refused) {
      return new CommandBlock(List.of(), List.of(refused.problem()));
    }
  }
}
