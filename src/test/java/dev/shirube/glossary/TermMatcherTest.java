package dev.shirube.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.model.Glossary;
import dev.shirube.model.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermMatcherTest {

  private static Term term(String title, String... aliases) {
    return new Term(title, title + ".adoc", title, "", "", List.of(aliases), "", List.of());
  }

  private final TermMatcher matcher =
      new TermMatcher(
          new Glossary(
              List.of(
                  term("Pod", "ポッド", "Pods"),
                  term("Job", "ジョブ"),
                  term("CronJob"),
                  term("Control Plane", "コントロールプレーン"),
                  term("プレーン"))));

  private List<String> found(String text) {
    return matcher.mentions(text).stream()
        .map(
            mention ->
                mention.term().title() + ":" + text.substring(mention.start(), mention.end()))
        .toList();
  }

  @Test
  void japaneseTextNeedsNoSpaces() {
    assertEquals(List.of("Pod:Pod", "Pod:ポッド"), found("このPodとポッドは"));
  }

  @Test
  void theLongestNameWins() {
    assertEquals(List.of("Control Plane:コントロールプレーン"), found("コントロールプレーンの"));
    assertEquals(List.of("CronJob:CronJob"), found("CronJobが"));
  }

  @Test
  void asciiNamesMatchWholeWordsOnly() {
    assertEquals(List.of("Pod:Pods"), found("Pods"));
    assertEquals(List.of(), found("PodSpec, my-Pod, Pod-1, aPod"));
  }

  @Test
  void katakanaNamesDoNotMatchInsideLongerKatakana() {
    assertEquals(List.of(), found("ポッドキャスト"));
    assertEquals(List.of("Job:ジョブ"), found("別のジョブを"));
  }
}
