package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import dev.shirube.model.SourceFile;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of a page's receipts: JSON that reads like a lock file.
 *
 * <p>What a snippet is stands once, its text as an array of lines, so that a review shows which of
 * them changed; below it what was proven of it on each minor version. {@code proven} says once for
 * each minor version what holds for most snippets; a proof says it again only where it differs. So
 * a page that is proven again on another day is a change of one line.
 */
final class ReceiptFile {

  static final int FORMAT = 2;

  private static final String WHY =
      "receipts are written by shirube verify; they say what was proven, and on which version";

  /** What git leaves where two sides changed the same lines. */
  private static final Pattern CONFLICT = Pattern.compile("(?m)^(?:<{7} |>{7} |={7}$)");

  private ReceiptFile() {}

  /** Which version, on which day. */
  record Run(String kubernetes, LocalDate date) {
    static Run of(Proof proof) {
      return new Run(proof.kubernetes(), proof.date());
    }
  }

  /** A receipt, with the place of its id. */
  record Entry(Receipt receipt, Location location) {}

  /** The file is not one of receipts. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Diagnostic diagnostic;

    private Unreadable(Diagnostic diagnostic) {
      super(diagnostic.what());
      this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  /** The text of the file. */
  static String write(String page, List<Receipt> receipts) {
    SortedMap<KubernetesMinor, Run> usual = usual(receipts);
    ObjectNode file = Json.object();
    file.put("format", FORMAT);
    file.put("page", page);
    ObjectNode proven = file.putObject("proven");
    usual.forEach((minor, run) -> write(run, proven.putObject(minor.toString())));
    ArrayNode snippets = file.putArray("snippets");
    receipts.forEach(receipt -> write(receipt, usual, snippets.addObject()));
    return Json.pretty(file);
  }

  private static void write(Receipt receipt, Map<KubernetesMinor, Run> usual, ObjectNode snippet) {
    ProofSubject subject = receipt.subject();
    snippet.put("id", subject.id());
    snippet.put("verb", subject.verb());
    if (receipt.proofs().stream().anyMatch(proof -> proof.tier() != subject.tier())) {
      snippet.put("needs", subject.tier().id());
    }
    ObjectNode proofs = snippet.putObject("proofs");
    for (Proof proof : receipt.proofs()) {
      ObjectNode node = proofs.putObject(proof.minor().toString());
      node.put("tier", proof.tier().id());
      write(proof, Objects.requireNonNull(usual.get(proof.minor())), node);
      proof.standIn().ifPresent(what -> node.put("double", what));
      proof.by().ifPresent(id -> node.put("by", id));
      node.put("duration", write(proof.duration()));
    }
    if (!subject.options().isEmpty()) {
      ArrayNode options = snippet.putArray("options");
      subject.options().forEach(options::add);
    }
    ArrayNode text = snippet.putArray("text");
    subject.lines().forEach(text::add);
    snippet.put("hash", subject.hash());
    snippet.put("chain", subject.chain());
  }

  private static void write(Run run, ObjectNode node) {
    node.put("kubernetes", run.kubernetes());
    node.put("date", run.date().toString());
  }

  /** Only what differs from the usual; schemas are those of a minor version, never of a patch. */
  private static void write(Proof proof, Run usual, ObjectNode node) {
    if (proof.tier() != ProofTier.SCHEMA && !proof.kubernetes().equals(usual.kubernetes())) {
      node.put("kubernetes", proof.kubernetes());
    }
    if (!proof.date().equals(usual.date())) {
      node.put("date", proof.date().toString());
    }
  }

  /** What holds for most proofs on each minor version, the newest first. */
  private static SortedMap<KubernetesMinor, Run> usual(List<Receipt> receipts) {
    Map<KubernetesMinor, List<Proof>> byMinor =
        receipts.stream()
            .flatMap(receipt -> receipt.proofs().stream())
            .collect(Collectors.groupingBy(Proof::minor));
    SortedMap<KubernetesMinor, Run> usual = new TreeMap<>(Comparator.reverseOrder());
    byMinor.forEach((minor, proofs) -> usual.put(minor, most(proofs)));
    return usual;
  }

  /**
   * Of equals the latest day. A schema's say on the version counts only where nobody else's does.
   */
  private static Run most(List<Proof> proofs) {
    List<Proof> onClusters =
        proofs.stream().filter(proof -> proof.tier() != ProofTier.SCHEMA).toList();
    Map<Run, Long> counts =
        (onClusters.isEmpty() ? proofs : onClusters)
            .stream()
                .collect(Collectors.groupingBy(Run::of, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Run, Long>comparingByValue()
                .thenComparing(entry -> entry.getKey().date())
                .thenComparing(entry -> entry.getKey().kubernetes()))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** In tenths of a second up to ten seconds, else in seconds: enough to plan a run. */
  private static String write(Duration duration) {
    long tenths = (duration.toMillis() + 50) / 100;
    return tenths < 100
        ? tenths / 10 + "." + tenths % 10 + "s"
        : (duration.toMillis() + 500) / 1000 + "s";
  }

  /**
   * Reads a file.
   *
   * @param page the content path that the file belongs to
   * @throws Unreadable with one diagnostic, for the first thing that is wrong
   */
  static List<Entry> read(SourceFile source, String page) throws Unreadable {
    Matcher conflict = CONFLICT.matcher(source.text());
    if (conflict.find()) {
      throw new Unreadable(
          Diagnostic.error(
              "receipt-conflict",
              source.locationAt(conflict.start()),
              "the receipts hold a merge conflict",
              "two branches proved the same page",
              "keep either side, e.g. git checkout --ours "
                  + source.displayPath()
                  + ", then run: "
                  + verify(page)));
    }
    ReceiptReader reader = new ReceiptReader(source, page);
    try (StrictJson json = new StrictJson(source)) {
      return reader.read(json);
    } catch (StrictJson.Broken e) {
      throw new Unreadable(
          reader
              .otherFormat()
              .map(format -> otherFormat(format, e.location(), page))
              .orElseGet(
                  () ->
                      Diagnostic.error(
                          "broken-receipt",
                          e.location(),
                          e.what(),
                          WHY,
                          "delete the file, then run: " + verify(page))));
    }
  }

  private static Diagnostic otherFormat(long format, Location location, String page) {
    return Diagnostic.error(
        "receipt-format",
        location,
        "format " + format + " is not known",
        "this Shirube reads and writes format " + FORMAT,
        format < FORMAT
            ? "an older Shirube wrote it: delete the file and run: " + verify(page)
            : "use the Shirube that wrote it, or delete the file and run: " + verify(page));
  }

  private static String verify(String page) {
    return "shirube verify --page " + page;
  }
}
