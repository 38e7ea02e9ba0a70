package dev.shirube.search.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageFinderTest {

  @Test
  void thePassageWithMostOfTheQueryIsBest() {
    PassageFinder finder = finder("イメージ 取得", "イメージ", "取得");
    List<Passage> passages =
        List.of(
            new Passage("概要", "イメージとイメージとイメージ"),
            new Passage("失敗", "イメージの取得に失敗します"),
            new Passage("他", "取得"));
    assertEquals(1, finder.best(passages));
  }

  @Test
  void ofEqualPassagesTheFirstIsBest() {
    PassageFinder finder = finder("pod", "pod");
    assertEquals(0, finder.best(List.of(new Passage("Pod", ""), new Passage("", "Pod pod pods"))));
  }

  @ParameterizedTest
  @CsvSource({
    "pod, Pods run, [Pods] run",
    "pod, a podman, a podman",
    "policy, two policies, two [policies]",
    "image, ErrImagePull, Err[Image]Pull",
    "落ちる, すぐ落ちた, すぐ[落ちた]",
    "pod, ＰＯＤ, [ＰＯＤ]",
  })
  void aTermIsMarkedInItsForms(String term, String text, String marked) {
    assertEquals(marked, finder(term, term).excerpt(text, '[', ']'));
  }

  @Test
  void neighbouringMatchesShareAMark() {
    assertEquals("[イメージ取得]する", finder("イメージ取得", "イメージ", "取得").excerpt("イメージ取得する", '[', ']'));
  }

  @Test
  void theExcerptIsShortAndHoldsTheDensestMatch() {
    String filler = "これは関係のない文です。".repeat(40);
    String text = "イメージ。" + filler + "イメージの取得に失敗しました。" + filler;
    String excerpt = finder("イメージ 取得", "イメージ", "取得").excerpt(text, '[', ']');
    assertTrue(excerpt.contains("[イメージ]の[取得]に失敗しました。"), excerpt);
    assertTrue(excerpt.length() < 150, excerpt);
    assertTrue(excerpt.startsWith("…これは"), excerpt);
  }

  @Test
  void theExcerptIsOneLine() {
    assertEquals("a [pod] b", finder("pod", "pod").excerpt("\na\n\n pod\tb\n", '[', ']'));
  }

  @Test
  void theExcerptDoesNotCutASurrogatePair() {
    String text = "x" + "𠮷".repeat(100) + "pod" + "𠮷".repeat(100);
    String excerpt = finder("pod", "pod").excerpt(text, '[', ']');
    assertTrue(excerpt.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000), excerpt);
  }

  private static PassageFinder finder(String query, String... terms) {
    TermDictionary dictionary = new SortedDictionary().terms(terms);
    return new PassageFinder(QueryParser.parse(dictionary, query), dictionary, 100);
  }
}
