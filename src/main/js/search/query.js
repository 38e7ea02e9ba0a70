// QueryParser.java, GroupCollector.java and NearestTerms.java. Where a file is missing, what hangs
// on it is left out for now, lest files be loaded that the answer does not need.
const EXACT = 1;
const SYNONYM = float(0.9);
const PREFIX = float(0.7);
const CLOSE_SOUND = float(0.7);
const SOUND = 0.5;
const CLOSE = 0.75;

const root = (terms) => float(Math.sqrt(terms.length));

/** Collects groups of alternatives, each with a weight and terms. */
function groupCollector() {
  const groups = [];
  const seen = new Set();
  let terms = 0;

  const isNew = (lookedUp) => !seen.has(lookedUp) && seen.add(lookedUp);

  function addAlternative(spaced, weight, alternatives) {
    const sequence = spaced.split(" ");
    const known = alternatives.some((alternative) => alternative.terms.join(" ") === spaced);
    if (!known && terms + sequence.length <= 256) {
      terms += sequence.length;
      alternatives.push({ weight: float(weight / root(sequence)), terms: sequence });
    }
  }

  function addEntry(entry, weight, alternatives) {
    if (entry.pages) {
      addAlternative(entry.key, weight, alternatives);
    }
    for (const alias of entry.aliases) {
      addAlternative(alias, float(weight * SYNONYM), alternatives);
    }
  }

  function addCompletions(prefix, alternatives) {
    for (const entry of completions(prefix, 60).slice(0, 20)) {
      addEntry(entry, PREFIX, alternatives);
    }
  }

  function addAlike(sound, word, least, alternatives) {
    // Of two ways to one term the first counts, which should be the closer one.
    const alikes = sound.aliases.map((alike) => [alike, soundSimilarity(word, alike)]);
    for (const [alike, similarity] of alikes.sort((a, b) => b[1] - a[1])) {
      const entry = alike !== word && similarity >= least && get(alike);
      if (entry) {
        addEntry(entry, similarity >= CLOSE ? CLOSE_SOUND : SOUND, alternatives);
      }
    }
  }

  function addSounds(word, alternatives) {
    const key = soundKey(word);
    const sound = key && get("~" + key);
    if (sound) {
      addAlike(sound, word, float(0.45), alternatives);
    }
    if (key && !alternatives.length && !missing.size) {
      for (const near of completions("~" + key.slice(0, 2), 120)) {
        addAlike(near, word, CLOSE, alternatives);
      }
    }
  }

  function addParts(typed, alternatives) {
    const parts = camelCaseParts(typed);
    const known = parts.map(term).filter((part) => parts.length > 1 && get(part)?.pages);
    if (known.length) {
      addAlternative(known.join(" "), SYNONYM, alternatives);
    }
  }

  const add = (alternatives) => alternatives.length > 0 && groups.push(alternatives) > 0;

  return {
    groups,
    isFull: () => groups.length >= 32,

    addKnown(entry) {
      const { key } = entry;
      if (isStopWord(key) || !isNew(key)) {
        return;
      }
      const alternatives = [];
      addEntry(entry, EXACT, alternatives);
      if (isKatakana(key[0]) && key.length > 2 && entry.pages <= 8 && !entry.aliases.length) {
        addSounds(key, alternatives);
      }
      add(alternatives);
    },

    addUnknown(word) {
      if (!isNew(word)) {
        return true;
      }
      const alternatives = [];
      addCompletions(word, alternatives);
      if (!alternatives.length && !missing.size) {
        addSounds(word, alternatives);
      }
      return add(alternatives);
    },

    addSound(word) {
      if (isNew("~" + word)) {
        const alternatives = [];
        addSounds(word, alternatives);
        add(alternatives);
      }
    },

    addWord(word, typed) {
      const entry = get(word);
      if (entry === undefined || !isNew(word)) {
        return word;
      }
      const alternatives = [];
      let takenFor = word;
      if (entry) {
        addEntry(entry, EXACT, alternatives);
      } else {
        addParts(typed, alternatives);
        if (word.length > 1) {
          addCompletions(word, alternatives);
        }
        if (!alternatives.length && !missing.size) {
          addSounds(word, alternatives);
          takenFor = alternatives[0]?.terms[0] ?? word;
        }
      }
      add(alternatives);
      return takenFor;
    },

    addPhrase(words) {
      const phrase = words.join(" ");
      if (!isNew(phrase)) {
        return;
      }
      const alternatives = [];
      const name = get(phrase);
      if (name) {
        addEntry(name, EXACT, alternatives);
      }
      const joined = get(words.join(""));
      if (joined) {
        addEntry(joined, SYNONYM, alternatives);
      }
      add(alternatives);
    },
  };
}

/** Cuts a normalised query into what the index knows. */
function parse(normal) {
  const log = logFingerprint(normal.slice(-4000));
  const line = normal.slice(-1000);
  const query = log.looksLikeLog ? logFingerprint(line).words : line;
  const text = lowerCase(query);
  const collector = groupCollector();

  /** Words up to the next Japanese character, and the phrases that they make. */
  function words(start) {
    let at = start;
    const typed = [];
    const takenFor = [];
    while (at < text.length && !collector.isFull() && !isJapanese(text[at])) {
      if (!isWord(text[at])) {
        at++;
        continue;
      }
      let end = endOfWord(text, at);
      const mixed = longestPrefixOf(text.slice(at))?.key ?? "";
      if (at + mixed.length > end && [...mixed].some(isJapanese)) {
        collector.addKnown(get(mixed));
        at += mixed.length;
        break;
      }
      const word = term(text.slice(at, end));
      if (!isStopWord(word)) {
        typed.push(word);
        takenFor.push(collector.addWord(word, query.slice(at, end)));
      }
      at = end;
    }
    for (const words of [typed, takenFor]) {
      for (let length = 4; length > 1; length--) {
        for (let i = 0; i + length <= words.length; i++) {
          collector.addPhrase(words.slice(i, i + length));
        }
      }
    }
    return at;
  }

  function japanese(at) {
    const entry = longestPrefixOf(text.slice(at));
    if (!entry || (isHiragana(text[at]) && entry.key.length < 3)) {
      return at + 1;
    }
    collector.addKnown(entry);
    return at + entry.key.length;
  }

  /** The known parts of a katakana run that are long enough, and what lies between them. */
  function cover(run, shortest) {
    const parts = [];
    const gaps = [];
    let known = 0;
    let at = 0;
    while (at < run.length) {
      const part = longestPrefixOf(run.slice(at));
      if (part?.key.length >= shortest) {
        gaps.push(run.slice(known, at));
        parts.push(part);
        at += part.key.length;
        known = at;
      } else {
        at++;
      }
    }
    return [parts, [...gaps, run.slice(known)].filter((gap) => /[^ー]/.test(gap))];
  }

  function katakana(at) {
    let end = at;
    while (end < text.length && isKatakana(text[end])) {
      end++;
    }
    const run = text.slice(at, end);
    const stem = katakanaStem(run);
    const whole = longestPrefixOf(text.slice(at));
    if (whole === undefined) {
      return end;
    }
    if (whole?.key.length >= stem.length) {
      collector.addKnown(whole);
      return Math.max(end, at + whole.key.length);
    }
    let [parts, gaps] = cover(run, 2);
    if (parts.length && !gaps.length) {
      collector.addSound(run);
    } else if (collector.addUnknown(stem)) {
      return end;
    } else {
      [parts, gaps] = cover(run, 3);
      gaps.map(katakanaStem).forEach(collector.addUnknown);
    }
    parts.forEach(collector.addKnown);
    return end;
  }

  let at = 0;
  while (at < text.length && !collector.isFull()) {
    if (isWord(text[at])) {
      at = words(at);
    } else if (!isJapanese(text[at]) || text[at] === LONG_VOWEL) {
      at++;
    } else {
      at = isKatakana(text[at]) ? katakana(at) : japanese(at);
    }
  }
  const { groups } = collector;
  return { names: namesOf(nameKey(line), groups), groups, fingerprints: log.shingles.slice(-128) };
}

/** A word may be the name of a page by what else it may mean, several by the best of each. */
function namesOf(typed, groups) {
  const nameOf = ({ terms, weight }) => ({
    name: nameKey(terms.join(" ")),
    weight: float(weight * root(terms)),
  });
  const better = (a, b) => (nameOf(b).weight > nameOf(a).weight ? b : a);
  const best = groups.map((group) => group.reduce(better));
  const bestName = {
    name: nameKey(best.flatMap(({ terms }) => terms).join(" ")),
    weight: Math.min(1, ...best.map((alternative) => nameOf(alternative).weight)),
  };
  const others = groups.length === 1 ? groups[0].map(nameOf) : [bestName];
  const names = [{ name: typed, weight: 1 }, ...others];
  const isLikely = ({ name, weight }, i) => name && (!i || (name !== typed && weight >= float(0.6)));
  return names.filter(isLikely).slice(0, 8);
}

/** Words of the index that begin like the words of a query that found nothing. */
function nearestTerms(normal) {
  const text = lowerCase(normal);
  const terms = new Set();
  let words = 0;
  for (let at = 0, end = 0; at < text.length && words < 4; at = end) {
    const kind = kindOf(text[at]);
    end = at + 1;
    while (end < text.length && kindOf(text[end]) === kind) {
      end++;
    }
    if (kind === SEPARATOR || kind === HIRAGANA) {
      continue;
    }
    words++;
    const word = text.slice(at, Math.min(end, at + MAX_KEY_LENGTH));
    let alike = [];
    for (let length = word.length; !alike.length && length >= (kind === KANJI ? 1 : 2); length--) {
      alike = completions(word.slice(0, length), 40).filter(({ pages }) => pages);
    }
    alike.forEach(({ key }) => terms.add(key));
  }
  return [...terms].slice(0, 5);
}
