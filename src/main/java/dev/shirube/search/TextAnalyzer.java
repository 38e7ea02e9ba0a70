package dev.shirube.search;

import dev.shirube.search.query.CharKind;
import dev.shirube.search.query.KatakanaStem;
import dev.shirube.search.query.StopWords;
import dev.shirube.search.query.TermDictionary;
import dev.shirube.search.query.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Turns text into terms: Japanese through Kuromoji, to base forms; everything else through {@link
 * Words}, which the query core shares.
 */
final class TextAnalyzer implements AutoCloseable {
  private final Analyzer kuromoji;

  /**
   * Prepares the tokenizer.
   *
   * @param names katakana names that are not to be taken apart
   */
  TextAnalyzer(Set<String> names) {
    this.kuromoji = new KuromojiAnalyzer(names);
  }

  /** The terms of a text, as often as they occur, in no particular order. */
  List<Token> tokens(String text) {
    String normal = TextNormalizer.normalize(text);
    List<Token> tokens = new ArrayList<>();
    for (String term : Words.terms(normal)) {
      tokens.add(new Token(term, term, false));
    }
    for (String term : Words.compounds(normal)) {
      tokens.add(new Token(term, term, true));
    }
    addJapanese(Words.lowerCase(normal), tokens);
    return tokens;
  }

  /** The terms of a name in order, identifiers as a whole. */
  List<String> sequence(String name) {
    String normal = TextNormalizer.normalize(name);
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < normal.length()) {
      int end = at + 1;
      if (CharKind.of(normal.charAt(at)) == CharKind.WORD) {
        end = CharKind.endOfWord(normal, at);
        String word = Words.term(normal.substring(at, end));
        tokens.add(new Token(word, word, false));
      } else if (CharKind.of(normal.charAt(at)).isJapanese()) {
        end = endOfJapanese(normal, at);
        addJapanese(normal.substring(at, end), tokens);
      }
      at = end;
    }
    return tokens.stream().map(Token::term).filter(term -> !StopWords.contains(term)).toList();
  }

  @Override
  public void close() {
    kuromoji.close();
  }

  private void addJapanese(String text, List<Token> tokens) {
    try (TokenStream stream = kuromoji.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        String base = KatakanaStem.of(term.toString());
        if (isJapanese(base) && !StopWords.contains(base)) {
          String surface = text.substring(offset.startOffset(), offset.endOffset());
          tokens.add(new Token(base, surface, false));
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  private static int endOfJapanese(String text, int start) {
    int end = start;
    while (end < text.length() && CharKind.of(text.charAt(end)).isJapanese()) {
      end++;
    }
    return end;
  }

  /** Kuromoji also gives words and numbers, which {@link Words} has read. */
  private static boolean isJapanese(String term) {
    if (term.length() > TermDictionary.MAX_KEY_LENGTH) {
      return false;
    }
    boolean letter = false;
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (!CharKind.of(c).isJapanese()) {
        return false;
      }
      letter |= c != CharKind.LONG_VOWEL;
    }
    return letter;
  }

  /**
   * A term in a text.
   *
   * @param term the base form
   * @param surface as it stands in the text, normalised
   * @param compound whether it repeats words that are tokens too
   */
  record Token(String term, String surface, boolean compound) {}
}
