package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.Severity;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The result as CI servers know results of tests: a suite for each page, a case for each snippet.
 *
 * <p>There is no standard. This is what the schemas of Ant and of Jenkins have in common, as far as
 * Ant's knows it: it has no {@code skipped}. A case is a failure where the content is wrong and an
 * error where the environment is to blame.
 */
public final class JUnitXml {

  private static final int MOST_LINES = 2_000;
  private static final int MOST_LINE_CHARS = 2_000;
  private static final int MOST_MESSAGE_CHARS = 500;

  /** Problems that belong to no snippet. */
  private static final String RUN = "run";

  private final VerificationResult result;
  private final XMLStreamWriter xml;
  private int depth;

  private JUnitXml(VerificationResult result, XMLStreamWriter xml) {
    this.result = result;
    this.xml = xml;
  }

  /** A case before it is written. */
  private record Case(
      String name, Outcome outcome, Duration duration, String message, String type, String text) {}

  /** The document, with a line break at its end. */
  public static String render(VerificationResult result) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXml(result, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return text + "\n";
  }

  private void write() throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    start("testsuites");
    Map<String, List<SnippetResult>> pages =
        result.snippets().stream()
            .collect(
                Collectors.groupingBy(
                    SnippetResult::page, LinkedHashMap::new, Collectors.toList()));
    int id = 0;
    for (Map.Entry<String, List<SnippetResult>> page : pages.entrySet()) {
      List<Case> cases = page.getValue().stream().map(JUnitXml::testCase).toList();
      String warnings =
          page.getValue().stream()
              .filter(snippet -> snippet.outcome() == Outcome.PASSED)
              .flatMap(snippet -> snippet.problems().stream())
              .map(JUnitXml::text)
              .collect(Collectors.joining());
      suite(id++, page.getKey(), cases, doubles(page.getValue()), warnings);
    }
    if (!result.problems().isEmpty()) {
      suite(id, RUN, runCases(), "", runWarnings());
    }
    end();
    xml.writeEndDocument();
  }

  private static Case testCase(SnippetResult snippet) {
    List<Finding> findings = Finding.of(snippet);
    String text =
        findings.stream()
            .map(f -> at(f.diagnostic()) + f.message(MOST_LINES, MOST_LINE_CHARS) + "\n")
            .collect(Collectors.joining("\n"));
    Diagnostic first = findings.isEmpty() ? null : findings.getFirst().diagnostic();
    return new Case(
        "#" + snippet.id() + " " + snippet.verb(),
        snippet.outcome(),
        snippet.duration(),
        first == null ? "" : first.what(),
        first == null ? "" : first.code(),
        switch (snippet.outcome()) {
          case SKIPPED, NOT_RUN ->
              snippet.outcome().id().replace('-', ' ') + ": " + snippet.reason();
          case PASSED, FAILED, UNDECIDED -> text;
        });
  }

  private List<Case> runCases() {
    List<Case> cases = new ArrayList<>();
    for (Diagnostic problem : result.problems()) {
      if (problem.severity() == Severity.ERROR) {
        cases.add(
            new Case(
                problem.code() + " at " + place(problem.location()),
                Outcome.FAILED,
                Duration.ZERO,
                problem.what(),
                problem.code(),
                text(problem)));
      }
    }
    return cases;
  }

  private String runWarnings() {
    return result.problems().stream()
        .filter(problem -> problem.severity() == Severity.WARNING)
        .map(JUnitXml::text)
        .collect(Collectors.joining());
  }

  private static String text(Diagnostic problem) {
    return at(problem) + new Finding(problem, Optional.empty(), "").message(0, 0) + "\n";
  }

  private static String at(Diagnostic problem) {
    return place(problem.location()) + ": ";
  }

  private static String place(Location location) {
    return location.file()
        + (location.line() > 0 ? ":" + location.line() : "")
        + (location.column() > 0 ? ":" + location.column() : "");
  }

  /** Ant's schema has no room for it at the case itself. */
  private static String doubles(List<SnippetResult> snippets) {
    return snippets.stream()
        .flatMap(
            snippet ->
                snippet.standIn().stream().map(what -> "#" + snippet.id() + " double: " + what + "\n"))
        .collect(Collectors.joining());
  }

  private void suite(int id, String name, List<Case> cases, String output, String warnings)
      throws XMLStreamException {
    start("testsuite");
    attribute("name", name);
    attribute("package", "shirube");
    attribute("id", Integer.toString(id));
    // Ant's schema wants a host; its name is nobody's business, and would differ by machine.
    attribute("hostname", "localhost");
    attribute(
        "timestamp",
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            result.started().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS)));
    attribute("tests", Integer.toString(cases.size()));
    attribute("failures", count(cases, c -> c.outcome() == Outcome.FAILED));
    attribute("errors", count(cases, c -> c.outcome() == Outcome.UNDECIDED));
    attribute(
        "skipped",
        count(cases, c -> c.outcome() == Outcome.SKIPPED || c.outcome() == Outcome.NOT_RUN));
    attribute(
        "time",
        Texts.seconds(cases.stream().map(Case::duration).reduce(Duration.ZERO, Duration::plus)));
    start("properties");
    property("cluster", result.cluster());
    property("kubernetes", result.kubernetes());
    end();
    for (Case testCase : cases) {
      testCase(name, testCase);
    }
    textElement("system-out", output);
    textElement("system-err", warnings);
    end();
  }

  private void testCase(String suite, Case testCase) throws XMLStreamException {
    if (testCase.outcome() == Outcome.PASSED) {
      newLine();
      xml.writeEmptyElement("testcase");
      attributes(suite, testCase);
      return;
    }
    start("testcase");
    attributes(suite, testCase);
    switch (testCase.outcome()) {
      case PASSED -> {}
      case FAILED -> problem("failure", testCase);
      case UNDECIDED -> problem("error", testCase);
      case SKIPPED, NOT_RUN -> textElement("skipped", testCase.text());
    }
    end();
  }

  private void attributes(String suite, Case testCase) throws XMLStreamException {
    attribute("name", testCase.name());
    attribute("classname", suite);
    attribute("time", Texts.seconds(testCase.duration()));
  }

  private void problem(String element, Case testCase) throws XMLStreamException {
    newLine();
    xml.writeStartElement(element);
    attribute("message", Texts.shortened(testCase.message(), MOST_MESSAGE_CHARS));
    attribute("type", testCase.type());
    xml.writeCharacters(Texts.forXml(testCase.text()));
    xml.writeEndElement();
  }

  private static String count(List<Case> cases, Predicate<Case> which) {
    return Long.toString(cases.stream().filter(which).count());
  }

  private void property(String name, String value) throws XMLStreamException {
    newLine();
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void textElement(String name, String text) throws XMLStreamException {
    newLine();
    if (text.isEmpty()) {
      xml.writeEmptyElement(name);
    } else {
      xml.writeStartElement(name);
      xml.writeCharacters(Texts.forXml(text));
      xml.writeEndElement();
    }
  }

  private void start(String element) throws XMLStreamException {
    newLine();
    xml.writeStartElement(element);
    depth++;
  }

  private void end() throws XMLStreamException {
    depth--;
    newLine();
    xml.writeEndElement();
  }

  private void newLine() throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  /** On one line: a parser would read the line breaks of an attribute as spaces. */
  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Texts.oneLine(Texts.forXml(value)));
  }
}
