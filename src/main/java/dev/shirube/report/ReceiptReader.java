package dev.shirube.report;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Proof;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import dev.shirube.report.ReceiptFile.Entry;
import dev.shirube.report.StrictJson.Broken;
import dev.shirube.report.StrictJson.ValueReader;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link ReceiptFile} wrote, read field by field. */
final class ReceiptReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(?:\\.(\\d))?s");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MINOR = Pattern.compile("\\d{1,4}\\.\\d{1,4}");

  private final SourceFile source;
  private final String page;
  private final Map<KubernetesMinor, Run> usual = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Long> otherFormat = Optional.empty();

  ReceiptReader(SourceFile source, String page) {
    this.source = source;
    this.page = page;
  }

  /** The format of a file that could not be read for it. */
  Optional<Long> otherFormat() {
    return otherFormat;
  }

  List<Entry> read(StrictJson json) throws Broken {
    Map<String, ValueReader> readers = new LinkedHashMap<>();
    readers.put("format", () -> format(json));
    readers.put("page", () -> page(json));
    readers.put("proven", () -> json.fields(name -> usual.put(minor(name, json), usual(json))));
    readers.put("snippets", () -> json.array(() -> snippet(json)));
    json.file(() -> json.object(readers, List.of("format", "page", "proven", "snippets")));
    return entries;
  }

  private void format(StrictJson json) throws Broken {
    long format = json.number();
    if (format != ReceiptFile.FORMAT) {
      otherFormat = Optional.of(format);
      throw new Broken(json.here(), "format " + format);
    }
  }

  private void page(StrictJson json) throws Broken {
    String named = json.string();
    if (!named.equals(page)) {
      throw new Broken(json.here(), "the receipts are of " + named + ", not of " + page);
    }
  }

  /** What is said of most proofs on a minor version, or of one of them as far as it differs. */
  private static final class Run {
    private Optional<String> kubernetes = Optional.empty();
    private Optional<LocalDate> date = Optional.empty();

    Map<String, ValueReader> readers(StrictJson json) {
      Map<String, ValueReader> readers = new LinkedHashMap<>();
      readers.put("kubernetes", () -> kubernetes = Optional.of(version(json)));
      readers.put("date", () -> date = Optional.of(date(json)));
      return readers;
    }
  }

  private static Run usual(StrictJson json) throws Broken {
    Run run = new Run();
    json.object(run.readers(json), List.of("kubernetes", "date"));
    return run;
  }

  /** What the fields of a snippet say so far. */
  private static final class Fields {
    private String id = "";
    private Optional<Location> location = Optional.empty();
    private String verb = "";
    private Optional<ProofTier> needs = Optional.empty();
    private final List<Proof> proofs = new ArrayList<>();
    private List<String> options = List.of();
    private List<String> text = List.of();
    private String hash = "";
    private String chain = "";
  }

  private void snippet(StrictJson json) throws Broken {
    Location start = json.here();
    Fields fields = new Fields();
    Map<String, ValueReader> readers = new LinkedHashMap<>();
    readers.put(
        "id",
        () -> {
          fields.id = json.string();
          fields.location = Optional.of(json.here());
        });
    readers.put("verb", () -> fields.verb = json.string());
    readers.put("needs", () -> fields.needs = Optional.of(tier(json)));
    readers.put("proofs", () -> json.fields(name -> fields.proofs.add(proof(name, json))));
    readers.put("options", () -> fields.options = json.strings());
    readers.put("text", () -> fields.text = json.strings());
    readers.put("hash", () -> fields.hash = hash(json));
    readers.put("chain", () -> fields.chain = hash(json));
    json.object(readers, List.of("id", "verb", "proofs", "text", "hash", "chain"));
    Location place = fields.location.orElse(source.location());
    if (!ids.add(fields.id)) {
      throw new Broken(place, "a second receipt of #" + fields.id);
    }
    if (fields.proofs.isEmpty()) {
      throw new Broken(start, "a receipt without a proof");
    }
    ProofSubject subject =
        new ProofSubject(
            page,
            fields.id,
            fields.verb,
            // Where all proofs are of the tier that is needed, nothing else is written.
            fields.needs.orElse(fields.proofs.getFirst().tier()),
            fields.text,
            fields.options,
            fields.hash,
            fields.chain);
    entries.add(new Entry(new Receipt(subject, fields.proofs), place));
  }

  private Proof proof(String minorName, StrictJson json) throws Broken {
    KubernetesMinor minor = minor(minorName, json);
    Location start = json.here();
    Run run = new Run();
    List<ProofTier> tier = new ArrayList<>();
    List<Duration> duration = new ArrayList<>();
    List<String> standIn = new ArrayList<>();
    List<String> by = new ArrayList<>();
    Map<String, ValueReader> readers = run.readers(json);
    readers.put("tier", () -> tier.add(tier(json)));
    readers.put("double", () -> standIn.add(json.string()));
    readers.put("by", () -> by.add(json.string()));
    readers.put("duration", () -> duration.add(duration(json)));
    json.object(readers, List.of("tier", "duration"));
    Run most = usual.getOrDefault(minor, new Run());
    Optional<LocalDate> date = run.date.or(() -> most.date);
    Optional<String> version =
        tier.getFirst() == ProofTier.SCHEMA
            ? Optional.of(minor.toString())
            : run.kubernetes.or(() -> most.kubernetes);
    if (version.isEmpty() || date.isEmpty()) {
      throw new Broken(start, "neither the proof nor the file says on which version and day");
    }
    if (!KubernetesMinor.parse(version.get()).equals(Optional.of(minor))) {
      throw new Broken(start, version.get() + " is no version of " + minor);
    }
    return new Proof(
        tier.getFirst(),
        version.get(),
        date.get(),
        duration.getFirst(),
        standIn.stream().findFirst(),
        by.stream().findFirst());
  }

  private static KubernetesMinor minor(String name, StrictJson json) throws Broken {
    return Optional.of(name)
        .filter(text -> MINOR.matcher(text).matches())
        .flatMap(KubernetesMinor::parse)
        .orElseThrow(
            () ->
                new Broken(
                    json.here(), "\"" + Texts.shortened(name, 40) + "\" is no version like 1.37"));
  }

  private static String version(StrictJson json) throws Broken {
    String version = json.string();
    if (KubernetesMinor.parse(version).isEmpty()) {
      throw json.notA("a version like 1.37.2");
    }
    return version;
  }

  private static ProofTier tier(StrictJson json) throws Broken {
    String id = json.string();
    List<String> known = Arrays.stream(ProofTier.values()).map(ProofTier::id).toList();
    String near =
        Suggestion.nearest(id, known).map(right -> "; did you mean \"" + right + "\"?").orElse("");
    return ProofTier.of(id)
        .orElseThrow(
            () ->
                new Broken(
                    json.here(),
                    "no tier \"" + Texts.shortened(Texts.oneLine(id), 40) + "\"" + near));
  }

  private static LocalDate date(StrictJson json) throws Broken {
    try {
      return LocalDate.parse(json.string());
    } catch (DateTimeParseException e) {
      throw json.notA("a date like 2026-11-24");
    }
  }

  private static Duration duration(StrictJson json) throws Broken {
    Matcher matcher = DURATION.matcher(json.string());
    if (!matcher.matches()) {
      throw json.notA("a duration like 1.2s");
    }
    String tenths = matcher.group(2) == null ? "0" : matcher.group(2);
    return Duration.ofSeconds(Long.parseLong(matcher.group(1)))
        .plusMillis(100L * Long.parseLong(tenths));
  }

  private static String hash(StrictJson json) throws Broken {
    String text = json.string();
    if (!HASH.matcher(text).matches()) {
      throw json.notA("a SHA-256 in hexadecimal digits");
    }
    return text;
  }
}
