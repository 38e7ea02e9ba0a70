package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableNumbersTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "63, 1", "64, 2", "1663, 2", "1664, 3"})
  void smallNumbersAreShort(int number, int symbols) {
    assertEquals(symbols, written(List.of(number)).length());
  }

  @Test
  void whatIsWrittenInARowIsReadBack() {
    List<Integer> numbers =
        IntStream.concat(IntStream.range(0, 5_000), IntStream.of(1 << 20, Integer.MAX_VALUE))
            .boxed()
            .toList();
    assertEquals(numbers, read(written(numbers)));
  }

  @Test
  void nothingNeedsAnEscapeOrSeparatesEntries() {
    for (String reserved : List.of("\"", "\\", "|", "^", " ", "\n")) {
      assertFalse(PrintableNumbers.SYMBOLS.contains(reserved), reserved);
    }
    assertEquals(90, PrintableNumbers.SYMBOLS.chars().distinct().count());
  }

  private static String written(List<Integer> numbers) {
    StringBuilder out = new StringBuilder();
    numbers.forEach(number -> PrintableNumbers.append(number, out));
    return out.toString();
  }

  /** As dictionary.js reads them. */
  private static List<Integer> read(String text) {
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    int unit = 1;
    for (int i = 0; i < text.length(); i++) {
      int value = PrintableNumbers.SYMBOLS.indexOf(text.charAt(i));
      if (value < 64) {
        numbers.add(number + value * unit);
        number = 0;
        unit = 1;
      } else {
        number += (value - 64) * unit;
        unit *= 26;
      }
    }
    return numbers;
  }
}
