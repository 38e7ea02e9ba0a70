package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.cli.Main;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --update} against a real API server: what it writes is proven by the next run. */
class VerifyUpdateIT {

  private static final String PAGE =
      """
      = Page

      [source#apply,yaml,verify=apply]
      ----
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data: {colour: blue}
      ----

      [source#look,console,verify=run,tier=apiserver]
      ----
      $ kubectl -n {namespace} get configmap settings
      NAME       DATA   AGE
      settings   7      <age>
      ----

      [source#names,console,verify=run,tier=apiserver]
      ----
      include::names.txt[]
      ----
      """;

  @TempDir Path folder = Path.of("unset");
  private final StringWriter printed = new StringWriter();

  private int verify(String... more) {
    PrintWriter out = new PrintWriter(printed, true);
    String[] words = {
      "verify",
      "--cluster=local",
      "--tier=apiserver",
      "--name=update-it",
      "--content=" + folder.resolve("content"),
      "--fixtures=" + folder.resolve("fixtures"),
      "--receipts=" + folder.resolve("receipts"),
      "--reports=" + folder.resolve("reports")
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Main.run(out, out, all);
  }

  @Test
  void whatIsWrittenIsProvenByTheNextRun() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    Path page = folder.resolve("content/index.adoc");
    Path included = folder.resolve("content/names.txt");
    Files.createDirectories(folder.resolve("content"));
    Files.writeString(page, PAGE);
    Files.writeString(
        included, "$ kubectl -n {namespace} get configmap settings -o name\nconfigmap/other\n");

    assertEquals(1, verify("--update"), printed::toString);
    assertEquals(PAGE.replace("   7      <age>", "   1      <age>"), Files.readString(page));
    assertTrue(printed.toString().contains("+ settings   1      <age>"), printed::toString);

    assertEquals(1, verify("--update"), "the second output was not reached before");
    assertEquals(
        "$ kubectl -n {namespace} get configmap settings -o name\nconfigmap/settings\n",
        Files.readString(included));

    assertEquals(0, verify(), printed::toString);
  }
}
