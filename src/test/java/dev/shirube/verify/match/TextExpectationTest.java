package dev.shirube.verify.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextExpectationTest {

  @Test
  void wordsThatVaryStandForOthersOfTheirKind() {
    Expectation expectation =
        assertInstanceOf(
                Expectation.Ready.class,
                Expectation.parse(
                    MatchMode.EXACT,
                    "pod \"web-x2x5k\" (web-x2x5k2) took 15 of 150 ms\n",
                    Set.of("web-x2x5k", "15")))
            .expectation();

    assertTrue(expectation.compare("pod \"api-b4b5b\" (web-x2x5k2) took 7 of 150 ms\n").matches());
    assertFalse(expectation.compare("pod \"api-b4b5b\" (api-b4b5b2) took 7 of 150 ms\n").matches());
    assertFalse(
        expectation.compare("pod \"api-b4b5b\" (web-x2x5k2) took long of 150 ms\n").matches());
    assertFalse(expectation.compare("pod \"api-b4b5b\" (web-x2x5k2) took 7 of 170 ms\n").matches());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "a | a",
        "a | a;",
        "a;b | a  ;b;;",
        "a;;b | a;;b",
        "pod/web-<hash>-<hash> created | pod/web-7d4b9c6f5d-x2x5k created",
        "... is text | ... is text",
      })
  void exactLinesMatchButForBlankEnds(String expected, String actual) {
    Expected.assertMatches(MatchMode.EXACT, lines(expected), lines(actual));
    Expected.assertMatches(MatchMode.EXACT, lines(expected), lines(actual).replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a;b;c | a;x;c | 2:1 expected \"b\", was \"x\"",
        "a;web is up | a;web is down | 2:8 expected \"web is up\", was \"web is down\"",
        "a;b | a | 2:1 expected \"b\", the output ends before it",
        "a | a;b | 1:1 the output goes on after the last expected line with \"b\"",
        "a;b | ~~ | 1:1 expected \"a\", there was no output",
        "~~ | a | 1:1 expected no output, was \"a\"",
        "a;b | a;;b | 2:1 expected \"b\", was a blank line",
        "up <age> now | up 5x now | 1:4 expected \"up <age> now\", was \"up 5x now\"",
        "... | a | 1:1 expected \"...\", was \"a\"",
        "A | a | 1:1 expected \"A\", was \"a\"",
        "a b | a  b | 1:3 expected \"a b\", was \"a  b\"",
      })
  void anExactDifferenceHasItsLineAndColumn(String expected, String actual, String where) {
    assertEquals(
        where, Expected.where(Expected.mismatch(MatchMode.EXACT, lines(expected), lines(actual))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "... | a;b",
        "... | ~~",
        "… | a",
        "a;... | a",
        "a;...;c | a;c",
        "a;...;c | a;b;c;b;c",
        "...;a;b;... | a;a;b",
        "...;a;...;a | a;b;a",
        "a...c | abbc",
        "a...c...e | acce",
        "a…c | ac",
        "...b | ab",
        "2 of ...;...;done <n> | 2 of 3;x;done 5",
        "\\...;... | ...;x",
        "x\\...y | x...y",
        "wait... | wait...",
      })
  void dotsStandForAnyLinesOrCharacters(String expected, String actual) {
    Expected.assertMatches(MatchMode.ELIDE, lines(expected), lines(actual));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a;...;c | a;b | 3:1 expected \"c\", no line of the output after \"a\" is that",
        "...;c | a;b | 2:1 expected \"c\", no line of the output is that",
        "...;a;b;...;c | a;x;a;b;d | 5:1 expected \"c\", no line of the output after \"b\" is that",
        "...;a;b | a;x;a;y | 3:1 expected \"b\", was \"x\"",
        "...;a | a;b | 2:1 the output goes on after the last expected line with \"b\"",
        "a...c | abbd | 1:5 expected \"a...c\", was \"abbd\"",
        "\\... | x | 1:1 expected \"\\...\", was \"x\"",
        "a;...;b | ~~ | 1:1 expected \"a\", there was no output",
      })
  void anElidedDifferenceIsTheFarthestThatWasCome(String expected, String actual, String where) {
    assertEquals(
        where, Expected.where(Expected.mismatch(MatchMode.ELIDE, lines(expected), lines(actual))));
  }

  @Test
  void withoutAModeDotsElide() {
    assertEquals(MatchMode.ELIDE, MatchMode.defaultFor("a\n...\n"));
    assertEquals(MatchMode.ELIDE, MatchMode.defaultFor("a …"));
    assertEquals(MatchMode.EXACT, MatchMode.defaultFor("a <age>"));
    assertEquals(MatchMode.TABLE, MatchMode.defaultFor("LAST SEEN   TYPE\n3s   Normal\n"));
  }

  @Test
  void aDiffShowsBothTextsAndLeavesOutWhatIsAlike() {
    String expected = "1\n2\n3\n4\n5\n6\nold\n7\n8\n9\n10\n11\n";
    String actual = "1\n2\n3\n4\n5\n6\nnew\n7\n8\n9\n10\n11\n";
    assertEquals(
        """
          (3 lines alike)
          4
          5
          6
        - old
        + new
          7
          8
          9
          (2 lines alike)
        """,
        Expected.mismatch(MatchMode.EXACT, expected, actual).diff());
  }

  @Test
  void aLineThatMatchesItsTokensIsAlikeInADiff() {
    assertEquals(
        """
          up <age>
          ...
          <n>
        - done
        + failed
        """,
        Expected.mismatch(MatchMode.ELIDE, "up <age>\n...\n<n>\ndone", "up 5s\na\nb\n3\nfailed")
            .diff());
  }

  @Test
  void aLongDiffIsCutAndSaysSo() {
    String actual = "x\n".repeat(100_000);
    String diff = Expected.mismatch(MatchMode.EXACT, "y\n".repeat(1_000), actual).diff();
    assertTrue(diff.endsWith("  (99600 more lines, not compared)\n"), diff);
  }

  @Test
  void hostileDotsTakeNoTime() {
    String dots = "a...".repeat(200) + "b";
    String manyA = "a".repeat(20_000);
    String gaps = "a\n...\n".repeat(200) + "b";
    String manyLines = "a\n".repeat(20_000);
    String tokens = "<any>".repeat(50) + "<n>".repeat(50) + "<version>".repeat(20) + "!";
    String digits = "1.1".repeat(500);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertFalse(Expected.compare(MatchMode.ELIDE, dots, manyA).matches());
          assertFalse(Expected.compare(MatchMode.ELIDE, gaps, manyLines).matches());
          assertFalse(Expected.compare(MatchMode.ELIDE, tokens, digits).matches());
        });
  }

  /** Java's own regular expressions are right, if slow on large texts. */
  @Test
  void dotsMatchWhatARegularExpressionMatches() {
    Random random = new Random(20261123);
    int matches = 0;
    for (int i = 0; i < 5_000; i++) {
      List<String> expected = words(random, List.of("a", "b", "...", "a...b", "..."));
      List<String> actual = words(random, List.of("a", "b", "ab", "aab"));
      StringBuilder regex = new StringBuilder();
      for (String line : expected) {
        regex.append(
            line.equals("...") ? "(?:[^\\n]*\\n)*" : line.replace("...", "[^\\n]*") + "\\n");
      }
      boolean matching =
          Pattern.matches(
              regex.toString(), String.join("\n", actual) + (actual.isEmpty() ? "" : "\n"));
      matches += matching ? 1 : 0;
      assertEquals(
          matching,
          Expected.compare(MatchMode.ELIDE, String.join("\n", expected), String.join("\n", actual))
              .matches(),
          () -> expected + " against " + actual);
    }
    assertTrue(matches > 250, "only " + matches + " matches: the texts say too little");
  }

  private static List<String> words(Random random, List<String> from) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      words.add(from.get(random.nextInt(from.size())));
    }
    return words;
  }

  private static String lines(String text) {
    return text.replace(';', '\n');
  }
}
