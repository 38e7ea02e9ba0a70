package dev.shirube.asciidoc;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Severity;
import dev.shirube.model.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asciidoctor.ast.Cursor;
import org.asciidoctor.log.LogRecord;
import org.jspecify.annotations.Nullable;

/** What Asciidoctor said while it converted one page, as diagnostics of that page. */
final class AsciidoctorMessages {

  private static final Pattern MISSING_ATTRIBUTE =
      Pattern.compile("(?:skipping reference to missing attribute|.*missing attribute): (.+)");
  private static final Pattern DUPLICATE_ID =
      Pattern.compile("id assigned to .+ already in use: (.+)");

  /**
   * What does not matter here: tabs are ours, and references are checked with all pages at hand.
   */
  private static final Pattern PASSED_OVER =
      Pattern.compile("unknown style for example block: tabs|possible invalid reference: .*");

  private final SourceFile page;
  private final List<LogRecord> records = new ArrayList<>();

  AsciidoctorMessages(SourceFile page) {
    this.page = page;
  }

  void add(LogRecord logRecord) {
    records.add(logRecord);
  }

  /**
   * @param included the files that the page included: a message may be about one of them
   */
  List<Diagnostic> diagnostics(List<SourceFile> included) {
    List<SourceFile> files = new ArrayList<>(List.of(page));
    files.addAll(included);
    return records.stream()
        .filter(logRecord -> !PASSED_OVER.matcher(logRecord.getMessage()).matches())
        .map(logRecord -> diagnostic(logRecord, files))
        .distinct()
        .toList();
  }

  private Diagnostic diagnostic(LogRecord logRecord, List<SourceFile> files) {
    String message = logRecord.getMessage();
    Severity severity =
        switch (logRecord.getSeverity()) {
          case ERROR, FATAL -> Severity.ERROR;
          case DEBUG, INFO, WARN, UNKNOWN -> Severity.WARNING;
        };
    Matcher attribute = MISSING_ATTRIBUTE.matcher(message);
    if (attribute.matches()) {
      String name = attribute.group(1);
      return new Diagnostic(
          severity,
          "unknown-attribute",
          SourceFile.locate("{" + name + "}", files).orElse(page.location()),
          "the attribute \"" + name + "\" is not set",
          "{" + name + "} in running text is replaced by the attribute's value",
          "set it in the header with \":" + name + ": …\", or write \\{" + name + "}");
    }
    Location location = location(logRecord.getCursor(), files);
    Matcher duplicate = DUPLICATE_ID.matcher(message);
    if (duplicate.matches()) {
      return new Diagnostic(
          severity,
          "duplicate-id",
          location,
          "the id \"" + duplicate.group(1) + "\" is already in use on this page",
          "an id is the address of one place",
          "give this one another id");
    }
    return new Diagnostic(severity, "asciidoc", location, lowerFirst(message), null, null);
  }

  private Location location(@Nullable Cursor cursor, List<SourceFile> files) {
    if (cursor == null) {
      return page.location();
    }
    String file = cursor.getFile();
    for (SourceFile candidate : files) {
      if (file != null && file.endsWith("/" + candidate.path())) {
        return candidate.location(cursor.getLineNumber());
      }
    }
    return page.location(cursor.getLineNumber());
  }

  private static String lowerFirst(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
