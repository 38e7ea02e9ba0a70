// TermDictionary.java over the files that BrowserExport.java writes. A file that is not here yet is
// noted as missing; what it would tell is undefined, while null means that it is not there at all.
const files = new Map();
let missing = new Set();
let manifest;

const need = (name) => {
  if (!files.has(name)) {
    missing.add(name);
  }
  return files.get(name);
};

const SYMBOLS = new Map();
for (let c = 33; c < 127; c++) {
  const symbol = String.fromCharCode(c);
  if (!'"\\^|'.includes(symbol)) {
    SYMBOLS.set(symbol, SYMBOLS.size);
  }
}

/** Reads what PrintableNumbers.java wrote. */
function numbers(text) {
  const all = [];
  let number = 0;
  let unit = 1;
  for (const symbol of text) {
    const value = SYMBOLS.get(symbol);
    if (value < 64) {
      all.push(number + value * unit);
      number = 0;
      unit = 1;
    } else {
      number += (value - 64) * unit;
      unit *= 26;
    }
  }
  return all;
}

/** The index of the last of the sorted strings that is not greater; -1 where all are. */
function lastUpTo(sorted, key) {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= key) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

const boundary = (shard) =>
  manifest.boundaries
    ? manifest.boundaries[shard]
    : need("b" + Math.floor(shard / manifest.block))?.[shard % manifest.block];

function shardOf(key) {
  if (manifest.boundaries) {
    return lastUpTo(manifest.boundaries, key);
  }
  const block = lastUpTo(manifest.blocks, key);
  const boundaries = need("b" + block);
  return boundaries && block * manifest.block + lastUpTo(boundaries, key);
}

/** Keys and values of a shard. */
function linesOf(shard) {
  const text = shard === undefined ? shard : need("t" + shard);
  if (typeof text !== "string") {
    return text;
  }
  const lines = { keys: [], values: [] };
  let key = "";
  for (const line of text.slice(0, -1).split("^")) {
    const end = line.indexOf("|");
    key = key.slice(0, SYMBOLS.get(line[0])) + line.slice(1, end);
    lines.keys.push(key);
    lines.values.push(line.slice(end + 1));
  }
  files.set("t" + shard, lines);
  return lines;
}

function entryOf(lines, i) {
  const value = lines.values[i];
  if (typeof value !== "string") {
    return value;
  }
  const [postings, aliases] = value.split("|");
  const entry = { key: lines.keys[i], aliases: aliases ? aliases.split(";") : [] };
  entry.postings = postingsOf(postings);
  entry.pages = entry.postings.length;
  lines.values[i] = entry;
  return entry;
}

/** Each posting is a page and the frequencies in the fields. */
function postingsOf(text) {
  const postings = [];
  const codes = numbers(text);
  let page = -1;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    page += (code >> 1) + 1;
    if (code & 1) {
      const body = codes[++i];
      postings.push([page, body >> 2, body & 1 ? codes[++i] : 0, body & 2 ? codes[++i] : 0]);
    } else {
      postings.push([page, 1, 0, 0]);
    }
  }
  return postings;
}

function get(key) {
  const lines = linesOf(shardOf(key));
  if (!lines) {
    return undefined;
  }
  const i = lastUpTo(lines.keys, key);
  return lines.keys[i] === key ? entryOf(lines, i) : null;
}

/** The entries whose keys begin with `prefix` but are longer, the most frequent first. */
function completions(prefix, most) {
  const found = [];
  let shard = shardOf(prefix);
  let lines = linesOf(shard);
  let i = lines && lastUpTo(lines.keys, prefix) + 1;
  while (lines && found.length < most) {
    if (i === lines.keys.length) {
      shard++;
      if (shard === manifest.shards || boundary(shard)?.startsWith(prefix) === false) {
        break;
      }
      lines = linesOf(shard);
      i = 0;
    } else if (lines.keys[i].startsWith(prefix)) {
      found.push(entryOf(lines, i++));
    } else {
      break;
    }
  }
  return found.sort((a, b) => b.pages - a.pages);
}

function commonPrefix(a, b) {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) {
    i++;
  }
  return i;
}

/** The entry with the longest key that `text` starts with. */
function longestPrefixOf(text) {
  let rest = text.slice(0, MAX_KEY_LENGTH);
  while (rest) {
    const shard = shardOf(rest);
    const lines = linesOf(shard);
    if (!lines) {
      return undefined;
    }
    const i = lastUpTo(lines.keys, rest);
    if (i < 0) {
      // The key sought lies in the shard before. Its last key shares with this one's first all but
      // the end of the boundary, which `rest` starts with.
      rest = shard ? rest.slice(0, boundary(shard).length - 1) : "";
      continue;
    }
    const shared = commonPrefix(lines.keys[i], rest);
    if (shared === lines.keys[i].length) {
      return entryOf(lines, i);
    }
    rest = rest.slice(0, shared);
  }
  return null;
}
