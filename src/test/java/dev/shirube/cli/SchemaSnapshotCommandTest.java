package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaSnapshotCommandTest {

  @TempDir Path folder = Path.of("unset");

  private final StringWriter printed = new StringWriter();

  @Test
  void aFolderOfDocumentsBecomesASnapshot() throws IOException {
    Files.writeString(
        folder.resolve("api__v1_openapi.json"),
        """
        {"components": {"schemas": {"io.k8s.api.core.v1.Thing": {
          "type": "object", "properties": {"name": {"type": "string"}}}}}}
        """);
    assertEquals(0, run("--from=" + folder, "--kubernetes=1.40.1"), printed::toString);
    assertTrue(Files.size(folder.resolve("into/kubernetes-1.40.txt.gz")) > 0);
    assertEquals("1.40\n", Files.readString(folder.resolve("into/minors.txt")));
  }

  @Test
  void aFolderWithoutDocumentsIsNamedAsTheEnvironmentsFault() {
    assertEquals(3, run("--from=" + folder, "--kubernetes=1.40.1"));
    assertTrue(printed.toString().contains("no OpenAPI v3 documents"), printed::toString);
  }

  @Test
  void aFolderWithoutItsVersionIsWrongUsage() {
    assertEquals(2, run("--from=" + folder));
    assertTrue(printed.toString().contains("--kubernetes"), printed::toString);
  }

  private int run(String... arguments) {
    PrintWriter out = new PrintWriter(printed);
    String[] all = new String[arguments.length + 3];
    all[0] = "schema";
    all[1] = "snapshot";
    all[2] = "--into=" + folder.resolve("into");
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    int exitCode = Main.run(out, out, all);
    out.flush();
    return exitCode;
  }
}
