package dev.shirube.search;

import dev.shirube.model.PageKind;
import dev.shirube.search.query.ParsedQuery;
import dev.shirube.search.query.ParsedQuery.Alternative;
import dev.shirube.search.query.ParsedQuery.Group;
import dev.shirube.search.query.ParsedQuery.Name;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Says a parsed query in Lucene's terms. */
final class LuceneQueries {
  /** Three shingles in common are five tokens in a row: no accident. */
  private static final int ENOUGH_SHINGLES = 3;

  /** More than the words of a short query together: what has the name comes first. */
  private static final float NAME_SCORE = 100;

  /** More than all words of a query together, so that the case with the error comes first. */
  private static final float SHINGLE_SCORE = 1_000;

  private LuceneQueries() {}

  /**
   * The sum of the groups, and a bonus for pages that have the name or quote the error.
   *
   * @param kind of the pages; null for any
   */
  static Query of(ParsedQuery query, @Nullable PageKind kind) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (Group group : query.groups()) {
      List<Query> alternatives = new ArrayList<>();
      for (Alternative alternative : group.alternatives()) {
        alternatives.add(of(alternative));
      }
      all.add(new DisjunctionMaxQuery(alternatives, 0), Occur.SHOULD);
    }
    if (!query.names().isEmpty()) {
      List<Query> names = new ArrayList<>();
      for (Name name : query.names()) {
        names.add(constant(IndexFields.NAME, name.key(), NAME_SCORE * name.weight()));
      }
      all.add(new DisjunctionMaxQuery(names, 0), Occur.SHOULD);
    }
    if (!query.fingerprints().isEmpty()) {
      all.add(ofFingerprints(query.fingerprints()), Occur.SHOULD);
    }
    if (kind == null) {
      return all.build();
    }
    return new BooleanQuery.Builder()
        .add(all.build(), Occur.MUST)
        .add(new TermQuery(new Term(IndexFields.KIND, kind.id())), Occur.FILTER)
        .build();
  }

  private static Query of(Alternative alternative) {
    BooleanQuery.Builder sum = new BooleanQuery.Builder();
    for (String term : alternative.terms()) {
      for (IndexFields.Ranked field : IndexFields.RANKED) {
        Query match = new TermQuery(new Term(field.name(), term));
        sum.add(new BoostQuery(match, field.weight() * alternative.weight()), Occur.SHOULD);
      }
    }
    return sum.build();
  }

  /** The pages that quote enough of an error. */
  static Query ofFingerprints(List<String> shingles) {
    BooleanQuery.Builder shared = new BooleanQuery.Builder();
    for (String shingle : shingles) {
      shared.add(constant(IndexFields.FINGERPRINT, shingle, SHINGLE_SCORE), Occur.SHOULD);
    }
    shared.setMinimumNumberShouldMatch(Math.min(ENOUGH_SHINGLES, shingles.size()));
    return shared.build();
  }

  private static Query constant(String field, String term, float score) {
    return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, term))), score);
  }
}
