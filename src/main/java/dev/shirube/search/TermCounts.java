package dev.shirube.search;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;

/** How often each term occurs in a field of a page. */
final class TermCounts {
  private final SortedMap<String, Integer> counts = new TreeMap<>();

  void add(String term) {
    counts.merge(term, 1, Integer::sum);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  Set<String> terms() {
    return counts.keySet();
  }

  /** For a field that keeps frequencies but no positions. */
  TokenStream stream() {
    return new CountedTerms(counts.entrySet().iterator());
  }

  private static final class CountedTerms extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
    private final Iterator<Map.Entry<String, Integer>> entries;

    CountedTerms(Iterator<Map.Entry<String, Integer>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean incrementToken() {
      if (!entries.hasNext()) {
        return false;
      }
      clearAttributes();
      Map.Entry<String, Integer> entry = entries.next();
      term.append(entry.getKey());
      frequency.setTermFrequency(entry.getValue());
      return true;
    }
  }
}
