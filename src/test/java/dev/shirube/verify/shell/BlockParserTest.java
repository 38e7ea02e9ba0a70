package dev.shirube.verify.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.verify.shell.CommandLine.OutputLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockParserTest {

  private static CommandBlock console(String... lines) {
    return BlockParser.parseConsole(String.join("\n", lines));
  }

  @Test
  void linesAfterACommandAreItsOutput() {
    CommandBlock block = console("$ echo a", "a", "", "$ echo b", "b");
    assertEquals(List.of(), block.problems());
    assertEquals(2, block.commands().size());
    assertEquals(
        List.of(new OutputLine(2, "a"), new OutputLine(3, "")),
        block.commands().get(0).expectedOutput());
    assertEquals(new Position(4, 3), block.commands().get(1).position());
    assertEquals(List.of(new OutputLine(5, "b")), block.commands().get(1).expectedOutput());
  }

  @Test
  void aBackslashContinuesWithAndWithoutASecondPrompt() {
    CommandBlock block = console("$ echo a \\", ">   b \\", "  c", "a b c");
    assertEquals(List.of(), block.problems());
    CommandLine command = block.commands().getFirst();
    assertEquals(
        4, command.jobs().getFirst().chain().getFirst().pipeline().getFirst().words().size());
    assertEquals(
        new Position(3, 3),
        command
            .jobs()
            .getFirst()
            .chain()
            .getFirst()
            .pipeline()
            .getFirst()
            .words()
            .get(3)
            .position());
    assertEquals(List.of(new OutputLine(4, "a b c")), command.expectedOutput());
  }

  @Test
  void aHereDocumentGoesOnBehindSecondPrompts() {
    CommandBlock block = console("$ cat <<EOF", "> kind: Pod", ">", "> EOF", "kind: Pod");
    assertEquals(List.of(), block.problems());
    assertEquals(
        "kind: Pod\n\n",
        block
            .commands()
            .getFirst()
            .jobs()
            .getFirst()
            .chain()
            .getFirst()
            .pipeline()
            .getFirst()
            .redirections()
            .getFirst()
            .word()
            .literal()
            .orElseThrow());
    assertEquals(1, block.commands().getFirst().expectedOutput().size());
  }

  @Test
  void whatDiffPrintsIsOutputAndNotTyped() {
    CommandBlock block = console("$ diff a b", "1c1", "< x", "---", "> y");
    assertEquals(List.of(), block.problems());
    assertEquals(4, block.commands().getFirst().expectedOutput().size());
  }

  @Test
  void outputBeforeTheFirstCommandIsAnError() {
    CommandBlock block = console("NAME READY", "$ true");
    assertEquals("output-without-command", block.problems().getFirst().code());
    assertEquals(new Position(1, 1), block.problems().getFirst().position());
  }

  @Test
  void everyConsoleCommandWithAFaultIsReported() {
    CommandBlock block = console("$ ls *.yaml", "$ echo 'a", "$ true");
    assertEquals(
        List.of("unsupported-shell-syntax", "unfinished-command"),
        block.problems().stream().map(ShellProblem::code).toList());
    assertEquals(new Position(2, 8), block.problems().get(1).position());
    assertEquals(1, block.commands().size());
  }

  @Test
  void shellBlocksHaveCommentsAndNoOutput() {
    CommandBlock block =
        BlockParser.parseShell("# first\necho a#b # rest\n\necho c &&\n  echo d\n");
    assertEquals(List.of(), block.problems());
    assertEquals(
        List.of(new Position(2, 1), new Position(4, 1)),
        block.commands().stream().map(CommandLine::position).toList());
    assertEquals("echo c &&\n  echo d", block.commands().get(1).text());
  }

  @Test
  void jsonAndJsonpathInQuotesArePlainText() {
    CommandBlock block =
        BlockParser.parseShell(
            """
            kubectl patch pod x -p '{"spec":{"a":[1,2]}}'
            kubectl get pods -o jsonpath='{.items[*].metadata.name}'
            kubectl get pods -o jsonpath={.spec.nodeName}
            A=*
            """);
    assertEquals(List.of(), block.problems());
    assertEquals(4, block.commands().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ls *.yaml§4§pattern
          ls a?§5§pattern
          echo {.items[0].x}§6§pattern
          echo {a,b}§6§several words
          echo {1..3}§6§several words
          f() { echo; }§2§"("
          for i in a b; do echo; done§1§"for"
          if true; then echo; fi§1§"if"
          while true§1§"while"
          diff <(ls) a§6§"<("
          tee >(cat)§5§">("
          echo `date`§6§backticks
          echo "a `date`"§9§backticks
          echo $((1+1))§6§"$(("
          ((1))§1§"(("
          eval ls§1§"eval"
          source x§1§"source"
          . x§1§"."
          [[ a ]]§1§"[["
          ! true§1§"!"
          { ls; }§1§"{"
          (ls)§1§"("
          true; sudo ls§7§"sudo"
          ls |& cat§4§"|&"
          cat <<< x§5§"<<<"
          echo ${A:-b}§6§only ${NAME}
          echo $1§6§"$1"
          echo $@§6§"$@"
          echo $'a'§6§"$'"
          echo a > /etc/x§10§leaves the scratch folder
          echo a > ~/x§10§leaves the scratch folder
          echo a > ../x§10§leaves the scratch folder
          echo a 3> x§8§"3>"
          echo a &>> x§8§"&>>"
          echo a 2>&3§8§"2>&"
          true;;§5§";;"
          A+=b§1§"+="
          A=(b)§3§arrays
          ls ~root§4§homes
          | cat§1§missing
          true &&§7§missing
          true | | cat§8§missing
          echo )§6§closes nothing
          echo "a§6§not closed
          echo $(ls§9§")"
          set -e§1§"set"
          """)
  void refusedConstructsAreNamedWithTheirColumn(String line, String column, String what) {
    CommandBlock block = BlockParser.parseShell(line);
    assertFalse(block.problems().isEmpty(), line);
    ShellProblem problem = block.problems().getFirst();
    assertEquals(
        new Position(1, Integer.parseInt(column.strip())), problem.position(), problem.toString());
    assertTrue(
        problem.what().contains(what) || problem.code().equals("redirection-outside"),
        problem.toString());
    assertFalse(problem.fix().isBlank());
  }
}
