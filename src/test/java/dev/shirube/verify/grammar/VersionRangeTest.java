package dev.shirube.verify.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource({
    "1.30,       30, 30",
    "1.30..,     30, 2147483647",
    "..1.35,     0,  35",
    "1.30..1.35, 30, 35",
    "1.30..1.30, 30, 30"
  })
  void bothEndsBelongToIt(String text, int first, int last) {
    VersionRange range = VersionRange.parse(text).orElseThrow();
    assertEquals(new VersionRange(first, last), range);
    assertTrue(range.contains(first));
    assertTrue(range.contains(last));
    assertFalse(range.contains(first - 1));
    assertFalse(last < Integer.MAX_VALUE && range.contains(last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.30", "1.30..", "..1.35", "1.30..1.35"})
  void itIsPrintedAsItIsWritten(String text) {
    assertEquals(text, VersionRange.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "30",
        "1.x",
        "2.1",
        "1.35..1.30",
        "1.30...1.35",
        "1.301.31",
        "1.30-1.35"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertEquals(Optional.empty(), VersionRange.parse(text));
  }

  @Test
  void allVersionsAreInTheWidestOne() {
    assertTrue(VersionRange.ALL.contains(0));
    assertTrue(VersionRange.ALL.contains(Integer.MAX_VALUE));
  }
}
