package dev.shirube.report;

import static dev.shirube.report.Samples.DAY;
import static dev.shirube.report.Samples.POD;
import static dev.shirube.report.Samples.page;
import static dev.shirube.report.Samples.part;
import static dev.shirube.report.Samples.receipt;
import static dev.shirube.report.Samples.receipts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptFolderTest {

  private static final List<ProofSubject> SUBJECTS =
      page(
          POD,
          part(
              "pod", "apply", List.of("ns=web"), "apiVersion: v1", "kind: Pod", "", "  # \"標\" 😀"),
          part("list", "run", List.of("match=table", "within=90s"), "$ kubectl get pods"));

  /** Each starts a JVM. */
  private static final int KILLS = 4;

  @TempDir Path temporary = Path.of("unset");
  private ReceiptFolder folder = new ReceiptFolder(Path.of("unset"));
  private Path file = Path.of("unset");

  @BeforeEach
  void open() {
    folder = new ReceiptFolder(temporary.resolve("receipts"));
    file = folder.file(POD);
  }

  @Test
  void aFileReadsLikeALockFile() throws IOException {
    List<Receipt> receipts =
        List.of(
            receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_249),
            receipt(SUBJECTS.get(1), ProofTier.APISERVER, "1.37.2", DAY.plusDays(1), 31_400));
    folder.write(Receipts.of(receipts));
    String expected =
        """
        {
          "format": 1,
          "page": "glossary/pod.adoc",
          "proven": {
            "kubernetes": "1.37.2",
            "date": "2026-11-21"
          },
          "snippets": [
            {
              "id": "pod",
              "verb": "apply",
              "needs": "apiserver",
              "tier": "node",
              "kubernetes": "1.37.2",
              "date": "2026-11-20",
              "duration": "1.2s",
              "options": [
                "ns=web"
              ],
              "text": [
                "apiVersion: v1",
                "kind: Pod",
                "",
                "  # \\"標\\" 😀"
              ],
              "hash": "%s",
              "chain": "%s"
            },
            {
              "id": "list",
              "verb": "run",
              "tier": "apiserver",
              "duration": "31s",
              "options": [
                "match=table",
                "within=90s"
              ],
              "text": [
                "$ kubectl get pods"
              ],
              "hash": "%s",
              "chain": "%s"
            }
          ]
        }
        """
            .formatted(
                SUBJECTS.get(0).hash(),
                SUBJECTS.get(0).chain(),
                SUBJECTS.get(1).hash(),
                SUBJECTS.get(1).chain());
    assertEquals("receipts/glossary/pod.json", temporary.relativize(file).toString());
    assertEquals(expected, Files.readString(file));
  }

  @Test
  void whatIsWrittenIsReadAgainWithTheDurationRounded() {
    List<Receipt> receipts =
        List.of(
            receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_249),
            receipt(SUBJECTS.get(1), ProofTier.APISERVER, "1.35.4", DAY, 31_400));
    folder.write(Receipts.of(receipts));

    Receipts read = folder.read();
    assertEquals(List.of(), read.problems());
    assertEquals(
        List.of(
            receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_200),
            receipt(SUBJECTS.get(1), ProofTier.APISERVER, "1.35.4", DAY, 31_000)),
        read.of(POD));
  }

  @Test
  void eachReceiptKnowsTheLineOfItsId() {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    Receipts read = folder.read();
    for (Receipt receipt : read.of(POD)) {
      assertEquals(
          "      \"id\": \"" + receipt.subject().id() + "\",",
          Objects.requireNonNull(read.locations().get(receipt)).sourceLine());
    }
  }

  @Test
  void aPageProvenOnAnotherDayIsAChangeOfOneLine() throws IOException {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    List<String> before = Files.readAllLines(file);
    List<Receipt> again =
        SUBJECTS.stream()
            .map(subject -> receipt(subject, subject.tier(), "1.37.2", DAY.plusDays(3), 1_200))
            .toList();

    folder.write(folder.read().updated(SUBJECTS, again, subject -> false));

    List<String> after = Files.readAllLines(file);
    assertEquals(before.size(), after.size());
    assertEquals(
        1,
        Stream.iterate(0, i -> i + 1)
            .limit(before.size())
            .filter(i -> !before.get(i).equals(after.get(i)))
            .count());
  }

  @Test
  void aFileWhoseTextStaysIsNotTouched() throws IOException {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    FileTime old = FileTime.from(1_000_000, TimeUnit.SECONDS);
    Files.setLastModifiedTime(file, old);

    assertEquals(List.of(), folder.write(Receipts.of(receipts(SUBJECTS))));
    assertEquals(old, Files.getLastModifiedTime(file));
  }

  @Test
  void aPageWithoutReceiptsHasNoFile() {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    Receipts none = folder.read().updated(SUBJECTS, List.of(), subject -> true);
    assertEquals(List.of(file), folder.write(none));
    assertFalse(Files.exists(file));
  }

  @Test
  void filesOfOtherPagesStayUntilPruned() {
    List<ProofSubject> other = page("eks/set up.adoc", part("a", "apply", List.of(), "kind: Pod"));
    folder.write(Receipts.of(receipts(other)));
    folder.write(Receipts.of(receipts(SUBJECTS)));
    Path otherFile = folder.file("eks/set up.adoc");
    assertTrue(Files.exists(otherFile));

    assertEquals(List.of(otherFile), folder.prune(Set.of(POD)));
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(otherFile.getParent()));
  }

  @Test
  void whatAKilledRunLeftGoesWithTheNextOne() throws IOException, InterruptedException {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(file.getParent());
    Path leftOver = file.resolveSibling(".pod.json." + dead.pid() + ".new");
    Files.writeString(leftOver, "{ \"format\": 1, \"pa");
    Process alive = new ProcessBuilder("sleep", "60").start();
    try {
      Path inWork = file.resolveSibling(".pod.json." + alive.pid() + ".new");
      Files.writeString(inWork, "{");

      assertEquals(List.of(), folder.read().problems());
      folder.write(Receipts.of(receipts(SUBJECTS)));

      assertFalse(Files.exists(leftOver));
      assertTrue(Files.exists(inWork));
    } finally {
      alive.destroyForcibly();
    }
  }

  @Test
  void aRunKilledAtAnyTimeLeavesWholeFilesOnlyAndSoDoesOneThatGoesOn()
      throws IOException, InterruptedException {
    for (int i = 0; i < KILLS; i++) {
      Files.deleteIfExists(file);
      Path output = temporary.resolve("output");
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  EndlessWriter.class.getName(),
                  temporary.resolve("receipts").toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        while (!Files.exists(file)) {
          assertTrue(writer.isAlive(), () -> text(output));
          TimeUnit.MILLISECONDS.sleep(5);
        }
        for (int reading = 0; reading < 20 + i; reading++) {
          assertWhole();
        }
        assertTrue(writer.isAlive(), () -> text(output));
      } finally {
        writer.destroyForcibly().waitFor();
      }
      assertWhole();
    }
    folder.write(Receipts.of(receipts(SUBJECTS)));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private void assertWhole() {
    Receipts read = folder.read();
    assertEquals(List.of(), read.problems());
    assertEquals(1, read.of(POD).size());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    byte[] first = Files.readAllBytes(file);
    Receipts read = folder.read();
    Files.delete(file);
    folder.write(read);
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void aPathThatLeavesTheFolderIsNoPage() {
    assertThrows(IllegalArgumentException.class, () -> folder.file("../../etc/passwd.adoc"));
  }

  @Test
  void brokenFilesAreSaidWithTheirLine() throws IOException {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    String good = Files.readString(file);
    assertProblem(
        good.replace("\"verb\": \"apply\",", "\"verb\": \"apply\""),
        "12 broken-receipt no valid JSON: ");
    assertProblem(good.substring(0, good.length() / 2), " broken-receipt no valid JSON: ");
    assertProblem("", "0 broken-receipt not an object");
    assertProblem("[]", "1 broken-receipt not an object");
    assertProblem(
        good.replace("\"format\": 1", "\"format\": 2"), "2 receipt-format format 2 is not known");
    assertProblem(
        good.replaceFirst("\"tier\": \"apiserver\"", "\"tier\": \"apisever\""),
        "12 broken-receipt no tier \"apisever\"");
    assertProblem(
        good.replaceFirst("\"verb\"", "\"verv\""),
        "11 broken-receipt unknown field \"verv\"; did you mean \"verb\"?");
    assertProblem(
        good.replaceFirst("\"verb\": \"apply\",", ""), "9 broken-receipt no field \"verb\"");
    assertProblem(
        good.replace("2026-11-20", "yesterday"), "6 broken-receipt not a date like 2026-11-24");
    assertProblem(good.replaceFirst("\"1.2s\"", "1.2"), "13 broken-receipt not a string");
    assertProblem(
        good.replace("\"hash\": \"", "\"hash\": \"x"),
        "23 broken-receipt not a SHA-256 in hexadecimal digits");
    assertProblem(
        good.replace("\"id\": \"list\"", "\"id\": \"pod\""),
        "27 broken-receipt a second receipt of #pod");
    assertProblem(
        good.replace("\"page\": \"glossary", "\"page\": \"glosary"),
        "3 broken-receipt the receipts are of glosary/pod.adoc, not of glossary/pod.adoc");
    assertProblem(
        good.replaceFirst("(?s)  \"proven\".*?},\n", ""),
        "5 broken-receipt neither the snippet nor the file says on which version and day");
    assertProblem(
        good.replaceFirst("\"verb\"", "\"id\": \"x\", \"verb\""),
        "11 broken-receipt no valid JSON");
    assertProblem(good + "{}", "broken-receipt more after the end of the file");
    assertProblem(
        good.replace(
            "    \"date\"", "<<<<<<< HEAD\n    \"date\": \"2026-11-22\"\n=======\n    \"date\""),
        "6 receipt-conflict the receipts hold a merge conflict");
    Files.write(file, new byte[] {'{', '\n', (byte) 0x83, (byte) 0x58});
    assertEquals(2, folder.read().problems().getFirst().location().line());
  }

  private void assertProblem(String text, String expected) throws IOException {
    Files.writeString(file, text);
    Receipts read = folder.read();
    assertEquals(List.of(), read.of(POD));
    assertEquals(1, read.problems().size(), expected);
    Diagnostic problem = read.problems().getFirst();
    assertEquals(file.toString(), problem.location().file());
    assertNotNull(problem.why());
    assertNotNull(problem.fix());
    String said = problem.location().line() + " " + problem.code() + " " + problem.what();
    assertTrue(said.contains(expected), said + " is not " + expected);
  }

  @Test
  void aRunOnTheSameDayChangesNothing() {
    Receipts old = Receipts.of(receipts(SUBJECTS));
    List<Receipt> again =
        SUBJECTS.stream()
            .map(subject -> receipt(subject, subject.tier(), "1.37.2", DAY, 9_900))
            .toList();
    assertEquals(old.pages(), old.updated(SUBJECTS, again, subject -> false).pages());
  }

  @Test
  void aLesserRunTakesNothingAway() {
    Receipt node = receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_000);
    Receipt schema = receipt(SUBJECTS.get(0), ProofTier.SCHEMA, "1.38", DAY.plusDays(9), 1);
    Receipts updated =
        Receipts.of(List.of(node))
            .updated(SUBJECTS.subList(0, 1), List.of(schema), subject -> false);
    assertEquals(List.of(node), updated.of(POD));
  }

  @Test
  void aProofOfWhatHasChangedReplacesTheStaleReceiptWhateverItsTier() {
    Receipt stale =
        receipt(
            page(POD, part("pod", "apply", List.of(), "kind: Old")).getFirst(),
            ProofTier.NODE,
            "1.37.2",
            DAY,
            1_000);
    Receipt now = receipt(SUBJECTS.get(0), ProofTier.SCHEMA, "1.37", DAY, 1);
    Receipts updated =
        Receipts.of(List.of(stale)).updated(SUBJECTS.subList(0, 1), List.of(now), subject -> false);
    assertEquals(List.of(now), updated.of(POD));
  }

  @Test
  void whatFailedLosesItsReceiptAndWhatWasNotRunKeepsIt() {
    Receipts updated =
        Receipts.of(receipts(SUBJECTS))
            .updated(SUBJECTS, List.of(), subject -> subject.id().equals("pod"));
    assertEquals(List.of(receipt(SUBJECTS.get(1))), updated.of(POD));
  }

  @Test
  void shardsBecomeOneFolderAndTheNewerReceiptWins() {
    List<ProofSubject> other = page("a.adoc", part("x", "apply", List.of(), "kind: Pod"));
    Receipt newer = receipt(SUBJECTS.get(1), ProofTier.APISERVER, "1.37.2", DAY.plusDays(1), 1_000);
    List<Receipt> first = new ArrayList<>(receipts(other));
    first.add(newer);
    Receipts merged = Receipts.merge(List.of(Receipts.of(receipts(SUBJECTS)), Receipts.of(first)));
    assertEquals(Set.of("a.adoc", POD), merged.pages().keySet());
    assertEquals(List.of(receipt(SUBJECTS.get(0)), newer), merged.of(POD));
    assertEquals(Duration.ofSeconds(1), merged.of(POD).get(1).duration());
  }
}
