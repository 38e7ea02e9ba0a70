package dev.shirube.verify.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.ProofTier;
import dev.shirube.verify.match.MatchMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole texts of the diagnostics are in {@code src/test/cases/verify-*}. */
class SnippetReaderTest {

  private static final String MANIFEST = "kind: Pod";

  private static WrittenPage listing(String attributes, String line) {
    return WrittenPage.of("text\n\n[" + attributes + "]\n----\n" + line + "\n----\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "yml", "json"})
  void aManifestWithoutAVerbIsChecked(String language) {
    WrittenPage page = listing("source," + language, MANIFEST);
    assertEquals(Verb.CHECK, page.snippet().verb());
    assertEquals(ProofTier.SCHEMA, page.snippet().tier());
    assertEquals(List.of(), page.problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "terminal", "shell-session", "shell", "sh", "bash"})
  void commandsWithoutAVerbAreAnError(String language) {
    WrittenPage page = listing("source," + language, "$ true");
    assertEquals(List.of(), page.snippets());
    assertEquals(
        List.of(
            "page.adoc:3:0 unproven-commands: nothing is said of how these commands are proven"),
        page.problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"source,java", "source", "listing", "source,text", "source,log"})
  void otherListingsAreNoSnippets(String attributes) {
    WrittenPage page = listing(attributes, "int a;");
    assertEquals(List.of(), page.snippets());
    assertEquals(List.of(), page.problems());
  }

  @ParameterizedTest
  @CsvSource({
    "apply,    yaml,    APISERVER",
    "apply,    json,    APISERVER",
    "reject,   yaml,    APISERVER",
    "expect,   yaml,    NODE",
    "run,      console, NODE",
    "run,      bash,    NODE",
    "fixture,  yaml,    APISERVER",
    "fixture,  console, APISERVER",
    "teardown, sh,      APISERVER",
    "check,    yml,     SCHEMA"
  })
  void eachVerbHasALeastTier(String verb, String language, ProofTier tier) {
    String message = verb.equals("reject") ? ",message=no" : "";
    WrittenPage page = listing("source," + language + ",verify=" + verb + message, "a: 1");
    assertEquals(verb, page.snippet().verb().attributeValue());
    assertEquals(tier, page.snippet().tier());
    assertEquals(List.of(), page.problems());
  }

  @Test
  void allKeysAreRead() {
    WrittenPage page =
        listing(
            "source#web.cause%background,console,verify=run,ns=team-a,within=90s,timeout=2m,"
                + "exit=3,match=table,vary=\"AGE, NODE\",ready=8084,tier=apiserver,k8s=1.30..",
            "$ true\nNAME AGE NODE");
    Snippet snippet = page.snippet();
    assertEquals(List.of(), page.problems());
    assertEquals("web", snippet.id());
    assertEquals(Optional.of(Part.CAUSE), snippet.part());
    assertEquals(ProofTier.APISERVER, snippet.tier());
    assertEquals(
        new Snippet.Options(
            Optional.of("team-a"),
            Optional.of(Duration.ofSeconds(90)),
            Optional.of(Duration.ofMinutes(2)),
            3,
            Optional.of(MatchMode.TABLE),
            Set.of("AGE", "NODE"),
            Optional.of(new Snippet.Background(Optional.of("8084"), Optional.empty())),
            Optional.empty(),
            Optional.of(ProofTier.APISERVER),
            new VersionRange(30, Integer.MAX_VALUE),
            "",
            Optional.empty(),
            ""),
        snippet.options());
  }

  @Test
  void theNamespaceMayBeAPlaceholder() {
    // In attributes a brace begins an attribute of AsciiDoc, unless a backslash stands before it.
    WrittenPage page = listing("source,yaml,verify=apply,ns=\\{team}", MANIFEST);
    assertEquals(List.of(), page.problems());
    assertEquals(Optional.of("{team}"), page.snippet().options().namespace());
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "90s, 90000", "2m, 120000", "1h, 3600000"})
  void durationsHaveAUnit(String text, long millis) {
    assertEquals(
        Optional.of(Duration.ofMillis(millis)),
        listing("source,console,verify=run,within=" + text, "$ true").snippet().options().within());
  }

  @Test
  void referencesMayBeWrittenWithOrWithoutTheirSign() {
    WrittenPage page =
        WrittenPage.of(
            """
            [source#first%background,console,verify=run,stop=#third]
            ----
            $ sleep 1
            ----

            [source#second,console,verify=run]
            ----
            $ echo a
            ----

            [source#third,text,verify=output,of=second]
            ----
            a
            ----
            """);
    assertEquals(List.of(), page.problems());
    assertEquals(
        Optional.of("third"),
        page.snippets().getFirst().options().background().orElseThrow().stop());
    assertEquals(Optional.of("second"), page.snippets().getLast().options().of());
  }

  @Test
  void whatAsciidoctorKnowsIsNoneOfOurBusiness() {
    WrittenPage page =
        WrittenPage.of(
            """
            :some: attribute entry above a listing

            .A title
            [source%linenums%nowrap,console,verify=run,subs="attributes+",start=3,indent=0]
            [[an-id]]
            [role="a b"]
            ----
            $ true
            ----

            :other: one more

            [source,yaml,linenums,data-tool=x,highlight=1..2,verify=apply]
            ----
            kind: Pod
            ----

            [source,console,verify=run,reftext="a command",caption="Listing"]
            ----
            $ true
            ----
            """);
    assertEquals(List.of(), page.problems());
    assertEquals(3, page.snippets().size());
    assertEquals("an-id", page.snippets().getFirst().id());
  }

  @Test
  void attributesOfOtherToolsStayAloneWhereNothingIsSaidOfTheProof() {
    WrittenPage page = listing("source,yaml,schema=v1,tool=x", MANIFEST);
    assertEquals(List.of(), page.problems());
    assertEquals(Verb.CHECK, page.snippet().verb());
  }

  @Test
  void aMisspeltVerifyIsFoundWhateverTheLanguage() {
    for (String language : List.of("console", "yaml", "text")) {
      WrittenPage page = listing("source," + language + ",verfiy=run", "a");
      assertEquals(
          List.of(
              "page.adoc:3:"
                  + (10 + language.length())
                  + " unknown-key: there is no key \"verfiy\""),
          page.problems());
      assertEquals("did you mean \"verify\"?", page.diagnostics().getFirst().fix());
    }
  }

  @Test
  void aMisspeltKeyIsNamedAtItsColumn() {
    WrittenPage page = listing("source,console,verify=run,witin=9s", "$ true");
    assertEquals(List.of("page.adoc:3:28 unknown-key: there is no key \"witin\""), page.problems());
    assertEquals("did you mean \"within\"?", page.diagnostics().getFirst().fix());
  }

  @Test
  void aKeyOfAnotherVerbNamesTheVerbsThatTakeIt() {
    WrittenPage page = listing("source,yaml,verify=apply,exit=1", MANIFEST);
    assertEquals(
        List.of("page.adoc:3:27 unknown-key: verify=apply takes no exit="), page.problems());
    assertEquals("exit= is for run, fixture, teardown", page.diagnostics().getFirst().why());
  }

  @Test
  void commandsAtTheEndTakeTheKeysOfCommandsAndManifestsDoNot() {
    String keys = ",within=5s,exit=1,match=exact,vary=a";
    WrittenPage commands = listing("source,console,verify=teardown" + keys, "$ true\na");
    assertEquals(List.of(), commands.problems());
    assertEquals(Optional.of(Duration.ofSeconds(5)), commands.snippet().options().within());
    assertEquals(
        List.of("page.adoc:3:30 unknown-key: verify=teardown of a manifest takes no within="),
        listing("source,yaml,verify=teardown,within=5s", MANIFEST).problems());
  }

  @Test
  void aRefusalSaysWhatTheServerSays() {
    String expected = "page.adoc:3:14 missing-key: a refusal says why the API server refuses it";
    assertEquals(List.of(expected), listing("source,yaml,verify=reject", MANIFEST).problems());
    assertEquals(
        List.of(expected), listing("source,yaml,verify=reject,message=\" \"", MANIFEST).problems());
  }

  @Test
  void whatVariesStandsInTheExpectedText() {
    assertEquals(
        List.of(
            "page.adoc:3:28 bad-value: vary= names \"NAMES\", which stands nowhere in the expected"
                + " text"),
        listing("source,console,verify=run,vary=NAMES", "$ echo NAMES\nNAME").problems());
    assertEquals(
        List.of(),
        listing("source,console,verify=run,vary=\"LAST SEEN\"", "$ a\nLAST SEEN  b\n").problems());
    assertEquals(
        1, listing("source,bash,verify=run,vary=a", "a").problems().size(), "nothing is expected");
  }

  private static List<String> after(String name, String attributes, String more) {
    return WrittenPage.of(
            """
            [source#forward%background,console,verify=run,stop=STOP]
            ----
            $ sleep 9
            ----

            [source#STOP,OTHER]
            ----
            MORE
            ----
            """
                .replace("STOP", name)
                .replace("OTHER", attributes)
                .replace("MORE", more))
        .problems();
  }

  @Test
  void aBackgroundIsEndedAfterWhatIsRunInOrder() {
    assertEquals(List.of(), after("a", "console,verify=run", "$ true"));
    assertEquals(List.of(), after("a", "text,verify=output", "a"));
    for (String other :
        List.of(
            "yaml", "yaml,verify=fixture", "yaml,verify=teardown", "yaml,verify=skip,because=b")) {
      assertEquals(
          List.of(
              "page.adoc:1:47 unknown-reference: stop=#a names the wrong kind of snippet, or"
                  + " place"),
          after("a", other, MANIFEST),
          other);
    }
  }

  @Test
  void anOutputWaitsForWhatGoesOnAndForNothingElse() {
    assertEquals(List.of(), after("a", "text,verify=output,within=5s", "a"));
    assertEquals(
        List.of(
            "page.adoc:6:28 unknown-key: within= waits for nothing here: the commands have ended"),
        WrittenPage.of(
                """
                [source#run,console,verify=run]
                ----
                $ true
                ----
                [source,text,verify=output,within=5s]
                ----
                a
                ----
                """
                    .replace("----\n[", "----\n\n["))
            .problems());
  }

  @Test
  void aValueThatCannotBeReadLeavesTheSnippetToBeReported() {
    WrittenPage page = listing("source,console,verify=run,exit=256", "$ true");
    assertEquals(
        List.of("page.adoc:3:28 bad-value: exit= takes an exit code from 0 to 255, not \"256\""),
        page.problems());
    assertEquals(1, page.snippets().size());
  }

  @Test
  void attributesOnALineOfTheirOwnHaveTheirPlaceThere() {
    WrittenPage page =
        WrittenPage.of(
            """
            [source,console]
            [verify=run,exit=x]
            .Title
            ----
            $ true
            ----
            """);
    assertEquals(
        List.of("page.adoc:2:13 bad-value: exit= takes an exit code from 0 to 255, not \"x\""),
        page.problems());
  }

  @Test
  void aLastDayIsADayToo() {
    assertEquals(
        List.of(),
        listing("source,console,verify=skip,because=b,until=" + WrittenPage.TODAY, "$ true")
            .problems());
    assertEquals(
        List.of("page.adoc:3:39 expired-skip: the reason for skipping this ended on 2026-11-23"),
        listing(
                "source,console,verify=skip,because=b,until=" + WrittenPage.TODAY.minusDays(1),
                "$ true")
            .problems());
  }

  @Test
  void aReferenceToItselfIsWrong() {
    WrittenPage page = listing("source#me%background,console,verify=run,stop=#me", "$ true");
    assertEquals(
        List.of(
            "page.adoc:3:42 unknown-reference: stop=#me names the wrong kind of snippet, or"
                + " place"),
        page.problems());
  }

  @Test
  void aFileIsFoundUnderTheNameThatIsGivenElseUnderItsOwn() {
    WrittenPage.include("included.yaml", "kind: Pod\n");
    assertEquals(
        List.of("included.yaml"),
        listing("source,yaml,verify=apply", "include::included.yaml[]").snippet().fileNames());
    assertEquals(
        List.of("pod.yaml"),
        listing("source,yaml,verify=apply,file=pod.yaml", "include::included.yaml[]")
            .snippet()
            .fileNames());
    assertEquals(List.of(), listing("source,yaml,verify=apply", MANIFEST).snippet().fileNames());
  }

  @Test
  void everyKeyHasAVerbAndEveryVerbIsWritten() {
    for (Verb verb : Verb.values()) {
      assertEquals(Optional.of(verb), Verb.named(verb.attributeValue()));
    }
    for (Key key : Key.values()) {
      assertTrue(Snippet.isKey(key.attributeName()));
      assertTrue(List.of(Verb.values()).stream().anyMatch(key::isFor), key.attributeName());
    }
    assertEquals(Optional.empty(), Verb.named("Run"));
  }

  @Test
  void rolesSayWhatASnippetIsInACase() {
    for (Part part : Part.values()) {
      assertEquals(
          Optional.of(part),
          listing("source,yaml,verify=apply,role=\"x " + part.role() + "\"", MANIFEST)
              .snippet()
              .part());
    }
    assertEquals(Optional.empty(), listing("source.note,yaml", MANIFEST).snippet().part());
  }
}
