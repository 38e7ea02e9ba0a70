package dev.shirube.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.dict.UserDictionary;
import org.jspecify.annotations.Nullable;

/** Kuromoji in search mode: base forms, without grammar and stop words. */
final class KuromojiAnalyzer extends Analyzer {
  private final @Nullable UserDictionary names;
  private final CharArraySet stopWords = JapaneseAnalyzer.getDefaultStopSet();
  private final Set<String> stopTags = JapaneseAnalyzer.getDefaultStopTags();

  /**
   * Prepares the tokenizer.
   *
   * @param names words that are not to be taken apart
   */
  KuromojiAnalyzer(Set<String> names) {
    this.names = dictionary(names);
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    JapaneseTokenizer tokenizer =
        new JapaneseTokenizer(names, true, true, JapaneseTokenizer.Mode.SEARCH);
    TokenStream stream = new JapaneseBaseFormFilter(tokenizer);
    stream = new JapanesePartOfSpeechStopFilter(stream, stopTags);
    return new TokenStreamComponents(tokenizer, new StopFilter(stream, stopWords));
  }

  /** Lines of "surface,segmentation,reading,part of speech"; Kuromoji refuses an empty one. */
  private static @Nullable UserDictionary dictionary(Set<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : new TreeSet<>(names)) {
      lines.append(name).append(',').append(name).append(',').append(name).append(",カスタム名詞\n");
    }
    try {
      return UserDictionary.open(new StringReader(lines.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }
}
