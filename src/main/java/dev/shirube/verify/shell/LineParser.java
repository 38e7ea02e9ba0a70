package dev.shirube.verify.shell;

import dev.shirube.verify.shell.CommandLine.Assignment;
import dev.shirube.verify.shell.CommandLine.Condition;
import dev.shirube.verify.shell.CommandLine.Direction;
import dev.shirube.verify.shell.CommandLine.Job;
import dev.shirube.verify.shell.CommandLine.Link;
import dev.shirube.verify.shell.CommandLine.Redirection;
import dev.shirube.verify.shell.CommandLine.SimpleCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed commands. The grammar is a part of the POSIX shell's, so that what it accepts means
 * the same in the reader's shell:
 *
 * <pre>
 * lines        = ( [ jobs ] [ comment ] newline )*
 * jobs         = chain ( ( ";" | "&" ) chain )* [ ";" | "&" ]
 * chain        = pipeline ( ( "&&" | "||" ) newline* pipeline )*
 * pipeline     = command ( "|" newline* command )*
 * command      = ( assignment | redirection )* ( word | redirection )*
 * assignment   = NAME "=" [ word ]
 * redirection  = ( "<" | ">" | ">>" | "2>" | "2>>" | "&>" ) word | "2>&1" | ">&2"
 *              | ( "<<" | "<<-" ) word                  ; the lines up to that word are the input
 * word         = ( letter | "\" any | "'" any* "'" | '"' ( any | expansion )* '"' | expansion )+
 * expansion    = "$" NAME | "${" NAME "}" | "$?" | "$!" | "$(" jobs ")"
 * comment      = "#" any*                               ; only where a word could begin
 * </pre>
 *
 * {@code ~} and {@code ~/} at the start of a word are the home folder. Patterns, braces with
 * commas, compound commands and what changes the shell itself are refused rather than read
 * otherwise than a shell would.
 */
final class LineParser {
  static final String UNSUPPORTED = "unsupported-shell-syntax";
  private static final String UNFINISHED = "unfinished-command";
  private static final String NOT_RUN_BY_A_SHELL =
      "commands are run one by one, without a shell, so that each can be proven";
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(\\+?)=");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern BRACES = Pattern.compile("\\{[^{}\\s]*(,|\\.\\.)[^{}\\s]*}");
  private static final Pattern NUMBERED =
      Pattern.compile("([0-9]*)(<<-|<<<|<<|<>|<&|<|>>|>\\||>&|>)");

  /** Words that mean more to a shell than a program, and what to write instead. */
  private static final Map<String, String> RESERVED =
      Map.ofEntries(
          Map.entry("if", "use && and ||"),
          Map.entry("then", "use && and ||"),
          Map.entry("else", "use && and ||"),
          Map.entry("elif", "use && and ||"),
          Map.entry("fi", "use && and ||"),
          Map.entry("for", "write the commands out, or use xargs"),
          Map.entry("while", "wait with within= or kubectl wait"),
          Map.entry("until", "wait with within= or kubectl wait"),
          Map.entry("do", "write the commands out"),
          Map.entry("done", "write the commands out"),
          Map.entry("case", "write the commands out"),
          Map.entry("esac", "write the commands out"),
          Map.entry("select", "write the commands out"),
          Map.entry("function", "write the commands out"),
          Map.entry("time", "leave it out: the report has the duration"),
          Map.entry("[[", "use test"),
          Map.entry("!", "say exit=1 on the block"),
          Map.entry("{", "write the commands one a line"),
          Map.entry("}", "write the commands one a line"),
          Map.entry("eval", "write the command itself"),
          Map.entry("source", "write the commands themselves"),
          Map.entry(".", "write the commands themselves"),
          Map.entry("exec", "write the command itself"),
          Map.entry("set", "leave it out: a command that fails ends the scenario"),
          Map.entry("trap", "use a teardown block"),
          Map.entry("alias", "write the command out"),
          Map.entry("read", "use a placeholder"),
          Map.entry("wait", "use %background with ready= and stop="),
          Map.entry("jobs", "use ps"),
          Map.entry("fg", "use %background with ready= and stop="),
          Map.entry("bg", "end the command with &"),
          Map.entry("exit", "say exit= on the block"),
          Map.entry("ulimit", "leave it out: Shirube sets limits of its own"),
          Map.entry("sudo", "write the command without it"));

  private final TypedText source;
  private final String text;
  private int at;

  /** After the here-documents of the present line; 0 where it has none. */
  private int afterHereDocuments;

  LineParser(TypedText source) {
    this.source = source;
    this.text = source.toString();
  }

  /** All lines of the text. */
  List<CommandLine> parse() {
    List<CommandLine> lines = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (end()) {
        return lines;
      }
      if (peek() == '\n') {
        nextLine();
        continue;
      }
      int start = at;
      List<Job> jobs = jobs(false);
      String typed = text.substring(start, Math.max(at, afterHereDocuments)).stripTrailing();
      lines.add(new CommandLine(source.position(start), typed, jobs, List.of()));
    }
  }

  private List<Job> jobs(boolean nested) {
    List<Job> jobs = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (end()) {
        if (nested) {
          throw unfinished(at, "\"$(\" has no \")\"", "close it with )");
        }
        return jobs;
      }
      if (peek() == '\n' || (nested && peek() == ')')) {
        return jobs;
      }
      List<Link> chain = chain();
      skipBlanks();
      boolean background = false;
      if (!end() && (peek() == ';' || peek() == '&')) {
        if (text.startsWith(";;", at)) {
          throw refused(at, "\";;\" is not run", "write the commands out");
        }
        background = peek() == '&';
        at++;
      } else if (!end() && peek() == ')' && !nested) {
        throw refused(at, "\")\" closes nothing", "put it in quotes: ')'");
      }
      jobs.add(new Job(chain, background));
    }
  }

  private List<Link> chain() {
    List<Link> chain = new ArrayList<>();
    chain.add(new Link(Condition.ALWAYS, pipeline()));
    while (true) {
      skipBlanks();
      Condition condition;
      if (text.startsWith("&&", at)) {
        condition = Condition.SUCCESS;
      } else if (text.startsWith("||", at)) {
        condition = Condition.FAILURE;
      } else {
        return chain;
      }
      at += 2;
      skipLineBreaks();
      chain.add(new Link(condition, pipeline()));
    }
  }

  private List<SimpleCommand> pipeline() {
    List<SimpleCommand> commands = new ArrayList<>();
    commands.add(command());
    while (true) {
      skipBlanks();
      if (end() || peek() != '|' || text.startsWith("||", at)) {
        return commands;
      }
      if (text.startsWith("|&", at)) {
        throw refused(at, "\"|&\" is not run", "write 2>&1 |");
      }
      at++;
      skipLineBreaks();
      commands.add(command());
    }
  }

  private SimpleCommand command() {
    skipBlanks();
    int start = at;
    List<Assignment> assignments = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (end()) {
        break;
      }
      char next = peek();
      if (next == '(') {
        String what = text.startsWith("((", at) ? "\"((\"" : words.isEmpty() ? "\"(\"" : "\"()\"";
        throw refused(at, what + " is not run", "write the commands one a line, or quote it: '('");
      }
      if (next == '\n' || next == ';' || next == '|' || next == ')') {
        break;
      }
      if (next == '&') {
        if (text.startsWith("&>>", at)) {
          throw refused(at, "\"&>>\" is not run", "write >> FILE 2>&1");
        }
        if (!text.startsWith("&>", at)) {
          break;
        }
        at += 2;
        redirections.add(new Redirection(Direction.BOTH, target("&>")));
        continue;
      }
      Matcher redirection = NUMBERED.matcher(text).region(at, text.length());
      if (redirection.lookingAt()) {
        redirections.add(redirection(redirection.group(1), redirection.group(2)));
        continue;
      }
      Matcher assignment = ASSIGNMENT.matcher(text).region(at, text.length());
      if (words.isEmpty() && assignment.lookingAt()) {
        if (!assignment.group(2).isEmpty()) {
          throw refused(at, "\"+=\" is not run", "write the whole value");
        }
        Position position = source.position(at);
        at = assignment.end();
        if (!end() && peek() == '(') {
          throw refused(at, "arrays are not run", "write the values where they are used");
        }
        Word value = atWordEnd() ? new Word(position, List.of()) : word(true);
        assignments.add(new Assignment(assignment.group(1), value));
        continue;
      }
      int wordStart = at;
      boolean value =
          !words.isEmpty()
              && words.getFirst().literal().orElse("").equals("export")
              && assignment.lookingAt();
      Word word = word(value);
      if (words.isEmpty()) {
        String typed = text.substring(wordStart, at);
        String instead = RESERVED.get(typed);
        if (instead != null) {
          throw refused(wordStart, "\"" + typed + "\" is not run", instead);
        }
      }
      words.add(word);
    }
    if (words.isEmpty() && assignments.isEmpty()) {
      if (end() && start > 0) {
        throw unfinished(
            start, "a command is missing at the end", "write it, or leave the sign out");
      }
      throw refused(start, "a command is missing here", "write it, or leave the sign out");
    }
    return new SimpleCommand(source.position(start), assignments, words, redirections);
  }

  private Redirection redirection(String number, String sign) {
    int start = at;
    at += number.length() + sign.length();
    boolean output = sign.startsWith(">");
    return switch (output && number.equals("1") ? sign : number + sign) {
      case "<" -> new Redirection(Direction.INPUT, target(sign));
      case ">" -> new Redirection(Direction.OUTPUT, target(sign));
      case ">>" -> new Redirection(Direction.APPEND, target(sign));
      case "2>" -> new Redirection(Direction.ERRORS, target("2>"));
      case "2>>" -> new Redirection(Direction.APPEND_ERRORS, target("2>>"));
      case "2>&" -> duplicate(start, "1", Direction.ERRORS_TO_OUTPUT);
      case ">&" -> duplicate(start, "2", Direction.OUTPUT_TO_ERRORS);
      case "<<" -> hereDocument(start, false);
      case "<<-" -> hereDocument(start, true);
      case "<<<" -> throw refused(start, "\"<<<\" is not run", "use printf '%s\\n' … | COMMAND");
      default -> {
        String process = !end() && peek() == '(' ? "(" : "";
        throw refused(
            start,
            "\"" + number + sign + process + "\" is not run",
            "use <, >, >>, 2>, 2>&1 or &> with a file name");
      }
    };
  }

  private Redirection duplicate(int start, String number, Direction direction) {
    boolean fits =
        text.startsWith(number, at) && (at + 1 == text.length() || isWordEnd(text.charAt(at + 1)));
    if (!fits) {
      throw refused(
          start,
          "\"" + text.substring(start, at) + "\" is run with 2>&1 and >&2 alone",
          "use 2>&1, >&2 or &> with a file name");
    }
    at++;
    return new Redirection(direction, new Word(source.position(start), List.of()));
  }

  private Word target(String sign) {
    skipBlanks();
    if (!end() && peek() == '(') {
      throw refused(
          at - sign.length(), "\"" + sign + "(\" is not run", "write to a file and name it");
    }
    if (atWordEnd()) {
      throw refused(at, "\"" + sign + "\" names no file", "write a file name after it");
    }
    Word word = word(false);
    boolean home =
        word.parts().getFirst() instanceof Word.Variable variable && variable.name().equals("HOME");
    String name = home ? "~" : word.literal().orElse("-");
    if (!plainName(name)) {
      throw new SyntaxRefused(outside(word.position(), name), false);
    }
    return word;
  }

  /** Whether a redirection may name it: a file below the present folder, or nothing at all. */
  static boolean plainName(String name) {
    return name.equals("/dev/null")
        || !(name.isEmpty()
            || name.startsWith("/")
            || name.startsWith("~")
            || name.equals("..")
            || name.startsWith("../")
            || name.endsWith("/..")
            || name.contains("/../"));
  }

  static ShellProblem outside(Position position, String name) {
    return new ShellProblem(
        "redirection-outside",
        position,
        "a redirection to \"" + name + "\" leaves the scratch folder",
        "a page may only write below the folder of its scenario",
        "use a plain file name, or /dev/null");
  }

  private Redirection hereDocument(int start, boolean tabs) {
    skipBlanks();
    if (atWordEnd()) {
      throw refused(at, "\"<<\" names no end", "write <<EOF");
    }
    int wordStart = at;
    Word word = word(true);
    boolean literal = text.substring(wordStart, at).matches(".*['\"\\\\].*");
    String limit =
        word.literal()
            .orElseThrow(
                () -> refused(wordStart, "the end of \"<<\" is a variable", "write <<EOF"));
    int from = afterHereDocuments;
    if (from == 0) {
      int lineEnd = text.indexOf('\n', at);
      from = lineEnd < 0 ? text.length() : lineEnd + 1;
    }
    StringBuilder body = new StringBuilder();
    List<Word.Part> parts = new ArrayList<>();
    int line = from;
    while (true) {
      if (line >= text.length()) {
        throw unfinished(
            start,
            "the here-document has no line \"" + limit + "\"",
            "end it with \"" + limit + "\"; in a console block its lines begin with \"> \"");
      }
      int lineEnd = text.indexOf('\n', line);
      lineEnd = lineEnd < 0 ? text.length() : lineEnd;
      int first = line;
      while (tabs && first < lineEnd && text.charAt(first) == '\t') {
        first++;
      }
      if (text.substring(first, lineEnd).equals(limit)) {
        afterHereDocuments = Math.min(lineEnd + 1, text.length());
        break;
      }
      if (literal) {
        body.append(text, first, lineEnd).append('\n');
      } else {
        hereLine(first, lineEnd, body, parts);
      }
      line = lineEnd + 1;
    }
    flush(body, parts, true);
    return new Redirection(Direction.HERE_DOCUMENT, new Word(source.position(start), parts));
  }

  private void hereLine(int first, int lineEnd, StringBuilder body, List<Word.Part> parts) {
    int back = at;
    at = first;
    while (at < lineEnd) {
      char next = text.charAt(at);
      if (next == '\\' && at + 1 < lineEnd && "$`\\".indexOf(text.charAt(at + 1)) >= 0) {
        body.append(text.charAt(at + 1));
        at += 2;
      } else if (next == '`') {
        throw backtick();
      } else if (next == '$') {
        expansion(body, parts, true);
      } else {
        body.append(next);
        at++;
      }
    }
    body.append('\n');
    at = back;
  }

  /**
   * A word.
   *
   * @param value whether it is the value of an assignment, in which patterns are plain letters
   */
  private Word word(boolean value) {
    int start = at;
    List<Word.Part> parts = new ArrayList<>();
    StringBuilder letters = new StringBuilder();
    StringBuilder bare = new StringBuilder(); // what a pattern or braces could be made of
    if (peek() == '~' && !value) {
      int after = at + 1;
      if (after < text.length() && NAME.matcher(text.substring(after, after + 1)).matches()) {
        throw refused(at, "homes of other users are not known", "write the path");
      }
      if (after == text.length() || text.charAt(after) == '/' || isWordEnd(text.charAt(after))) {
        parts.add(new Word.Variable("HOME", true));
        at++;
      }
    }
    while (!atWordEnd()) {
      char next = peek();
      switch (next) {
        case '\\' -> {
          if (at + 1 == text.length()) {
            throw unfinished(at, "the line ends with \"\\\"", "continue it on the next line");
          }
          if (text.charAt(at + 1) != '\n') {
            flush(letters, parts, false);
            letters.append(text.charAt(at + 1));
            flush(letters, parts, true);
            bare.append('x');
          }
          at += 2;
        }
        case '\'' -> {
          int close = text.indexOf('\'', at + 1);
          if (close < 0) {
            throw unfinished(at, "the quote ' is not closed", "close it");
          }
          flush(letters, parts, false);
          parts.add(new Word.Text(text.substring(at + 1, close), true));
          bare.append('x');
          at = close + 1;
        }
        case '"' -> {
          flush(letters, parts, false);
          quoted(parts);
          bare.append('x');
        }
        case '`' -> throw backtick();
        case '$' -> {
          flush(letters, parts, false);
          expansion(letters, parts, false);
          bare.append('x');
        }
        case '*', '?' -> {
          if (!value) {
            throw pattern(at, String.valueOf(next));
          }
          letters.append(next);
          at++;
        }
        default -> {
          letters.append(next);
          bare.append(next);
          at++;
        }
      }
      if (!end() && peek() == '(' && !letters.isEmpty()) {
        throw refused(at, "functions and patterns with \"(\" are not run", "put it in quotes: '('");
      }
    }
    flush(letters, parts, false);
    if (!value) {
      int open = bare.indexOf("[");
      if (open >= 0 && bare.indexOf("]", open + 2) > open) {
        throw pattern(start, "[…]");
      }
      Matcher braces = BRACES.matcher(bare);
      if (braces.find()) {
        throw refused(
            start,
            "\"" + braces.group() + "\" would become several words",
            "write them out, or put it in quotes");
      }
    }
    return new Word(source.position(start), parts);
  }

  private void quoted(List<Word.Part> parts) {
    int open = at;
    at++;
    StringBuilder letters = new StringBuilder();
    while (true) {
      if (end()) {
        throw unfinished(open, "the quote \" is not closed", "close it");
      }
      char next = peek();
      if (next == '"') {
        at++;
        // An empty pair still makes a word.
        parts.add(new Word.Text(letters.toString(), true));
        return;
      }
      if (next == '`') {
        throw backtick();
      }
      if (next == '$') {
        expansion(letters, parts, true);
      } else if (next == '\\' && at + 1 < text.length()) {
        char escaped = text.charAt(at + 1);
        if ("$`\"\\".indexOf(escaped) >= 0) {
          letters.append(escaped);
        } else if (escaped != '\n') {
          letters.append('\\').append(escaped);
        }
        at += 2;
      } else {
        letters.append(next);
        at++;
      }
    }
  }

  private void expansion(StringBuilder letters, List<Word.Part> parts, boolean quoted) {
    int start = at;
    if (text.startsWith("$((", at)) {
      throw refused(at, "\"$((\" is not run", "write the number");
    }
    if (text.startsWith("$(", at)) {
      flush(letters, parts, quoted);
      at += 2;
      List<Job> jobs = jobs(true);
      if (end() || peek() != ')') {
        throw unfinished(start, "\"$(\" has no \")\" on its line", "close it on the same line");
      }
      at++;
      parts.add(new Word.Substitution(jobs, quoted));
      return;
    }
    if (text.startsWith("${", at)) {
      int close = text.indexOf('}', at);
      String name = close < 0 ? "" : text.substring(at + 2, close);
      if (!NAME.matcher(name).matches()) {
        throw refused(at, "only ${NAME} is known", "write the value, or ${NAME}");
      }
      flush(letters, parts, quoted);
      parts.add(new Word.Variable(name, quoted));
      at = close + 1;
      return;
    }
    if (text.startsWith("$?", at) || text.startsWith("$!", at)) {
      flush(letters, parts, quoted);
      parts.add(new Word.Variable(text.substring(at + 1, at + 2), quoted));
      at += 2;
      return;
    }
    Matcher name = NAME.matcher(text).region(at + 1, text.length());
    if (name.lookingAt()) {
      flush(letters, parts, quoted);
      parts.add(new Word.Variable(name.group(), quoted));
      at = name.end();
      return;
    }
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (Character.isDigit(next)
        || "@*#$-".indexOf(next) >= 0
        || (!quoted && "'\"".indexOf(next) >= 0)) {
      throw refused(start, "\"$" + next + "\" is not known", "write the value");
    }
    letters.append('$'); // a shell leaves a lone one as it is
    at++;
  }

  private static void flush(StringBuilder letters, List<Word.Part> parts, boolean quoted) {
    if (!letters.isEmpty()) {
      parts.add(new Word.Text(letters.toString(), quoted));
      letters.setLength(0);
    }
  }

  private void skipBlanks() {
    while (!end()) {
      char next = peek();
      if (next == ' ' || next == '\t') {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
      } else if (next == '\\' && at + 1 == text.length()) {
        throw unfinished(at, "the line ends with \"\\\"", "continue it on the next line");
      } else if (next == '#') {
        // Blanks stand before it, so a word could begin here.
        while (!end() && peek() != '\n') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private void skipLineBreaks() {
    skipBlanks();
    while (!end() && peek() == '\n') {
      nextLine();
      skipBlanks();
    }
  }

  private void nextLine() {
    at = Math.max(at + 1, afterHereDocuments);
    afterHereDocuments = 0;
  }

  private boolean end() {
    return at >= text.length();
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean atWordEnd() {
    return end() || isWordEnd(peek());
  }

  private static boolean isWordEnd(char next) {
    return " \t\n;&|<>()".indexOf(next) >= 0;
  }

  private SyntaxRefused backtick() {
    return refused(at, "backticks are not run", "write $(…)");
  }

  private SyntaxRefused pattern(int index, String sign) {
    return refused(
        index,
        "\"" + sign + "\" outside quotes is a pattern for file names",
        "put the word in quotes, or write the names");
  }

  private SyntaxRefused refused(int index, String what, String fix) {
    return new SyntaxRefused(
        new ShellProblem(UNSUPPORTED, source.position(index), what, NOT_RUN_BY_A_SHELL, fix),
        false);
  }

  private SyntaxRefused unfinished(int index, String what, String fix) {
    return new SyntaxRefused(
        new ShellProblem(
            UNFINISHED,
            source.position(Math.max(0, Math.min(index, text.length() - 1))),
            what,
            "a shell would wait for more",
            fix),
        true);
  }
}
