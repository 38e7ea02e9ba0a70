package dev.shirube.report;

import static dev.shirube.report.Samples.DAY;
import static dev.shirube.report.Samples.POD;
import static dev.shirube.report.Samples.after;
import static dev.shirube.report.Samples.page;
import static dev.shirube.report.Samples.part;
import static dev.shirube.report.Samples.proof;
import static dev.shirube.report.Samples.receipt;
import static dev.shirube.report.Samples.receipts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Proof;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
            receipt(SUBJECTS.get(0), ProofTier.NODE, "1.35.4", DAY, 1_300)
                .with(proof(ProofTier.NODE, "1.37.2", DAY, 1_249)),
            new Receipt(
                SUBJECTS.get(1),
                List.of(
                    new Proof(
                        ProofTier.APISERVER,
                        "1.37.2",
                        DAY.plusDays(1),
                        Duration.ofMillis(31_400),
                        Optional.of("aws")))));
    folder.write(Receipts.of(receipts));
    String expected =
        """
        {
          "format": 2,
          "page": "glossary/pod.adoc",
          "proven": {
            "1.37": {
              "kubernetes": "1.37.2",
              "date": "2026-11-21"
            },
            "1.35": {
              "kubernetes": "1.35.4",
              "date": "2026-11-20"
            }
          },
          "snippets": [
            {
              "id": "pod",
              "verb": "apply",
              "needs": "apiserver",
              "proofs": {
                "1.37": {
                  "tier": "node",
                  "date": "2026-11-20",
                  "duration": "1.2s"
                },
                "1.35": {
                  "tier": "node",
                  "duration": "1.3s"
                }
              },
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
              "proofs": {
                "1.37": {
                  "tier": "apiserver",
                  "double": "aws",
                  "duration": "31s"
                }
              },
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

    folder.write(after(folder.read(), SUBJECTS, again));

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
    Receipts none = after(folder.read(), SUBJECTS, List.of(), Set.copyOf(SUBJECTS));
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
    Files.writeString(leftOver, "{ \"format\": 2, \"pa");
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
        "14 broken-receipt no valid JSON: ");
    assertProblem(good.substring(0, good.length() / 2), " broken-receipt no valid JSON: ");
    assertProblem("", "0 broken-receipt not an object");
    assertProblem("[]", "1 broken-receipt not an object");
    assertProblem(
        good.replace("\"format\": 2", "\"format\": 1"), "2 receipt-format format 1 is not known");
    assertProblem(
        good.replace("\"format\": 2", "\"format\": 3"), "2 receipt-format format 3 is not known");
    assertProblem(
        good.replaceFirst("\"tier\": \"apiserver\"", "\"tier\": \"apisever\""),
        "16 broken-receipt no tier \"apisever\"; did you mean \"apiserver\"?");
    assertProblem(
        good.replaceFirst("\"verb\"", "\"verv\""),
        "13 broken-receipt unknown field \"verv\"; did you mean \"verb\"?");
    assertProblem(
        good.replaceFirst("\"verb\": \"apply\",", ""), "11 broken-receipt no field \"verb\"");
    assertProblem(
        good.replace("2026-11-20", "yesterday"), "7 broken-receipt not a date like 2026-11-24");
    assertProblem(
        good.replaceFirst("\"1.37.2\"", "\"newest\""),
        "6 broken-receipt not a version like 1.37.2");
    assertProblem(good.replaceFirst("\"1.2s\"", "1.2"), "17 broken-receipt not a string");
    assertProblem(
        good.replace("\"hash\": \"", "\"hash\": \"x"),
        "broken-receipt not a SHA-256 in hexadecimal digits");
    assertProblem(
        good.replace("\"id\": \"list\"", "\"id\": \"pod\""),
        "broken-receipt a second receipt of #pod");
    assertProblem(
        good.replace("\"page\": \"glossary", "\"page\": \"glosary"),
        "3 broken-receipt the receipts are of glosary/pod.adoc, not of glossary/pod.adoc");
    assertProblem(
        good.replaceFirst("\"1.37\": \\{\\s+\"kubernetes", "\"1.36\": { \"kubernetes"),
        "broken-receipt neither the proof nor the file says on which version and day");
    assertProblem(
        good.replaceFirst("\"1.37.2\"", "\"1.36.2\""),
        "broken-receipt 1.36.2 is no version of 1.37");
    assertProblem(
        good.replaceFirst("\"1.37\"", "\"new\""),
        "5 broken-receipt \"new\" is no version like 1.37");
    assertProblem(
        good.replaceFirst("(?s)\"proofs\": .*?}\\s+}", "\"proofs\": {}"),
        "11 broken-receipt a receipt without a proof");
    assertProblem(
        good.replaceFirst("\"verb\"", "\"id\": \"x\", \"verb\""),
        "13 broken-receipt no valid JSON");
    assertProblem(good + "{}", "broken-receipt more after the end of the file");
    assertProblem(
        good.replace(
            "      \"date\"",
            "<<<<<<< HEAD\n      \"date\": \"2026-11-22\"\n=======\n      \"date\""),
        "7 receipt-conflict the receipts hold a merge conflict");
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
    assertEquals(old.pages(), after(old, SUBJECTS, again).pages());
  }

  @Test
  void aLesserRunTakesNothingAway() {
    Receipt node = receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_000);
    Receipt schema = receipt(SUBJECTS.get(0), ProofTier.SCHEMA, "1.37", DAY.plusDays(9), 1);
    Receipts updated = after(Receipts.of(List.of(node)), SUBJECTS.subList(0, 1), List.of(schema));
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
    Receipts updated = after(Receipts.of(List.of(stale)), SUBJECTS.subList(0, 1), List.of(now));
    assertEquals(List.of(now), updated.of(POD));
  }

  @Test
  void whatFailedLosesItsReceiptAndWhatWasNotRunKeepsIt() {
    Receipts updated =
        after(Receipts.of(receipts(SUBJECTS)), SUBJECTS, List.of(), Set.of(SUBJECTS.getFirst()));
    assertEquals(List.of(receipt(SUBJECTS.get(1))), updated.of(POD));
  }

  @Test
  void aRunOnAnOlderMinorChangesOnlyItsOwnPart() throws IOException {
    folder.write(Receipts.of(receipts(SUBJECTS)));
    List<String> before = Files.readAllLines(file);
    List<Receipt> older =
        SUBJECTS.stream()
            .map(subject -> receipt(subject, subject.tier(), "1.35.4", DAY.plusDays(3), 2_000))
            .toList();

    Receipts both = after(folder.read(), SUBJECTS, older);
    folder.write(both);

    List<String> added = new ArrayList<>(Files.readAllLines(file));
    before.forEach(added::remove);
    assertEquals(
        12,
        added.size(),
        "the version and its day once, and tier and duration of each snippet: " + added);
    for (Receipt receipt : folder.read().of(POD)) {
      assertEquals(
          List.of("1.37.2 2026-11-20", "1.35.4 2026-11-23"),
          receipt.proofs().stream().map(p -> p.kubernetes() + " " + p.date()).toList());
    }
    assertEquals(
        both.pages(),
        after(both, SUBJECTS, older).pages(),
        "a second run on the same day changes nothing");
  }

  @Test
  void aProofOfWhatHasChangedDropsTheStaleProofsOnOtherMinors() {
    Receipt old =
        receipt(
                page(POD, part("pod", "apply", List.of(), "kind: Old")).getFirst(),
                ProofTier.NODE,
                "1.37.2",
                DAY,
                1_000)
            .with(proof(ProofTier.NODE, "1.35.4", DAY, 1_000));
    Receipt now = receipt(SUBJECTS.get(0), ProofTier.NODE, "1.35.4", DAY, 1_000);
    assertEquals(
        List.of(now),
        after(Receipts.of(List.of(old)), SUBJECTS.subList(0, 1), List.of(now)).of(POD));
    assertEquals(
        List.of(old),
        after(Receipts.of(List.of(old)), SUBJECTS.subList(0, 1), List.of()).of(POD),
        "what no run has seen stays, to show what has changed");
  }

  @Test
  void whatFailsOnOneMinorKeepsItsProofsOnOthers() {
    Receipt both =
        receipt(SUBJECTS.get(0), ProofTier.NODE, "1.37.2", DAY, 1_000)
            .with(proof(ProofTier.NODE, "1.35.4", DAY, 1_000));
    Receipts updated =
        Receipts.of(List.of(both))
            .updated(SUBJECTS.subList(0, 1), Map.of(), Set.of(SUBJECTS.getFirst()), Samples.OLDER);
    assertEquals(
        List.of("1.37.2"),
        updated.of(POD).getFirst().proofs().stream().map(Proof::kubernetes).toList());
  }

  @Test
  void theSnippetThatBroughtAListingIsReadBack() {
    Receipt brought =
        new Receipt(
            SUBJECTS.getFirst(),
            List.of(
                new Proof(
                    ProofTier.NODE,
                    "1.37.2",
                    DAY,
                    Duration.ofSeconds(1),
                    Optional.empty(),
                    Optional.of("apply-pod"))));
    folder.write(Receipts.of(List.of(brought)));
    assertEquals(List.of(brought), folder.read().of(POD));
  }

  @Test
  void aProofWithoutADoubleIsBetterThanOneWithIt() {
    Proof real = proof(ProofTier.NODE, "1.37.2", DAY, 1_000);
    Proof doubled =
        new Proof(ProofTier.NODE, "1.37.2", DAY, Duration.ofSeconds(1), Optional.of("aws"));
    Receipt before = new Receipt(SUBJECTS.getFirst(), List.of(doubled));
    Receipt now = new Receipt(SUBJECTS.getFirst(), List.of(real));
    assertEquals(
        List.of(now),
        after(Receipts.of(List.of(before)), SUBJECTS.subList(0, 1), List.of(now)).of(POD));
  }

  @Test
  void aReceiptHasOneProofForAMinorAndAtLeastOneInAll() {
    Proof proof = proof(ProofTier.NODE, "1.37.2", DAY, 1);
    Proof patch = proof(ProofTier.NODE, "1.37.1", DAY, 1);
    ProofSubject subject = SUBJECTS.getFirst();
    assertThrows(IllegalArgumentException.class, () -> new Receipt(subject, List.of(proof, patch)));
    assertThrows(IllegalArgumentException.class, () -> new Receipt(subject, List.of()));
    assertThrows(IllegalArgumentException.class, () -> proof(ProofTier.NODE, "newest", DAY, 1));
  }
}
