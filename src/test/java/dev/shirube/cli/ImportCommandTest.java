package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  private static final String NAVIGATION = "= Wiki\n\n* xref:index.adoc[]\n";

  @TempDir Path folder = Path.of("unset");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path content = Path.of("unset");

  @BeforeEach
  void writeWiki() throws IOException {
    content = Files.createDirectory(folder.resolve("content"));
    Files.writeString(content.resolve("nav.adoc"), NAVIGATION);
    Files.writeString(content.resolve("index.adoc"), "= Home\n\ntext\n");
    Files.writeString(folder.resolve("notes.md"), "# Notes\n\n![a](a.png)\n\n```sh\nls\n```\n");
    Files.write(folder.resolve("a.png"), new byte[] {1, 2});
  }

  private int run(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "import";
    arguments[1] = folder.resolve("notes.md").toString();
    arguments[2] = "--content=" + content;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void pagesAndImagesComeInAndAreNamed() throws IOException {
    assertEquals(ExitCode.OK, run("--into=old"), err::toString);
    assertTrue(Files.readString(content.resolve("old/notes.adoc")).startsWith("= Notes\n"));
    assertEquals(2, Files.size(content.resolve("old/a.png")));
    assertEquals(
        NAVIGATION + "* xref:old/notes.adoc[]\n", Files.readString(content.resolve("nav.adoc")));
    assertTrue(err.toString().contains("1 page and 1 other file went to"), err::toString);
    assertTrue(err.toString().contains("verify=skip stands at 1 block:"), err::toString);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectory(content.resolve("old"));
    Files.writeString(content.resolve("old/a.png"), "mine");
    assertEquals(ExitCode.CONTENT, run("--into=old"));
    assertTrue(err.toString().contains("fix: name another folder with --into"), err::toString);
    assertEquals("mine", Files.readString(content.resolve("old/a.png")));
    assertFalse(Files.exists(content.resolve("old/notes.adoc")));
    assertEquals(NAVIGATION, Files.readString(content.resolve("nav.adoc")));
  }

  @Test
  void aDryRunPrintsAndWritesNothing() throws IOException {
    assertEquals(ExitCode.OK, run("--dry-run"));
    assertTrue(out.toString().startsWith("// notes.adoc\n= Notes\n"), out::toString);
    assertFalse(Files.exists(content.resolve("notes.adoc")));
    assertEquals(NAVIGATION, Files.readString(content.resolve("nav.adoc")));
  }

  @Test
  void noPlaceOutsideOfTheContentIsWrittenTo() {
    assertEquals(ExitCode.USAGE, run("--into=../elsewhere"));
    assertFalse(Files.exists(folder.resolve("elsewhere")));
  }
}
