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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What writers see when something is wrong: each folder of {@code src/test/cases} is a small
 * content folder and the whole text that {@code shirube build}, or what its file {@code command}
 * says, prints for it. {@code -Dgolden.update=true} writes the texts anew.
 */
class DiagnosticCasesTest {

  private static final Path CASES = Path.of("src/test/cases");

  @TempDir Path folder = Path.of("unset");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theWholeTextIsAsExpected(Path testCase) throws IOException {
    StringWriter printed = new StringWriter();
    int exitCode = run(testCase, printed);
    String text = "exit code " + exitCode + "\n" + stable(printed.toString());

    Path expected = testCase.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
    if (words(testCase).equals(List.of("build"))) {
      assertEquals(exitCode == 0, Files.exists(folder.resolve("site/index.html")));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOldSiteStaysWhenTheNewOneIsWrong(Path testCase) throws IOException {
    assertEquals(0, run(Path.of("src/test/good"), new StringWriter()));
    Path page = folder.resolve("site/index.html");
    String before = Files.readString(page);

    int exitCode = run(testCase, new StringWriter());

    if (exitCode != 0) {
      assertEquals(before, Files.readString(page));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(path -> path.toString().endsWith(".new")));
    }
    assertTrue(exitCode == 0 || exitCode == 1, "exit code " + exitCode);
  }

  /** The command and its own options. */
  private static List<String> words(Path testCase) throws IOException {
    Path command = testCase.resolve("command");
    return Files.exists(command)
        ? List.of(Files.readString(command).strip().split("\\s+"))
        : List.of("build");
  }

  private int run(Path testCase, StringWriter printed) throws IOException {
    List<String> arguments = new ArrayList<>(words(testCase));
    arguments.add("--content=" + testCase.resolve("content"));
    arguments.add("--fixtures=" + testCase.resolve("fixtures"));
    arguments.add("--receipts=" + folder.resolve("receipts"));
    arguments.add("--reports=" + folder.resolve("reports"));
    if (!arguments.getFirst().equals("verify")) {
      arguments.add("--output=" + folder.resolve("site"));
      arguments.add("--index=" + folder.resolve("index"));
      Path theme = testCase.resolve("theme");
      arguments.add("--theme=" + (Files.exists(theme) ? theme : Path.of("site-theme")));
    }
    Path more = testCase.resolve("arguments");
    if (Files.exists(more) && !Files.readString(more).isBlank()) {
      arguments.add(Files.readString(more).strip());
    }
    PrintWriter writer = new PrintWriter(printed);
    return Main.run(writer, writer, arguments.toArray(String[]::new));
  }

  /** Without what differs from run to run. */
  private String stable(String text) {
    return text.replace(folder.toString(), "TARGET")
        .replaceAll("\\d+\\.\\d s", "TIME")
        .replace("\r\n", "\n");
  }
}
