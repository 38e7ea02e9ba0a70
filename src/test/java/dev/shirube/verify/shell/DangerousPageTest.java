package dev.shirube.verify.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a page may try, and what comes of it: nothing outside its namespaces. */
@Timeout(30)
class DangerousPageTest {
  private static final Limits LIMITS =
      Limits.USUAL.withProcesses(64).withTimeout(Duration.ofSeconds(3));

  private ScenarioShell shell;

  @BeforeEach
  void open() {
    shell = ScenarioShell.open(AllowedPrograms.ofTheMachine(), LIMITS, Map.of(), Map.of());
    assertEquals(Confinement.NAMESPACES, shell.confinement(), () -> "" + shell.whyNoNamespaces());
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private CommandResult run(String text) {
    CommandBlock block = BlockParser.parseShell(text);
    assertEquals(List.of(), block.problems());
    return shell.run(block.commands().getFirst());
  }

  /** Runs what no page may name, by way of a program that starts others. */
  private CommandResult runUnlisted(String script) {
    shell.put("script", script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return run("awk 'BEGIN { exit system(\"exec /bin/bash script\") }'");
  }

  /** Processes of the machine whose command line has the words. */
  private static List<ProcessHandle> processes(String words) {
    List<ProcessHandle> found = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.forEach(
          process -> {
            try {
              String line =
                  Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                      .replace('\0', ' ');
              if (line.contains(words)) {
                found.add(process);
              }
            } catch (IOException e) {
              // It has ended.
            }
          });
    }
    return found;
  }

  private static void assertGone(String words) throws InterruptedException {
    for (int i = 0; i < 100 && !processes(words).isEmpty(); i++) {
      Thread.sleep(20);
    }
    assertEquals(List.of(), processes(words));
  }

  @Test
  void removingEverythingRemovesOnlyItsOwn(@TempDir Path outside) throws Exception {
    Path canary = Files.writeString(outside.resolve("canary"), "alive");
    outside.toFile().setWritable(true, false);
    canary.toFile().setWritable(true, false);
    run("rm -rf --no-preserve-root / 2>/dev/null");
    run("rm -rf " + outside);
    assertEquals("alive", Files.readString(canary));
    assertTrue(Files.exists(Path.of("/usr/bin/env")));
    assertEquals("alive\n", run("echo alive").terminal());
  }

  @Test
  void itsHomeIsTemporary() {
    Path home = Path.of(System.getProperty("user.home"));
    assertTrue(Files.exists(home));
    run("rm -rf ~");
    assertTrue(Files.exists(home));
    assertNotEquals(0, run("ls " + home).exitCode());
    for (String folder : List.of("/root", "/run", "/var", "/sys", "/etc/shadow", "/etc/passwd")) {
      assertNotEquals(0, run("ls " + folder).exitCode(), folder);
    }
    assertEquals("reader\n", run("ls /home").terminal());
  }

  @Test
  void nothingOfTheCallersEnvironmentIsSeen() {
    assertEquals(
        "HOME KUBECONFIG LANG PATH PWD TERM TZ",
        String.join(" ", run("env | cut -d= -f1 | sort").terminal().lines().toList()));
    String seen =
        runUnlisted("cat /proc/*/environ /proc/*/task/*/environ 2>/dev/null | tr '\\0' '\\n'")
            .terminal();
    assertFalse(seen.isEmpty());
    List<String> own = seen.lines().map(line -> line.replaceFirst("=.*", "")).distinct().toList();
    // PATH of the programs that bring it in, and what bash adds.
    assertTrue(
        List.of("HOME", "KUBECONFIG", "LANG", "PATH", "PWD", "TERM", "TZ", "OLDPWD", "SHLVL", "_")
            .containsAll(own),
        own.toString());
  }

  @Test
  void theMachinesProcessesAreNotSeen() {
    String processes = run("ps -e -o args").terminal();
    assertFalse(processes.contains("java"), processes);
    assertEquals(4, processes.lines().count(), processes); // heading, the first two, ps
  }

  @Test
  void itHasNoRightsAndGetsNone() {
    CommandResult rights =
        runUnlisted("id -u; grep -E 'CapEff|NoNewPrivs' /proc/self/status; mount -t tmpfs x /tmp");
    assertFalse(rights.terminal().startsWith("0\n"), rights.terminal());
    assertTrue(rights.terminal().contains("CapEff:\t0000000000000000"), rights.terminal());
    assertTrue(rights.terminal().contains("NoNewPrivs:\t1"), rights.terminal());
    assertNotEquals(0, rights.exitCode());
  }

  @Test
  void nothingIsWrittenOutside() throws IOException {
    for (String folder : List.of("/", "/usr", "/usr/bin", "/etc", "/dev", "/programs", "/home")) {
      CommandResult result = run("touch " + folder + "/shirube-was-here");
      assertNotEquals(0, result.exitCode(), folder + ": " + result.terminal());
    }
    assertEquals(0, run("touch /tmp/shirube-was-here").exitCode());
    assertFalse(Files.exists(Path.of("/tmp/shirube-was-here")));
    run("ln -s /usr/bin/env link");
    assertNotEquals(0, run("echo pwned > link").exitCode());
    assertTrue(Files.size(Path.of("/usr/bin/env")) > 100);
  }

  @Test
  void aForkBombStaysSmallAndEnds() throws Exception {
    String name = "bomb-" + ProcessHandle.current().pid();
    shell.put(
        name, "f() { f | f & }; f; sleep 2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    BackgroundCommand bomb =
        shell.start(
            BlockParser.parseShell("awk 'BEGIN { system(\"exec /bin/bash " + name + "\") }'")
                .commands()
                .getFirst());
    int most = 0;
    for (int i = 0; i < 50; i++) {
      most = Math.max(most, processes("/bin/bash " + name).size());
      Thread.sleep(20);
    }
    assertTrue(most > 20 && most <= 64, "there were " + most);
    long start = System.nanoTime();
    shell.close();
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3));
    assertGone("/bin/bash " + name);
    assertEquals(
        BackgroundCommand.Readiness.ENDED, bomb.awaitEnd(Duration.ofSeconds(5)), bomb.output());
  }

  @Test
  void endlessOutputIsCutOffAndTold() {
    CommandResult result = run("awk 'BEGIN { while (1) print \"y\" }'");
    assertTrue(result.truncated());
    assertFalse(result.timedOut());
    assertEquals(LIMITS.outputBytes(), result.terminal().length());
    assertEquals("y\n", run("awk 'BEGIN { while (1) print \"y\" }' | head -n 1").terminal());
  }

  @Test
  void memoryAndFilesHaveAnEnd() {
    assertNotEquals(0, run("awk 'BEGIN { s = \"xxxxxxxx\"; while (1) s = s s }'").exitCode());
    CommandResult file = run("head -c 400000000 /dev/zero > file");
    assertNotEquals(0, file.exitCode(), file.terminal());
    for (int i = 0; i < 3; i++) {
      run("head -c 100000000 /dev/zero > part" + i);
    }
    assertNotEquals(0, run("head -c 100000000 /dev/zero > last").exitCode());
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() throws Exception {
    CommandResult result = run("sleep 654.321");
    assertTrue(result.timedOut());
    assertEquals(128 + 15, result.exitCode());
    assertGone("sleep 654.321");
    result = runUnlisted("trap '' TERM; while true; do sleep 0.123456; done");
    assertTrue(result.timedOut());
    assertGone("/bin/bash script");
    assertGone("sleep 0.123456");
    assertTrue(result.duration().compareTo(Duration.ofSeconds(6)) < 0, "" + result.duration());
  }

  @Test
  void aDaemonEndsWithItsScenario() throws Exception {
    CommandResult result =
        runUnlisted(
            "PATH=/usr/bin; setsid nohup sleep 765.432 >/dev/null 2>&1 & setsid sleep 765.433 &");
    assertTrue(result.duration().compareTo(Duration.ofSeconds(1)) < 0, "" + result.duration());
    assertEquals(2, processes("sleep 765.43").size());
    shell.close();
    assertGone("sleep 765.43");
  }

  @Test
  void killingAllItSeesHarmsNobodyElse() {
    CommandResult result = runUnlisted("kill -9 0; kill -9 -1");
    assertNotEquals(0, result.exitCode());
    // This very process is still there to say so.
    runUnlisted("kill -9 -1");
  }

  @Test
  void nothingIsLeftWhenTheVerifierIsKilled() throws Exception {
    Process verifier =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(LingeringScenario.class, ScenarioShell.class),
                LingeringScenario.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = verifier.inputReader()) {
      assertEquals("running", out.readLine());
      assertFalse(processes(LingeringScenario.COMMAND).isEmpty());
    } finally {
      verifier.destroyForcibly().waitFor();
    }
    assertGone(LingeringScenario.COMMAND);
  }

  private static String classPath(Class<?>... classes) {
    return Stream.of(classes)
        .map(part -> part.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
  }

  @Test
  void withoutNamespacesWhatCouldHarmIsRefused() {
    try (ScenarioShell session =
        ScenarioShell.openInSession(AllowedPrograms.ofTheMachine(), LIMITS)) {
      assertEquals(Confinement.SESSION, session.confinement());
      for (String line :
          List.of("pkill -f x", "killall x", "kill 1", "rm -rf x", "awk 1", "cat /etc/passwd")) {
        ShellProblem problem = session.check(BlockParser.parseShell(line).commands()).getFirst();
        assertEquals("program-needs-confinement", problem.code());
        assertTrue(problem.fix().contains("bubblewrap"));
      }
      CommandResult result =
          session.run(
              BlockParser.parseShell("echo a b > f; wc -w < f | tr 2 3").commands().getFirst());
      assertEquals("3\n", result.terminal());
      assertEquals(
          128 + 15,
          session
              .run(
                  BlockParser.parseShell("sleep 9").commands().getFirst(),
                  Streams.AS_A_TERMINAL,
                  Duration.ofMillis(100))
              .exitCode());
    }
  }
}
