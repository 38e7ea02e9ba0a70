package dev.shirube.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JapaneseSpacingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>一行目です。⏎二行目です。</p> | <p>一行目です。二行目です。</p>",
        "<p>一行目です。⏎Podは</p>       | <p>一行目です。Podは</p>",
        "<p>one⏎two</p>                  | <p>one⏎two</p>",
        "<p>前。⏎<code>x</code>⏎後</p>  | <p>前。<code>x</code>後</p>",
        "<p>a⏎<em>b</em>⏎c</p>          | <p>a⏎<em>b</em>⏎c</p>",
        "<pre>日本⏎語</pre>              | <pre>日本⏎語</pre>",
        "<p>終。</p>⏎<p>始</p>           | <p>終。</p>⏎<p>始</p>"
      })
  void sourceLinesJoinWithoutASpaceWhereTextIsJapanese(String source, String expected) {
    Document document = Jsoup.parseBodyFragment(source.replace("⏎", "\n"));
    document.outputSettings().prettyPrint(false);
    JapaneseSpacing.joinLines(document.body());
    assertEquals(expected.replace("⏎", "\n"), document.body().html());
  }
}
