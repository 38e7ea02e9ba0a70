package dev.shirube.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.diagnose.text.PasteReader;
import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.PageKind;
import dev.shirube.pipeline.Cases;
import dev.shirube.pipeline.ConvertedContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the wiki, told apart: a matrix that grows with its pages. */
class CaseMatrixTest {

  private static final Path SAMPLES = Path.of("src/test/resources/dev/shirube/diagnose");
  private static final Set<String> TERMINAL =
      Set.of("console", "log", "text", "terminal", "shell-session");

  private static final ConvertedContent CONTENT = convert();
  private static Diagnostician diagnostician = new Diagnostician(List.of());

  private static ConvertedContent convert() {
    return ConvertedContent.of(Path.of("content"), (what, done, total) -> {});
  }

  @BeforeAll
  static void readTheCases() {
    Cases cases = Cases.of(CONTENT);
    assertEquals(List.of(), cases.diagnostics(), "each case has one fingerprint");
    assertEquals(
        pages().map(page -> page.source().path()).toList(),
        cases.cases().stream().map(Case::page).toList(),
        "and each can be read");
    diagnostician = new Diagnostician(cases.cases());
  }

  private static Stream<ConvertedPage> pages() {
    return CONTENT.pages().stream().filter(page -> page.kind() == PageKind.CASE);
  }

  private static Diagnosis diagnose(String pasted) {
    return diagnostician.diagnose(new PasteReader(Instant.now()).read(pasted));
  }

  /** What a page shows in a terminal before it tells how to solve it. */
  private static String symptoms(ConvertedPage page) {
    return page.codeBlocks().stream()
        .takeWhile(block -> !block.roles().contains("solution"))
        .filter(block -> TERMINAL.contains(block.language()))
        .filter(block -> !block.roles().contains("cause"))
        .map(CodeBlock::text)
        .collect(Collectors.joining("\n"))
        // Of the alternatives that a page expects a terminal shows one.
        .replaceAll("([A-Z][A-Za-z:]+)\\|[A-Z][A-Za-z:]+", "$1");
  }

  @Test
  void whatEachPageShowsIsDiagnosedAsItsCaseAndNoOther() {
    Map<String, List<String>> wanted = new TreeMap<>();
    Map<String, List<String>> found = new TreeMap<>();
    pages()
        .forEach(
            page -> {
              wanted.put(page.source().path(), List.of(page.source().path()));
              found.put(page.source().path(), diagnose(symptoms(page)).pages());
            });
    assertTrue(wanted.size() >= 2, "the wiki has cases");
    assertEquals(wanted.toString().replace("], ", "],\n"), found.toString().replace("], ", "],\n"));
  }

  static Stream<Path> unrelated() throws IOException {
    return samples("unrelated");
  }

  static Stream<Path> healthy() throws IOException {
    return samples("healthy");
  }

  private static Stream<Path> samples(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("unrelated")
  void otherTroublesAreSeenAndAreNoCase(Path sample) throws IOException {
    Diagnosis diagnosis = diagnose(Files.readString(sample));
    assertEquals(List.of(), diagnosis.pages(), diagnosis::toString);
    assertTrue(diagnosis.hasUnknown(), diagnosis::toString);
  }

  @Test
  void thereAreFifteenOtherTroubles() throws IOException {
    assertTrue(unrelated().count() >= 15);
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void whatOnlyLooksOddIsNoTrouble(Path sample) throws IOException {
    assertEquals(List.of(), diagnose(Files.readString(sample)).findings());
  }

  @Test
  void aCaseIsFoundInColourBetweenNoiseAndWithOtherLineBreaks() {
    for (ConvertedPage page : pages().toList()) {
      String coloured =
          ("Dec 01 06:00:00 host app[1]: 起動しました\n" + symptoms(page))
              .replace("Warning", "\u001b[33mWarning\u001b[0m")
              .replace("\n", "\r\n");
      assertEquals(List.of(page.source().path()), diagnose(coloured).pages());
    }
  }

  @Test
  void tenMegabytesOfNoiseTakeSecondsAndHideNothing() {
    ConvertedPage page =
        pages()
            .filter(each -> each.source().path().contains("crash-loop"))
            .findFirst()
            .orElseThrow();
    StringBuilder text = new StringBuilder(symptoms(page)).append('\n');
    int line = 0;
    while (text.length() < 10_000_000) {
      text.append("2026-11-24T09:00:01Z INFO  request ")
          .append(line++)
          .append(" \"Normal\" {\"kind\": 1 Warning: (((( \u65e5\u672c\u8a9e\n");
    }
    long start = System.nanoTime();
    assertEquals(List.of(page.source().path()), diagnose(text.toString()).pages());
    assertTrue(System.nanoTime() - start < 120_000_000_000L, "ten megabytes take seconds");
  }

  @Test
  void oneLineOfTenMegabytesTakesSeconds() {
    long start = System.nanoTime();
    diagnose("Warning  Failed  " + "a: (x1 over <{\"$ kubectl ".repeat(400_000));
    assertTrue(System.nanoTime() - start < 120_000_000_000L);
  }

  @Test
  void aTroubleThatTheWikiKnowsIsNotFoundInAHalfOfIt() {
    // The state alone is that of every crash.
    Diagnosis diagnosis =
        diagnose("app-5c7d8f9b6c-tz6mn   0/1     CrashLoopBackOff   4 (22s ago)   2m31s\n");
    assertEquals(List.of(), diagnosis.pages());
    assertTrue(diagnosis.hasUnknown());
    assertFalse(diagnosis.findings().isEmpty());
  }
}
