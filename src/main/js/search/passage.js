// TermFinder, Excerpt and PassageFinder: the best section of a page, and a piece of it.
const LENGTH = 120;
const SLACK = 16;

/** Lower case and plain forms, unit by unit, so that places in the text stay what they are. */
const fold = (text) =>
  text.replace(/[A-Z―\uFF01-\uFF5E]/g, (char) =>
    char === "―"
      ? LONG_VOWEL
      : lowerCase(char > "Z" ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char),
  );

/** Finds a term in the text that it came from. */
function termFinder(word) {
  const last = word.at(-1);
  const ofLetters = isWord(word[0]);
  // The dictionary form ends in a kana that other forms change: 消える, 消えた.
  const inflected = word.length > 1 && kindOf(word[0]) === KANJI && isHiragana(last);
  const policy = ofLetters && word.length > 3 && last === "y";
  const needle = inflected || policy ? word.slice(0, -1) : word;

  const starts = (text, at) => at === 0 || !isWord(text[at - 1]) || startsPart(text, at);
  const ends = (text, at) => at >= text.length || !isWord(text[at]) || startsPart(text, at);

  /** One past the end of the term that starts here; `at` if none does. */
  function endAt(text, folded, at) {
    const end = at + needle.length;
    if (inflected) {
      return isHiragana(folded[end] ?? "") ? end + 1 : at;
    }
    if (!ofLetters) {
      return end;
    }
    if (!starts(text, at)) {
      return at;
    }
    if (policy) {
      const ending = ["y", "ies"].find((letters) => folded.startsWith(letters, end));
      return ending && ends(text, end + ending.length) ? end + ending.length : at;
    }
    if (folded[end] === "s" && ends(text, end + 1)) {
      return end + 1;
    }
    return ends(text, end) ? end : at;
  }

  return {
    word,
    /** The next place, as start and end. */
    next(text, folded, from) {
      for (let at = folded.indexOf(needle, from); at >= 0; at = folded.indexOf(needle, at + 1)) {
        const end = endAt(text, folded, at);
        if (end > at) {
          return [at, end];
        }
      }
      return null;
    },
  };
}

/** A piece of a text, as parts that are marked or not. */
function excerptOf(passage, finders, values) {
  const text = passage.replace(/[\0- ]+/g, " ").replace(/^ | $/g, "");
  const folded = fold(text);
  const matches = [];
  finders.forEach((finder, index) => {
    let match = finder.next(text, folded, 0);
    for (let n = 0; match && n < 50; n++) {
      matches.push([...match, index]);
      match = finder.next(text, folded, match[1]);
    }
  });
  matches.sort((a, b) => a[0] - b[0]);

  const within = ([first]) => matches.filter((m) => m[0] >= first && m[1] <= first + LENGTH);
  let densest;
  let most = -1;
  matches.forEach((match, i) => {
    const counted = new Set();
    let sum = 0;
    for (let j = i; j < matches.length && matches[j][1] <= match[0] + LENGTH; j++) {
      const index = matches[j][2];
      sum += counted.has(index) ? 0 : values[index];
      counted.add(index);
    }
    if (sum > most) {
      most = sum;
      densest = match;
    }
  });

  const splitsPair = (at) => /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));

  /** Where a sentence or at least a word begins, with some text before the first match. */
  function startOf([first]) {
    const last = within([first]).reduce((max, match) => Math.max(max, match[1]), first);
    const earliest = Math.max(0, first - Math.trunc(Math.max(0, LENGTH - (last - first)) / 2));
    for (let i = earliest; earliest && i < first; i++) {
      if (" 。、.,:;!?)」』".includes(text[i])) {
        return text[i + 1] === " " ? Math.min(i + 2, first) : i + 1;
      }
    }
    return earliest && splitsPair(earliest) ? earliest - 1 : earliest;
  }

  const start = densest ? startOf(densest) : 0;
  let end = Math.min(text.length, start + LENGTH);
  const furthest = Math.min(text.length, end + SLACK);
  while (end < furthest && isWord(text[end]) && isWord(text[end - 1])) {
    end++;
  }
  end += splitsPair(end) ? 1 : 0;

  const parts = [];
  const add = (piece, marked) => piece && parts.push({ text: piece, marked });
  let at = start;
  add(start ? "…" : "", false);
  for (let i = 0; i < matches.length; ) {
    const from = matches[i][0];
    let to = matches[i][1];
    // Overlapping and touching matches share one mark: イメージ and 取得 in イメージ取得.
    for (i++; i < matches.length && matches[i][0] <= to; i++) {
      to = Math.max(to, matches[i][1]);
    }
    if (from >= at && to <= end) {
      add(text.slice(at, from), false);
      add(text.slice(from, to), true);
      at = to;
    }
  }
  add(text.slice(at, end), false);
  add(end < text.length ? "…" : "", false);
  return parts;
}

/** Picks the part of a page that speaks most of a query. */
function passageFinder(query, pagesOf, pages) {
  const finders = [];
  const values = [];
  const place = (word) => {
    const known = finders.findIndex((finder) => finder.word === word);
    if (known >= 0) {
      return known;
    }
    const frequency = pagesOf(word);
    values.push(float(Math.log(1 + (pages - frequency + 0.5) / (frequency + 0.5))));
    return finders.push(termFinder(word)) - 1;
  };
  const groups = query.groups.map((group) =>
    group.map(({ weight, terms }) => ({ weight, places: terms.map(place) })),
  );

  function valueOf([, heading, passage]) {
    const text = heading + "\n" + passage;
    const folded = fold(text);
    const found = finders.map((finder) => finder.next(text, folded, 0) !== null);
    const value = ({ weight, places }) =>
      places.reduce((sum, at) => sum + (found[at] ? weight * values[at] : 0), 0);
    return groups.reduce((sum, group) => sum + Math.max(0, ...group.map(value)), 0);
  }

  return {
    /** The index of the best section; of equals, the first. */
    best(sections) {
      let best = 0;
      let bestValue = 0;
      sections.forEach((section, i) => {
        const value = valueOf(section);
        if (value > bestValue) {
          best = i;
          bestValue = value;
        }
      });
      return best;
    },
    excerpt: (text) => excerptOf(text, finders, values),
  };
}
