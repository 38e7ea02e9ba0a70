package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which page and which snippet; what a run does is told where a cluster is. */
class RunCommandTest {

  @TempDir Path folder = Path.of("unset");
  private final StringWriter printed = new StringWriter();

  @BeforeEach
  void aPageIsWritten() throws IOException {
    Files.createDirectories(folder.resolve("glossary"));
    Files.writeString(
        folder.resolve("glossary/pod.adoc"),
        """
        = Pod

        [source#make,yaml,verify=apply]
        ----
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec: {containers: [{name: web, image: nginx}]}
        ----
        """);
  }

  private int run(String place) {
    PrintWriter writer = new PrintWriter(printed, true);
    return Main.run(
        writer,
        writer,
        "run",
        place,
        "--cluster=none",
        "--content=" + folder,
        "--fixtures=" + folder.resolve("fixtures"));
  }

  @Test
  void aPageThatIsNotThereIsSaidWithTheNearest() {
    assertEquals(2, run("glossary/podd.adoc"));
    assertTrue(
        printed
            .toString()
            .contains(
                "no page with snippets is called \"glossary/podd.adoc\"; did you mean"
                    + " \"glossary/pod.adoc\"?"),
        printed.toString());
  }

  @Test
  void aSnippetThatIsNotThereIsSaidWithTheNearest() {
    assertEquals(2, run("glossary/pod.adoc#mke"));
    assertTrue(
        printed
            .toString()
            .contains("glossary/pod.adoc has no snippet #mke; did you mean \"make\"?"),
        printed.toString());
  }

  @Test
  void withoutAClusterNothingIsRunAndThatIsSaid() {
    run("glossary/pod#make");
    assertTrue(printed.toString().contains("1 not run: there is no cluster"), printed.toString());
  }
}
