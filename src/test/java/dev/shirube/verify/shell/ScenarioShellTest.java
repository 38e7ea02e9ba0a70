package dev.shirube.verify.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs in real namespaces: what a page's commands do and print. */
@Timeout(30)
class ScenarioShellTest {
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "namespace", "team-a",
          "evil", "x; touch pwned $(touch pwned) `touch pwned` 'q\" > pwned | tee pwned & #",
          "nested", "{namespace}",
          "end", "not this");

  private ScenarioShell shell;

  @BeforeEach
  void open() {
    shell =
        ScenarioShell.open(
            AllowedPrograms.ofTheMachine(), Limits.USUAL, PLACEHOLDERS, Map.of("GREETING", "hi"));
    assertEquals(Confinement.NAMESPACES, shell.confinement(), () -> "" + shell.whyNoNamespaces());
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private static List<CommandLine> lines(String text) {
    CommandBlock block = BlockParser.parseShell(text);
    assertEquals(List.of(), block.problems());
    return block.commands();
  }

  private CommandResult run(String text) {
    CommandResult result = null;
    for (CommandLine line : lines(text)) {
      result = shell.run(line);
    }
    assertTrue(result != null, "no command in " + text);
    return result;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          printf '%s.' a 'b c' "d e" f\\ g§a.b c.d e.f g.
          printf '%s.' '' "" a''b§..ab.
          printf '%s.' "a\\"b\\$c\\\\d\\e"§a"b$c\\d\\e.
          printf '%s.' 'it'\\''s'§it's.
          A='b  c'; printf '%s.' $A "$A"§b.c.b  c.
          A=; printf '%s.' x $A "$A" y§x..y.
          printf '%s.' $(printf 'a b\\n\\n') "$(printf 'a b\\n\\n')"§a.b.a b.
          printf '%s.' "$(printf '%s' "a  b")"§a  b.
          printf '%s.' {namespace} "{namespace}" '-n={namespace}' {other}§team-a.team-a.-n=team-a.{other}.
          printf '%s.' {nested}§{namespace}.
          printf '%s.' ~ ~/x a~ "~"§/home/reader./home/reader/x.a~.~.
          printf '%s.' $PWD ${PWD}x $GREETING§/work./workx.hi.
          printf '%s.' a$ '$A' \\$A§a$.$A.$A.
          false; printf '%s.' $?§1.
          true && printf a || printf b§a
          false && printf a || printf b§b
          false || false || printf c§c
          A=1 env | grep '^A='§A=1
          A=1; env | grep -c '^A='§0
          export A=1; env | grep '^A='§A=1
          printf 'b\\na\\n' | sort | head -n 1§a
          cd sub || printf no§cd: sub: No such file or directory no
          mkdir sub && cd sub && pwd§/work/sub
          cd / || printf no§cd: /: outside the scratch folder no
          printf a > f; printf b >> f; cat < f§ab
          ls none 2> e; wc -l < e§1
          ls none 2>/dev/null || printf gone§gone
          ls none &> both; grep -c none both§1
          printf a >&2§a
          """)
  void aLineMeansWhatItMeansInAShell(String line, String printed) {
    assertEquals(printed, run(line).terminal().strip().replace('\n', ' '));
  }

  @Test
  void aPlaceholderNeverBecomesSyntax() {
    String evil = PLACEHOLDERS.getOrDefault("evil", "");
    assertEquals(evil + ".", run("printf '%s.' {evil}").terminal());
    assertEquals(evil + ".", run("printf '%s.' \"{evil}\"").terminal());
    assertEquals(evil + ".", run("printf '%s.' '{evil}'").terminal());
    assertEquals(evil + ".", run("A={evil}; printf '%s.' \"$A\"").terminal());
    assertEquals(evil + "\n", run("cat <<EOF\n{evil}\nEOF").terminal());
    run("printf a > {evil}"); // one file, with that name
    assertEquals(evil, run("ls").terminal().strip());
    assertEquals("no", run("test -e pwned || printf no").terminal());
  }

  @Test
  void bracesThatAreNotAPlaceholdersStay() {
    assertEquals(
        "{range .items[*]}team-a{end} %{namespace} a{namespace}",
        run("printf %s '{range .items[*]}{namespace}{end} %{namespace} a{namespace}'").terminal());
  }

  @Test
  void hereDocumentsFillVariablesUnlessQuoted() {
    assertEquals("a hi $A\n", run("cat <<EOF\na $GREETING \\$A\nEOF").terminal());
    assertEquals("a $GREETING\n", run("cat <<'EOF'\na $GREETING\nEOF").terminal());
    assertEquals("a\nb\n", run("cat <<-EOF\n\ta\n\t\tb\n\tEOF").terminal());
    assertEquals("1\n", run("cat <<EOF | grep -c a\na\nEOF").terminal());
  }

  @Test
  void exitCodesAreTheProgramsOwn() {
    assertEquals(0, run("false | true").exitCode());
    assertEquals(1, run("true | false").exitCode());
    assertEquals(2, run("ls none").exitCode());
    assertEquals(128 + 15, run("awk 'BEGIN { system(\"kill -TERM $PPID\") }'").exitCode());
  }

  @Test
  void bothStreamsComeInTheOrderOfATerminal() {
    String line =
        "awk 'BEGIN { for (i = 0; i < 200; i++) { print i > \"/dev/stderr\"; print i; fflush() }"
            + " }'";
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      expected.append(i).append('\n').append(i).append('\n');
    }
    assertEquals(expected.toString(), run(line).terminal());
  }

  @Test
  void separateStreamsAreKeptApart() {
    CommandResult result =
        shell.run(
            lines("awk 'BEGIN { print \"warning\" > \"/dev/stderr\"; print \"{}\" }'").getFirst(),
            Streams.SEPARATE,
            Duration.ofSeconds(5));
    assertEquals("{}\n", result.standardOutput());
    assertEquals("warning\n", result.errors());
  }

  @Test
  void standardInputIsEmpty() {
    assertEquals("", run("cat").terminal());
  }

  @Test
  void anUnknownProgramIsRefusedBeforeAnythingRuns() {
    List<CommandLine> lines = lines("touch seen; kubctl get pods");
    ShellProblem problem = shell.check(lines).getFirst();
    assertEquals("unknown-program", problem.code());
    assertEquals(new Position(1, 13), problem.position());
    assertTrue(problem.fix().contains("allow it"), problem.fix());
    assertThrows(IllegalArgumentException.class, () -> shell.run(lines.getFirst()));
    assertEquals("", run("ls").terminal());
    assertTrue(shell.check(lines("gerp a")).getFirst().fix().contains("\"grep\""));
    assertEquals("unknown-program", shell.check(lines("echo $(bash -c ls)")).getFirst().code());
    assertEquals("unknown-program", shell.check(lines("/usr/bin/id")).getFirst().code());
    assertEquals("computed-program", shell.check(lines("A=ls; $A")).getFirst().code());
  }

  @Test
  void onlyVariablesOfThePageAreKnown() {
    ShellProblem problem = shell.check(lines("NAME=a\necho $NAME $NMAE")).getFirst();
    assertEquals("unset-variable", problem.code());
    assertEquals(new Position(2, 12), problem.position());
    assertTrue(problem.fix().contains("$NAME"), problem.fix());
    assertEquals("fixed-variable", shell.check(lines("PATH=/x ls")).getFirst().code());
    assertEquals("fixed-variable", shell.check(lines("LD_PRELOAD=x ls")).getFirst().code());
  }

  @Test
  void curlReachesLoopbackOnly() {
    assertEquals(List.of(), shell.check(lines("curl -s http://localhost:8080/a http://127.0.0.1")));
    assertEquals(
        "address-outside", shell.check(lines("curl https://example.com/x")).getFirst().code());
    assertEquals(
        "address-outside",
        shell.check(lines("curl http://localhost@example.com")).getFirst().code());
  }

  @Test
  void aBackgroundCommandLivesOnUntilItIsKilled() {
    CommandResult result =
        run("awk 'BEGIN { print \"Forwarding\"; fflush(); while (1) system(\"sleep 0.1\") }' &");
    BackgroundCommand command = result.background().getFirst();
    assertEquals(
        BackgroundCommand.Readiness.READY,
        command.awaitOutput("Forwarding", Duration.ofSeconds(5)));
    assertEquals("1\n", run("ps -e | grep -c awk").terminal());
    assertTrue(command.running());
    run("kill $!");
    assertEquals(BackgroundCommand.Readiness.ENDED, command.awaitEnd(Duration.ofSeconds(5)));
    assertEquals(128 + 15, command.exitCode().orElseThrow());
  }

  @Test
  void pkillReachesOnlyThePageItself() throws Exception {
    Process canary = new ProcessBuilder("sleep", "987.25").start();
    try (ScenarioShell other =
        ScenarioShell.open(AllowedPrograms.ofTheMachine(), Limits.USUAL, Map.of(), Map.of())) {
      BackgroundCommand beside = other.start(lines("sleep 987.25").getFirst());
      BackgroundCommand own = run("sleep 987.25 &").background().getFirst();
      run("pkill -f 'sleep 987.25'");
      assertEquals(BackgroundCommand.Readiness.ENDED, own.awaitEnd(Duration.ofSeconds(5)));
      run("kill -9 " + canary.pid() + "; killall -9 sleep; pkill -9 java");
      assertTrue(canary.isAlive());
      assertTrue(beside.running());
      assertEquals(0, run("true").exitCode());
    } finally {
      canary.destroyForcibly();
    }
  }

  @Test
  void aBackgroundCommandIsStoppedAsCtrlCDoes() {
    BackgroundCommand command = shell.start(lines("sleep 60").getFirst());
    assertEquals(
        BackgroundCommand.Readiness.TIMED_OUT, command.awaitOutput("never", Duration.ofMillis(50)));
    command.interrupt();
    assertEquals(BackgroundCommand.Readiness.ENDED, command.awaitEnd(Duration.ofSeconds(5)));
    assertEquals(128 + 2, command.exitCode().orElseThrow());
  }

  @Test
  void aPortIsReadyOnceItAccepts() {
    int port = freePort();
    BackgroundCommand command =
        shell.start(
            lines("openssl s_server -accept 127.0.0.1:" + port + " -nocert -cipher ALL")
                .getFirst());
    assertEquals(
        BackgroundCommand.Readiness.READY,
        command.awaitPort(port, Duration.ofSeconds(10)),
        command.output());
    command.stop();
    assertFalse(
        command.running()
            && command.awaitEnd(Duration.ofSeconds(5)) != BackgroundCommand.Readiness.ENDED);
  }

  private static int freePort() {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void filesOfTheCallerAreThere() {
    shell.put("examples/pod.yaml", "kind: Pod\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("kind: Pod\n", run("cat examples/pod.yaml").terminal());
    shell.putKubeconfig("kind: Config\n");
    assertEquals("kind: Config\n", run("cat $KUBECONFIG").terminal());
    assertThrows(IllegalArgumentException.class, () -> shell.put("../x", new byte[0]));
  }

  @Test
  void aProgramOfTheCallerIsReachedThroughClosedFolders(@TempDir Path folder) throws IOException {
    Path program = Files.createDirectories(folder.resolve("closed/bin")).resolve("greet");
    Files.writeString(program, "#!/bin/sh\necho hello $1\n");
    assertTrue(program.toFile().setExecutable(true, false));
    assertTrue(program.toFile().setReadable(true, false));
    Files.writeString(folder.resolve("closed/secret"), "secret");
    try (ScenarioShell other =
        ScenarioShell.open(
            AllowedPrograms.ofTheMachine().with("greet", program),
            Limits.USUAL,
            Map.of(),
            Map.of())) {
      assertEquals("hello you\n", other.run(lines("greet you").getFirst()).terminal());
      String secret = folder.resolve("closed/secret").toString();
      assertEquals(1, other.run(lines("cat " + secret).getFirst()).exitCode());
    }
  }

  @Test
  void aProgramThatTheCallerAnswersHearsItsWordsAndTellsWhatItHasToSay() {
    AllowedPrograms programs =
        AllowedPrograms.ofTheMachine()
            .answering(
                "remote",
                (arguments, said) -> {
                  said.accept(String.join("|", arguments) + "\n");
                  return arguments.size();
                });
    try (ScenarioShell remote =
        ScenarioShell.open(programs, Limits.USUAL, PLACEHOLDERS, Map.of())) {
      CommandResult result = remote.run(lines("remote 'a b' {namespace}").getFirst());
      assertEquals(2, result.exitCode());
      assertEquals("a b|team-a\n", result.terminal());
      assertEquals("\nafter\n", remote.run(lines("remote && echo after").getFirst()).terminal());
      assertEquals(
          List.of("unsupported-shell-syntax", "unsupported-shell-syntax"),
          remote.check(lines("remote a | cat\nremote a > file")).stream()
              .map(ShellProblem::code)
              .toList());
    }
  }
}
