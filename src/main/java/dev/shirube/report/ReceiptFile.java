package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.ProofSubject;
import dev.shirube.model.ProofTier;
import dev.shirube.model.Receipt;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of a page's receipts: JSON that reads like a lock file.
 *
 * <p>The text of a snippet is an array of its lines, so that a review shows which of them changed.
 * {@code proven} says once what holds for most snippets; a snippet says it again only where it
 * differs. So a page that is proven again on another day is a change of one line.
 */
final class ReceiptFile {

  static final int FORMAT = 1;

  private static final String WHY =
      "receipts are written by shirube verify; they say what was proven, and on which version";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(?:\\.(\\d))?s");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** What git leaves where two sides changed the same lines. */
  private static final Pattern CONFLICT = Pattern.compile("(?m)^(?:<{7} |>{7} |={7}$)");

  private ReceiptFile() {}

  /** Which version, on which day. */
  private record Proven(String kubernetes, LocalDate date) {
    static Proven of(Receipt receipt) {
      return new Proven(receipt.kubernetes(), receipt.date());
    }
  }

  /** A receipt, with the place of its id. */
  record Entry(Receipt receipt, Location location) {}

  /** The text of the file. */
  static String write(String page, List<Receipt> receipts) {
    ObjectNode file = Json.object();
    file.put("format", FORMAT);
    file.put("page", page);
    Optional<Proven> most = most(receipts);
    most.ifPresent(proven -> write(proven, file.putObject("proven")));
    ArrayNode snippets = file.putArray("snippets");
    for (Receipt receipt : receipts) {
      ProofSubject subject = receipt.subject();
      ObjectNode snippet = snippets.addObject();
      snippet.put("id", subject.id());
      snippet.put("verb", subject.verb());
      if (subject.tier() != receipt.tier()) {
        snippet.put("needs", subject.tier().id());
      }
      snippet.put("tier", receipt.tier().id());
      if (!most.equals(Optional.of(Proven.of(receipt)))) {
        write(Proven.of(receipt), snippet);
      }
      snippet.put("duration", write(receipt.duration()));
      if (!subject.options().isEmpty()) {
        ArrayNode options = snippet.putArray("options");
        subject.options().forEach(options::add);
      }
      ArrayNode text = snippet.putArray("text");
      subject.lines().forEach(text::add);
      snippet.put("hash", subject.hash());
      snippet.put("chain", subject.chain());
    }
    return Json.pretty(file);
  }

  private static void write(Proven proven, ObjectNode node) {
    node.put("kubernetes", proven.kubernetes());
    node.put("date", proven.date().toString());
  }

  /** What holds for most; of equals the latest day. */
  private static Optional<Proven> most(List<Receipt> receipts) {
    Map<Proven, Long> counts =
        receipts.stream()
            .collect(Collectors.groupingBy(Proven::of, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Proven, Long>comparingByValue()
                .thenComparing(entry -> entry.getKey().date())
                .thenComparing(entry -> entry.getKey().kubernetes()))
        .map(Map.Entry::getKey);
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
    try (JsonParser json =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(source.text())) {
      return new Reading(source, page, json).file();
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      Location location =
          at == null ? source.location() : source.location(at.getLineNr(), at.getColumnNr());
      String what = Texts.oneLine(e.getOriginalMessage());
      throw new Unreadable(broken(location, "no valid JSON: " + what, page));
    }
  }

  private static Diagnostic broken(Location location, String what, String page) {
    return Diagnostic.error(
        "broken-receipt", location, what, WHY, "delete the file, then run: " + verify(page));
  }

  private static String verify(String page) {
    return "shirube verify --page " + page;
  }

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

  /** One pass over the tokens, which know their places. */
  private static final class Reading {
    private final SourceFile source;
    private final String page;
    private final JsonParser json;
    private final Set<String> ids = new HashSet<>();

    private Reading(SourceFile source, String page, JsonParser json) {
      this.source = source;
      this.page = page;
      this.json = json;
    }

    /** Reads the value of a field; the parser stands at its first token. */
    private interface FieldReader {
      void read() throws Unreadable;
    }

    List<Entry> file() throws Unreadable {
      next();
      List<Entry> entries = new ArrayList<>();
      Fields proven = new Fields();
      Map<String, FieldReader> readers = new LinkedHashMap<>();
      readers.put("format", this::format);
      readers.put("page", this::page);
      readers.put("proven", () -> object(proven.provenReaders()));
      readers.put(
          "snippets",
          () -> {
            expect(JsonToken.START_ARRAY, "an array");
            while (next() != JsonToken.END_ARRAY) {
              entries.add(snippet(proven));
            }
          });
      Location start = here();
      Set<String> seen = object(readers);
      require(List.of("format", "page", "snippets"), seen, start);
      next();
      if (json.currentToken() != null) {
        throw new Unreadable(broken(here(), "more after the end of the file", page));
      }
      return entries;
    }

    private void format() throws Unreadable {
      expect(JsonToken.VALUE_NUMBER_INT, "a number");
      if (json.getLongValue() != FORMAT) {
        throw new Unreadable(
            Diagnostic.error(
                "receipt-format",
                here(),
                "format " + json.getLongValue() + " is not known",
                "this Shirube reads and writes format " + FORMAT,
                "use the Shirube that wrote it, or delete the file and run: " + verify(page)));
      }
    }

    private void page() throws Unreadable {
      String named = string();
      if (!named.equals(page)) {
        throw new Unreadable(
            Diagnostic.error(
                "broken-receipt",
                here(),
                "the receipts are of " + named + ", not of " + page,
                "a file of receipts is named like its page",
                "move the file, or delete it and run: " + verify(page)));
      }
    }

    private Entry snippet(Fields proven) throws Unreadable {
      Location start = here();
      Fields fields = new Fields();
      Set<String> seen = object(fields.readers());
      require(List.of("id", "verb", "tier", "duration", "text", "hash", "chain"), seen, start);
      if (!ids.add(fields.id)) {
        throw new Unreadable(broken(fields.location, "a second receipt of #" + fields.id, page));
      }
      fields.kubernetes = fields.kubernetes.or(() -> proven.kubernetes);
      fields.date = fields.date.or(() -> proven.date);
      if (fields.kubernetes.isEmpty() || fields.date.isEmpty()) {
        throw new Unreadable(
            broken(start, "neither the snippet nor the file says on which version and day", page));
      }
      ProofTier tier = fields.tier.orElseThrow();
      return new Entry(
          new Receipt(
              new ProofSubject(
                  page,
                  fields.id,
                  fields.verb,
                  fields.needs.orElse(tier),
                  fields.text,
                  fields.options,
                  fields.hash,
                  fields.chain),
              tier,
              fields.kubernetes.get(),
              fields.date.get(),
              fields.duration),
          fields.location);
    }

    /** What the fields of a snippet say so far. */
    private final class Fields {
      private String id = "";
      private Location location = source.location();
      private String verb = "";
      private Optional<ProofTier> needs = Optional.empty();
      private Optional<ProofTier> tier = Optional.empty();
      private Optional<String> kubernetes = Optional.empty();
      private Optional<LocalDate> date = Optional.empty();
      private Duration duration = Duration.ZERO;
      private List<String> options = List.of();
      private List<String> text = List.of();
      private String hash = "";
      private String chain = "";

      private Map<String, FieldReader> provenReaders() {
        Map<String, FieldReader> readers = new LinkedHashMap<>();
        readers.put("kubernetes", () -> kubernetes = Optional.of(string()));
        readers.put("date", () -> date = Optional.of(Reading.this.date()));
        return readers;
      }

      private Map<String, FieldReader> readers() {
        Map<String, FieldReader> readers = provenReaders();
        readers.put(
            "id",
            () -> {
              id = string();
              location = here();
            });
        readers.put("verb", () -> verb = string());
        readers.put("needs", () -> needs = Optional.of(Reading.this.tier()));
        readers.put("tier", () -> tier = Optional.of(Reading.this.tier()));
        readers.put("duration", () -> duration = Reading.this.duration());
        readers.put("options", () -> options = strings());
        readers.put("text", () -> text = strings());
        readers.put("hash", () -> hash = Reading.this.hash());
        readers.put("chain", () -> chain = Reading.this.hash());
        return readers;
      }
    }

    private ProofTier tier() throws Unreadable {
      String id = string();
      List<String> known = Arrays.stream(ProofTier.values()).map(ProofTier::id).toList();
      Optional<ProofTier> tier = ProofTier.of(id);
      if (tier.isEmpty()) {
        String near =
            Suggestion.nearest(id, known)
                .map(right -> "did you mean \"" + right + "\"? Better ")
                .orElse("");
        throw new Unreadable(
            Diagnostic.error(
                "broken-receipt",
                here(),
                "no tier \"" + Texts.shortened(Texts.oneLine(id), 40) + "\"",
                "the tiers are " + String.join(", ", known),
                near + "delete the file, then run: " + verify(page)));
      }
      return tier.get();
    }

    private LocalDate date() throws Unreadable {
      String text = string();
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw notA("a date like 2026-11-24");
      }
    }

    private Duration duration() throws Unreadable {
      Matcher matcher = DURATION.matcher(string());
      if (!matcher.matches()) {
        throw notA("a duration like 1.2s");
      }
      String tenths = matcher.group(2) == null ? "0" : matcher.group(2);
      return Duration.ofSeconds(Long.parseLong(matcher.group(1)))
          .plusMillis(100L * Long.parseLong(tenths));
    }

    private String hash() throws Unreadable {
      String text = string();
      if (!HASH.matcher(text).matches()) {
        throw notA("a SHA-256 in hexadecimal digits");
      }
      return text;
    }

    private List<String> strings() throws Unreadable {
      expect(JsonToken.START_ARRAY, "an array");
      List<String> strings = new ArrayList<>();
      while (next() != JsonToken.END_ARRAY) {
        strings.add(string());
      }
      return strings;
    }

    private String string() throws Unreadable {
      expect(JsonToken.VALUE_STRING, "a string");
      return json.getString();
    }

    /** Reads an object; returns the names of its fields. */
    private Set<String> object(Map<String, FieldReader> readers) throws Unreadable {
      expect(JsonToken.START_OBJECT, "an object");
      Set<String> seen = new HashSet<>();
      while (next() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        FieldReader reader = readers.get(name);
        if (reader == null) {
          String near =
              Suggestion.nearest(name, readers.keySet())
                  .map(right -> "; did you mean \"" + right + "\"?")
                  .orElse("");
          throw new Unreadable(
              broken(here(), "unknown field \"" + Texts.oneLine(name) + "\"" + near, page));
        }
        next();
        reader.read();
        seen.add(name);
      }
      return seen;
    }

    private void require(List<String> names, Set<String> seen, Location start) throws Unreadable {
      for (String name : names) {
        if (!seen.contains(name)) {
          throw new Unreadable(broken(start, "no field \"" + name + "\"", page));
        }
      }
    }

    private JsonToken next() {
      return json.nextToken();
    }

    private void expect(JsonToken token, String what) throws Unreadable {
      if (json.currentToken() != token) {
        throw notA(what);
      }
    }

    private Unreadable notA(String what) {
      return new Unreadable(broken(here(), "not " + what, page));
    }

    /** Where the parser stands. */
    private Location here() {
      TokenStreamLocation at = json.currentTokenLocation();
      return source.location(at.getLineNr(), at.getColumnNr());
    }
  }
}
