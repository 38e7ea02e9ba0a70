// LuceneQueries.java and Lucene's BM25Similarity: rounded to float where Java has floats, so that
// pages come in the same order.
const K1 = float(1.2);
const B = 0.75;
const NAME_SCORE = 100;
const SHINGLE_SCORE = 1000;
const ENOUGH_SHINGLES = 3;
const PAGES_OF_LENGTHS = 1024;

/** The kind and the lengths of the fields of a page. */
function sizesOf(page) {
  const name = "n" + Math.floor(page / PAGES_OF_LENGTHS);
  let chunk = need(name);
  if (chunk && !chunk.kinds) {
    const [kinds, ...columns] = chunk;
    chunk = { kinds, lengths: columns.map(numbers) };
    files.set(name, chunk);
  }
  const row = page % PAGES_OF_LENGTHS;
  return chunk && { kind: chunk.kinds[row], lengths: chunk.lengths.map((column) => column[row]) };
}

const add = (page, score, scores) => scores.set(page, (scores.get(page) ?? 0) + score);

/** Adds what a term scores in each field of each page. */
function addTerm(term, weight, sums) {
  const postings = get(term)?.postings ?? [];
  manifest.fields.forEach(([pages, mean, fieldWeight], field) => {
    const frequency = postings.filter((posting) => posting[field + 1]).length;
    const idf = float(Math.log(1 + (pages - frequency + 0.5) / (frequency + 0.5)));
    const boost = float(float(fieldWeight * weight) * idf);
    const meanLength = float(mean);
    for (const posting of postings) {
      const frequencyHere = posting[field + 1];
      if (frequencyHere) {
        const length = sizesOf(posting[0])?.lengths[field] ?? 0;
        const norm = float(1 / float(K1 * float(1 - B + float(float(B * length) / meanLength))));
        const damped = float(boost / float(1 + float(frequencyHere * norm)));
        add(posting[0], float(boost - damped), sums);
      }
    }
  });
}

/** The pages that say anything of the query, best first; of equals, the first. */
function ranked(query) {
  const totals = new Map();
  for (const group of query.groups) {
    const best = new Map();
    for (const { weight, terms } of group) {
      const sums = new Map();
      terms.forEach((term) => addTerm(term, weight, sums));
      sums.forEach((sum, page) => best.set(page, Math.max(best.get(page) ?? 0, float(sum))));
    }
    best.forEach((score, page) => add(page, score, totals));
  }
  const pagesOf = (key) => (get(key)?.postings ?? []).map(([page]) => page);
  const named = new Map();
  for (const { name, weight } of query.names) {
    pagesOf("=" + name).forEach((page) => named.set(page, Math.max(named.get(page) ?? 0, weight)));
  }
  named.forEach((weight, page) => add(page, float(NAME_SCORE * weight), totals));
  const shared = new Map();
  for (const shingle of query.fingerprints) {
    pagesOf("#" + shingle).forEach((page) => add(page, 1, shared));
  }
  const enough = Math.min(ENOUGH_SHINGLES, query.fingerprints.length);
  const matchesError = (page) => (shared.get(page) ?? 0) >= Math.max(enough, 1);
  shared.forEach((count, page) => {
    if (matchesError(page)) {
      add(page, count * SHINGLE_SCORE, totals);
    }
  });
  return [...totals]
    .map(([page, score]) => ({ page, score: float(score), matchesError: matchesError(page) }))
    .sort((a, b) => b.score - a.score || a.page - b.page);
}
