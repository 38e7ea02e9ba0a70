package dev.shirube.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.shirube.model.VerificationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reports of one run, whole: {@code src/test/reports} has the texts. {@code
 * -Dgolden.update=true} writes them anew.
 */
class ReportTest {

  private static final Path TEXTS = Path.of("src/test/reports");

  /** A kind of report and its golden text. */
  record Report(String file, Function<VerificationResult, String> render) {
    @Override
    public String toString() {
      return file;
    }
  }

  static final List<Report> REPORTS =
      List.of(
          new Report("junit.xml", JUnitXml::render),
          new Report("shirube.sarif", Sarif::render),
          new Report("annotations.txt", Annotations::render),
          new Report("code-quality.json", CodeQuality::render),
          new Report("result.json", JsonReport::render),
          new Report("console.txt", ConsoleReport::text));

  static final List<VerificationResult> RESULTS =
      List.of(
          SampleResult.mixed(), SampleResult.good(), SampleResult.hostile(), SampleResult.huge());

  @ParameterizedTest
  @FieldSource("REPORTS")
  void theWholeTextIsAsExpected(Report report) throws IOException {
    String text = report.render().apply(SampleResult.mixed());
    Path expected = TEXTS.resolve(report.file());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
  }

  @ParameterizedTest
  @FieldSource("REPORTS")
  void tenMegabytesOfOutputBecomeAReportThatCanBeRead(Report report) {
    String text = report.render().apply(SampleResult.huge());
    assertTrue(text.length() < 400_000, text.length() + " characters");
    assertTrue(text.contains("more lines)") || text.contains("more characters)"));
    assertFalse(text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE));
  }

  @ParameterizedTest
  @FieldSource("RESULTS")
  void sarifIsValidByItsOwnSchema(VerificationResult result) throws IOException {
    assertEquals(List.of(), sarifErrors(Sarif.render(result)));
  }

  @Test
  void theSchemaOfSarifFindsWhatIsWrong() throws IOException {
    String wrong =
        Sarif.render(SampleResult.mixed())
            .replace("\"startLine\" : 43", "\"startLine\" : 0")
            .replace("\"startLine\": 43", "\"startLine\": 0");
    assertEquals(1, sarifErrors(wrong).size());
  }

  @ParameterizedTest
  @FieldSource("RESULTS")
  void junitXmlIsValidByAntsSchemaWithSkippedAddedToIt(VerificationResult result)
      throws IOException, SAXException {
    antSchema().validate(new StreamSource(new StringReader(JUnitXml.render(result))));
  }

  @Test
  void antsSchemaFindsWhatIsWrong() throws IOException, SAXException {
    String wrong = JUnitXml.render(SampleResult.mixed()).replace("classname=", "class=");
    Validator schema = antSchema();
    Assertions.assertThrows(
        SAXException.class, () -> schema.validate(new StreamSource(new StringReader(wrong))));
  }

  @Test
  void junitXmlKeepsHostileTextsAsTheyAre()
      throws IOException, SAXException, ParserConfigurationException {
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(JUnitXml.render(SampleResult.hostile()))));
    String text = document.getElementsByTagName("failure").item(0).getTextContent();
    assertTrue(text.contains("]]> <b>&amp; \\u0000\\u001B[2J %0A %25 ::error file=x::y"), text);
    assertTrue(text.contains("第二行 😀 \\uD800"), text);
  }

  @Test
  void junitXmlCountsWhatWasNotTriedAsSkippedAndTheEnvironmentAsError() {
    String xml = JUnitXml.render(SampleResult.mixed());
    assertTrue(xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\""), xml);
    assertTrue(xml.contains("tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"2\""), xml);
  }

  @Test
  void fingerprintsStayWhenLinesMoveAndAreGivenOnce() {
    VerificationResult result = SampleResult.mixed();
    Set<String> fingerprints = new HashSet<>(fingerprints(Sarif.render(result)));
    JsonNode results = JsonMapper.shared().readTree(Sarif.render(result)).at("/runs/0/results");
    assertEquals(results.size(), fingerprints.size());

    String moved = Sarif.render(Moved.byTenLines(result));
    Assertions.assertNotEquals(Sarif.render(result), moved);
    assertEquals(fingerprints, new HashSet<>(fingerprints(moved)));
  }

  @Test
  void sarifNamesFilesByUrisThatAForgeCanFollow() {
    String sarif = Sarif.render(SampleResult.hostile());
    assertTrue(sarif.contains("\"content/a%20b/100%25%3A,;.adoc\""), sarif);
    assertTrue(sarif.contains("\"file:///absolute/x.adoc\""), sarif);
  }

  @Test
  void anAnnotationIsOneLineThatNoTextCanLeave() {
    String annotations = Annotations.render(SampleResult.hostile());
    List<String> lines = annotations.lines().toList();
    assertEquals(3, lines.size());
    assertTrue(
        lines
            .getFirst()
            .startsWith("::error file=content/a b/100%25%3A%2C;.adoc,line=1,col=1,title=bad::]]> "),
        annotations);
    assertTrue(lines.getFirst().contains("%250A %2525 ::error file=x::y , : %0D%0A第二行"));
  }

  @Test
  void theConsoleGetsNoControlCharacters() {
    List<ConsoleReport.Line> lines = ConsoleReport.lines(SampleResult.hostile());
    for (ConsoleReport.Line line : lines) {
      assertFalse(line.text().codePoints().anyMatch(Character::isISOControl), line.text());
      assertFalse(line.text().contains("\u202e"));
    }
  }

  @Test
  void runsOnSeveralVersionsAreOneDocument() {
    JsonNode json =
        JsonMapper.shared()
            .readTree(JsonReport.render(List.of(SampleResult.good(), SampleResult.mixed())));
    assertEquals(2, json.get("runs").size());
    assertEquals(
        JsonMapper.shared().readTree(JsonReport.render(SampleResult.mixed())),
        json.get("runs").get(1));
  }

  @Test
  void theSummaryCountsOutcomesAndTiers() {
    assertEquals(
        "3 snippets: 3 passed (2 node, 1 apiserver); Kubernetes 1.37.2, 41.3 s\n",
        ConsoleReport.text(SampleResult.good()));
  }

  @Test
  void theConsoleSaysWhatIsExpectedAndWhatIsThere() {
    List<ConsoleReport.Part> parts =
        ConsoleReport.lines(SampleResult.mixed()).stream()
            .flatMap(line -> line.parts().stream())
            .toList();
    assertTrue(
        parts.contains(
            new ConsoleReport.Part(ConsoleReport.Style.EXPECTED, "  - web  1/1   Running")));
    assertTrue(
        parts.contains(
            new ConsoleReport.Part(ConsoleReport.Style.ACTUAL, "  + web  0/1   ErrImagePull")));
  }

  private static List<String> fingerprints(String sarif) {
    return JsonMapper.shared()
        .readTree(sarif)
        .at("/runs/0/results")
        .valueStream()
        .map(result -> result.at("/partialFingerprints/shirubeFinding~1v1").asString())
        .toList();
  }

  private static List<String> sarifErrors(String sarif) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(resource("/schema/sarif-schema-2.1.0.json"), InputFormat.JSON);
    return schema
        .validate(
            sarif,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /**
   * Ant's schema, by Windy Road, in the edition of com.github.baev:junit-model: that one puts the
   * elements in a namespace, which no tool does. It is older than {@code skipped}, which here is
   * what it is in the schema of Jenkins: a text.
   */
  private static Validator antSchema() throws IOException, SAXException {
    String schema = resource("/xsd/junit.xsd");
    schema = replaced(schema, "targetNamespace=\"urn:junit.baev.github.com\"", "");
    schema = replaced(schema, "xmlns:ns=\"urn:junit.baev.github.com\"", "");
    schema = replaced(schema, "\"ns:", "\"");
    schema =
        replaced(
            schema,
            "<xs:element name=\"error\">",
            "<xs:element name=\"skipped\" type=\"xs:string\"/><xs:element name=\"error\">");
    schema =
        replaced(
            schema,
            "<xs:attribute name=\"errors\"",
            "<xs:attribute name=\"skipped\" type=\"xs:int\"/><xs:attribute name=\"errors\"");
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(schema)))
        .newValidator();
  }

  private static String replaced(String text, String old, String now) {
    assertTrue(text.contains(old), old);
    return text.replace(old, now);
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = Objects.requireNonNull(ReportTest.class.getResourceAsStream(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
