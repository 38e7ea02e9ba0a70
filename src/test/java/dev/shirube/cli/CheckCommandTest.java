package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {

  private static final String PAGE =
      """
      = Home
      :placeholder-name: a name; example=a; verify=web

      text

      [source#config,yaml]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: {name}}
      ----

      [source#flow,yaml]
      ----
      apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
      kind: FlowSchema
      metadata: {name: a}
      spec: {priorityLevelConfiguration: {name: a}}
      ----
      """;

  @TempDir Path folder = Path.of("unset");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aSmallContentFolder() throws IOException {
    Files.createDirectories(folder.resolve("content"));
    write(PAGE.substring(0, PAGE.indexOf("[source#flow")));
  }

  private void write(String page) throws IOException {
    Files.writeString(folder.resolve("content/index.adoc"), page);
  }

  private List<String> arguments(String command, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                "--content=" + folder.resolve("content"),
                "--fixtures=" + folder.resolve("fixtures"),
                "--receipts=" + folder.resolve("receipts"),
                "--reports=" + folder.resolve("reports")));
    all.addAll(List.of(more));
    return all;
  }

  private int run(String command, String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments(command, more).toArray(String[]::new));
  }

  private void prove() {
    assertEquals(0, run("verify", "--cluster=none"), err::toString);
  }

  @Test
  void whatNoReceiptProvesIsWrongUntilItWasVerified() throws IOException {
    assertEquals(1, run("check"));
    assertTrue(
        err.toString().contains("[missing-receipt]: #config was never proven"), err::toString);
    prove();
    assertEquals(0, run("check"), err::toString);
    assertTrue(err.toString().contains("1 snippet: 1 passed (1 schema)"), err::toString);
    write(PAGE.replace("kind: ConfigMap", "kind: ConfigMapp"));
    assertEquals(1, run("check"));
  }

  @Test
  void aVersionThatIsDemandedAndNotProvenFailsWithItsCommand() throws IOException {
    prove();
    Files.writeString(
        folder.resolve("content/nav.adoc"), "= Site\n:kubernetes: 1.37, 1.35\n\n* xref:index.adoc[]\n");
    assertEquals(1, run("check"));
    assertTrue(
        err.toString().contains("[unproven-version]: #config is not proven on Kubernetes 1.35"),
        err::toString);
    assertTrue(
        err.toString()
            .contains("prove it there: shirube verify --kubernetes 1.35 --page index.adoc"),
        err::toString);

    assertEquals(0, run("verify", "--cluster=none", "--kubernetes=1.35", "--page=index.adoc"));
    assertEquals(0, run("check"), err::toString);

    JsonNode coverage =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("reports/coverage.json")));
    assertEquals("[\"1.37\",\"1.35\"]", coverage.get("kubernetes").toString());
    assertEquals(1, coverage.at("/minors/1.35/schema").asInt());
    assertEquals("100.0", coverage.at("/total/accountedPercent").asString());
  }

  @Test
  void aReceiptOfAnOlderShirubeIsSaidToBeSoWithWhatToDo() throws IOException {
    prove();
    Path receipt = folder.resolve("receipts/index.json");
    Files.writeString(
        receipt, Files.readString(receipt).replace("\"format\": 2", "\"format\": 1"));
    assertEquals(1, run("check"));
    assertTrue(
        err.toString().contains("delete the file and run: shirube verify --page index.adoc"),
        err::toString);
  }

  @Test
  void aSecondCheckSaysThatNothingHasChanged() throws IOException {
    prove();
    assertEquals(0, run("check"));
    assertEquals(0, run("check"));
    assertEquals(
        "1 snippet: 1 proven, 0 skipped with a reason (nothing has changed since the last"
            + " check)\n",
        err.toString().replace("\r\n", "\n"));
    write(PAGE.replace("text", "TEXT"));
    assertEquals(1, run("check"), err::toString);
  }

  @Test
  void aWarningIsToldEachTime() throws IOException {
    write("= Home\n:description: x\n\ntext {nonsuch}\n");
    assertEquals(0, run("check"), err::toString);
    assertTrue(err.toString().contains("warning"), err::toString);
    assertEquals(0, run("check"));
    assertTrue(err.toString().contains("warning"), err::toString);
  }

  @Test
  void aSecondCheckDoesNotEvenStartAsciidoctor() throws Exception {
    prove();
    assertTrue(classesOf("check").contains("org.jruby"));
    String second = classesOf("check");
    assertTrue(second.contains("nothing has changed"), second);
    assertFalse(second.contains("org.jruby"));
  }

  /** What a process of its own loads and prints. */
  private String classesOf(String command) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    words.addAll(arguments(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  @Test
  void jsonIsAllThatIsPrintedOnStandardOutput() {
    assertEquals(1, run("check", "--json"));
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertEquals("config", json.get("snippets").get(0).get("id").asString());
    assertEquals("failed", json.get("snippets").get(0).get("outcome").asString());
    assertTrue(err.toString().contains("missing-receipt"));
    prove();
    assertEquals(0, run("check"));
    assertEquals(0, run("check", "--json"), "it is printed though nothing has changed");
    assertFalse(JsonMapper.shared().readTree(out.toString()).get("snippets").isEmpty());
  }

  @Test
  void aMatrixShowsWhatWorksOnWhichMinor() throws IOException {
    write(PAGE);
    assertEquals(1, run("check", "--kubernetes=1.31..1.32"));
    assertEquals(
        """
                           1.31  1.32
        index.adoc#config    ok    ok
        index.adoc#flow      ok  FAIL
        """,
        out.toString().replace("\r\n", "\n").replaceAll("(?m) +$", ""));
    assertTrue(err.toString().contains("2 manifests on 2 minors: 1 problem\n"), err::toString);
    assertEquals(0, run("check", "--kubernetes=1.31"));
  }

  @Test
  void aManifestIsOnlyHeldAgainstTheMinorsThatItIsAbout() throws IOException {
    write(PAGE.replace("#flow,yaml", "#flow,yaml,verify=apply,k8s=..1.31"));
    assertEquals(0, run("check", "--kubernetes=1.31..1.32"), () -> out.toString() + err);
  }

  @Test
  void aListingThatCannotBeReadIsNotMissingSilently() throws IOException {
    write(PAGE.replace("#config,yaml", "#config,yaml,verify=aply"));
    assertEquals(1, run("check", "--kubernetes=1.31"));
    assertTrue(err.toString().contains("[unknown-verb]"), err::toString);
  }

  @Test
  void aRangeThatIsNoneOrNotKnownIsWrongUsage() {
    for (String range : List.of("1.x", "1.37..1.29", "1.2..1.4", "2.0", "..")) {
      assertEquals(2, run("check", "--kubernetes=" + range), range);
      assertTrue(
          err.toString().contains("--kubernetes takes minors from 1.29 to 1.37"), err::toString);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsTheEnvironmentsFault() throws IOException {
    Files.writeString(folder.resolve("reports"), "a file");
    assertEquals(3, run("check"));
    assertTrue(err.toString().contains("cannot write reports to"), err::toString);
  }
}
