package dev.shirube.verify.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenTest {

  private static final String SHA = "0123456789abcdef".repeat(4);

  static Stream<Arguments> values() {
    return Stream.of(
            row(
                Token.AGE,
                "0s 5s 119s 2m 2m30s 9m59s 179m 3h 7h59m 47h 2d 3d4h 7d23h 700d 2y 2y100d"),
            row(
                Token.DATE,
                "2026-11-23T00:00:01Z 2026-02-28T23:59:59.123456Z 2026-01-01T09:00:00+09:00"),
            row(Token.HASH, "x2x5k 7d4b9c6f5d bcdfg 68d5d8"),
            row(
                Token.IP,
                "10.96.0.1 0.0.0.0 255.255.255.255 ::1 fd00::10 :: 2001:db8::8a2e:370:7334 ::ffff:10.0.0.1"),
            row(Token.N, "0 7 00 12345678901234567890"),
            row(Token.QUANTITY, "0 1 500m 1.5 128Mi 1Gi 2G 1e3 12E 100k 5n .5 +1"),
            row(Token.SHA256, SHA),
            row(Token.UID, "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
            row(Token.VERSION, "1.37 v1.37.2 1.2.3-rc.1 v1.37.2-eks-a1b2c3 v1.2.3+k3s1"),
            row(Token.ANY, "x web-1 <none> 標"))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> otherValues() {
    return Stream.of(
            row(
                Token.AGE,
                "5 s 5m30 30s2m 2m90s 3d30h 5s3m <unknown> <invalid> -5s 1.5s 2w 3h4h 5S"),
            row(
                Token.DATE,
                "2026-11-23 2026-13-01T00:00:00Z 2026-02-30T00:00:00Z 2026-11-23T00:00:01 00:00:01Z"),
            row(Token.HASH, "x2x5 abcde x2x5k1 bcdfghjklmn X2X5K web-x"),
            row(
                Token.IP,
                "10.96.0 256.1.1.1 10.96.0.1.2 01.2.3.4 1.2.3.4. : 1 fd00::10::1 fe80::1%eth0 g::1 10.0.0.1:80"),
            row(Token.N, "-1 1.5 1k x 123456789012345678901 ١"),
            row(Token.QUANTITY, "Mi 1mi 1KB 1.2.3 1Kib x"),
            row(
                Token.SHA256,
                SHA + "0 " + SHA.substring(1) + " sha256:" + SHA + " " + SHA.replace('a', 'A')),
            row(Token.UID, "7c9e6679-7425-40de-944b-e07fc1f90ae 7c9e667974254 0de944be07fc1f90ae7"),
            row(Token.VERSION, "1 v1 1.x latest 1.2.3.4 1.2."))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> row(Token token, String values) {
    return Stream.of(values.split(" ")).map(value -> Arguments.of(token, value));
  }

  @ParameterizedTest(name = "<{0}> {1}")
  @MethodSource("values")
  void aTokenMatchesItsValues(Token token, String value) {
    assertTrue(token.matches(value));
    Expected.assertMatches(MatchMode.EXACT, "a <" + token.word() + ">;", "a " + value + ";");
    Expected.assertMatches(MatchMode.TABLE, "A\n<" + token.word() + ">", "A\n" + value);
  }

  @ParameterizedTest(name = "<{0}> {1}")
  @MethodSource("otherValues")
  void aTokenMatchesNothingElse(Token token, String value) {
    assertFalse(token.matches(value));
    assertFalse(
        Expected.compare(MatchMode.EXACT, "a <" + token.word() + ">;", "a " + value + ";")
            .matches());
  }

  @ParameterizedTest
  @EnumSource
  void aTokenMatchesNoBlank(Token token) {
    assertFalse(token.matches(""));
    assertFalse(Expected.compare(MatchMode.EXACT, "a<" + token.word() + ">b", "ab").matches());
  }

  @Test
  void inATextAnyIsOneWordAndInACellItIsAllOfIt() {
    assertFalse(Expected.compare(MatchMode.EXACT, "<any>", "two words").matches());
    Expected.assertMatches(MatchMode.TABLE, "A    B\nx    <any>", "A    B\nx    two words");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "ELIDE", "TABLE", "JSON"})
  void aTokenThatIsNearlyOneIsAProblem(MatchMode mode) {
    ExpectationProblem problem =
        Expected.problems(
                mode,
                switch (mode) {
                  case EXACT, ELIDE -> "pod/web-<hsah> created";
                  case TABLE -> "NAME\nweb-<hsah>";
                  case JSON -> "name: web-<hsah>";
                })
            .getFirst();
    assertEquals("unknown token <hsah>", problem.what());
    assertEquals("did you mean <hash>? The text itself is written \\<hsah>", problem.fix());
  }

  @Test
  void whatIsNoTokenInAnOutputIsText() {
    Expected.assertMatches(
        MatchMode.EXACT,
        "<html><h1>Hi</h1> <none> <pending>",
        "<html><h1>Hi</h1> <none> <pending>");
    assertEquals("2:1 unknown token <status>", Expected.problem(MatchMode.TABLE, "A\n<status>"));
    assertEquals("1:4 unknown token <status>", Expected.problem(MatchMode.JSON, "a: <status>"));
  }

  @Test
  void anEscapedTokenIsText() {
    Expected.assertMatches(MatchMode.EXACT, "use \\<age> or <age>", "use <age> or 5s");
    assertFalse(Expected.compare(MatchMode.EXACT, "use \\<age>", "use 5s").matches());
    Expected.assertMatches(MatchMode.EXACT, "a\\b \\|", "a\\b \\|");
  }
}
