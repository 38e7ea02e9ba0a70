package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The options; what clusters have to do with is in the integration tests. */
class VerifyCommandTest {

  @TempDir Path folder = Path.of("unset");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void threePages() throws IOException {
    Files.createDirectories(folder.resolve("content/glossary"));
    for (String page : List.of("glossary/pod", "glossary/node", "index")) {
      write(page, "ConfigMap");
    }
    Files.writeString(folder.resolve("content/plain.adoc"), "= Plain\n\nno snippets\n");
  }

  private void write(String page, String kind) throws IOException {
    Files.writeString(
        folder.resolve("content/" + page + ".adoc"),
        "= Page\n\n[source#a,yaml]\n----\napiVersion: v1\nkind: "
            + kind
            + "\nmetadata: {name: a}\n----\n\n"
            + "[source#b,console,verify=run]\n----\n$ echo a\n----\n");
  }

  private int run(String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all =
        new ArrayList<>(
            List.of(
                "verify",
                "--content=" + folder.resolve("content"),
                "--fixtures=" + folder.resolve("fixtures"),
                "--receipts=" + folder.resolve("receipts"),
                "--reports=" + folder.resolve("reports"),
                "--cluster=none"));
    all.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private List<String> pages() {
    return StreamSupport.stream(
            JsonMapper.shared().readTree(out.toString()).get("snippets").spliterator(), false)
        .map(snippet -> snippet.get("page").asString())
        .distinct()
        .toList();
  }

  @Test
  void aPageThatIsNotThereSuggestsTheNearest() {
    assertEquals(2, run("--page=glossary/pods.adoc"));
    assertTrue(
        err.toString()
            .contains(
                "no page with snippets is called \"glossary/pods.adoc\"; did you mean"
                    + " \"glossary/pod.adoc\"?"),
        err::toString);
    assertEquals(2, run("--page=plain.adoc"));
    assertFalse(Files.exists(folder.resolve("receipts")));
  }

  @Test
  void onlyThePagesThatAreNamedAreProven() {
    assertEquals(0, run("--json", "--page=glossary/pod.adoc", "--page=index.adoc"));
    assertEquals(List.of("glossary/pod.adoc", "index.adoc"), pages());
    assertTrue(Files.exists(folder.resolve("receipts/index.json")));
    assertFalse(Files.exists(folder.resolve("receipts/glossary/node.json")));
  }

  @Test
  void shardsTogetherAreAllPagesAndNoneTwice() throws IOException {
    List<String> all = new ArrayList<>();
    for (String shard : List.of("1/2", "2/2")) {
      assertEquals(0, run("--json", "--shard=" + shard), err::toString);
      all.addAll(pages());
      // Another machine begins with the receipts of the same commit.
      Files.move(folder.resolve("receipts"), folder.resolve("receipts-" + shard.charAt(0)));
    }
    assertEquals(
        List.of("glossary/node.adoc", "glossary/pod.adoc", "index.adoc"),
        all.stream().sorted().toList());
  }

  @Test
  void aShardThatIsNoneIsWrongUsage() {
    for (String shard : List.of("0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3")) {
      assertEquals(2, run("--shard=" + shard), shard);
      assertTrue(
          err.toString().contains("--shard takes I/N such as 1/4, not \"" + shard + "\""),
          err::toString);
    }
  }

  @Test
  void whatASchemaRefusesIsWrongContent() throws IOException {
    write("index", "ConfigMapp");
    assertEquals(1, run("--json"));
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertTrue(json.toString().contains("\"failed\""), json::toString);
    assertTrue(err.toString().contains("content/index.adoc:6: error"), err::toString);
    assertTrue(Files.exists(folder.resolve("receipts/glossary/pod.json")));
  }

  @Test
  void withoutAClusterTheRestIsNotRunAndSaysSo() {
    assertEquals(0, run());
    assertTrue(err.toString().contains("3 not run: there is no cluster"), err::toString);
    for (String report :
        List.of("junit.xml", "shirube.sarif", "results.json", "code-quality.json")) {
      assertTrue(Files.exists(folder.resolve("reports").resolve(report)), report);
    }
  }

  @Test
  void onlyChangedPagesAreProvenWhenAskedFor() throws IOException {
    for (String page : List.of("glossary/pod", "glossary/node", "index")) {
      String text = Files.readString(folder.resolve("content/" + page + ".adoc"));
      Files.writeString(
          folder.resolve("content/" + page + ".adoc"),
          text.replace("verify=run", "verify=skip,because=b"));
    }
    assertEquals(0, run());
    assertEquals(0, run("--changed", "--json"));
    assertEquals(List.of(), pages());
    Path page = folder.resolve("content/index.adoc");
    Files.writeString(page, Files.readString(page).replace("name: a", "name: b"));
    assertEquals(0, run("--changed", "--json"));
    assertEquals(List.of("index.adoc"), pages());
  }

  @Test
  void receiptsOfPagesThatAreGoneGoWithAWholeRun() throws IOException {
    assertEquals(0, run());
    Files.delete(folder.resolve("content/glossary/pod.adoc"));
    assertEquals(0, run("--page=index.adoc"));
    assertTrue(Files.exists(folder.resolve("receipts/glossary/pod.json")), "not with a part");
    assertEquals(0, run());
    assertFalse(Files.exists(folder.resolve("receipts/glossary/pod.json")));
  }

  @Test
  void severalVersionsAreProvenOneAfterTheOther() throws IOException {
    assertEquals(0, run("--json", "--kubernetes=1.37", "--kubernetes=1.35"), err::toString);
    JsonNode runs = JsonMapper.shared().readTree(out.toString()).get("runs");
    assertEquals(2, runs.size());
    String receipt = Files.readString(folder.resolve("receipts/index.json"));
    assertTrue(receipt.contains("\"1.37\": {") && receipt.contains("\"1.35\": {"), receipt);
    try (Stream<Path> reports = Files.list(folder.resolve("reports"))) {
      assertEquals(2, reports.filter(each -> Files.exists(each.resolve("junit.xml"))).count());
    }
    assertEquals(2, run("--kubernetes=1.37,newest"));
    assertTrue(err.toString().contains("is a version such as 1.36"), err::toString);
  }

  @Test
  void theVersionsOfTheSiteCountWhereNoneIsAskedFor() throws IOException {
    Files.writeString(
        folder.resolve("content/nav.adoc"),
        "= Site\n:kubernetes: 1.36, 1.35\n\n* xref:index.adoc[]\n");
    assertEquals(0, run("--page=index.adoc"), err::toString);
    String receipt = Files.readString(folder.resolve("receipts/index.json"));
    assertTrue(receipt.contains("\"1.36\": {") && receipt.contains("\"1.35\": {"), receipt);
    assertFalse(receipt.contains("1.37"), receipt);
  }

  @Test
  void whatHasChangedIsKnownForEachVersion() throws IOException {
    Files.writeString(
        folder.resolve("content/index.adoc"),
        """
        = Page

        [source#a,yaml]
        ----
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
        ----
        """);
    assertEquals(0, run("--page=index.adoc", "--kubernetes=1.37"));
    assertEquals(0, run("--page=index.adoc", "--changed", "--json", "--kubernetes=1.37,1.35"));
    JsonNode runs = JsonMapper.shared().readTree(out.toString()).get("runs");
    assertEquals(0, runs.get(0).get("snippets").size(), "1.37 has been proven");
    assertEquals(1, runs.get(1).get("snippets").size());
  }
}
