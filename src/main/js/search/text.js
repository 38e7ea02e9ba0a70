// TextNormalizer, CharKind, Words, EnglishStem, KatakanaStem, StopWords, NameKey, Romaji and
// SoundKey. Text is read by UTF-16 units, as Java reads it.
const float = Math.fround;
const LONG_VOWEL = "ー";
const MAX_KEY_LENGTH = 64;
const SEPARATOR = 0;
const WORD = 1;
const HIRAGANA = 2;
const KATAKANA = 3;
const KANJI = 4;

function kindOf(char) {
  if (/[0-9A-Za-z]/.test(char)) {
    return WORD;
  }
  if (/[\u3041-\u3096]/.test(char)) {
    return HIRAGANA;
  }
  if (/[\u30A1-\u30FAー]/.test(char)) {
    return KATAKANA;
  }
  if (/[\u3400-\u9FFF々\uF900-\uFAFF]/.test(char)) {
    return KANJI;
  }
  // Latin with diacritics to Greek Extended, and Hangul.
  return /[\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u1FFF\uAC00-\uD7A3]/.test(char) ? WORD : SEPARATOR;
}

const isWord = (char) => kindOf(char) === WORD;
const isJapanese = (char) => kindOf(char) > WORD;
const isHiragana = (char) => kindOf(char) === HIRAGANA;
const isKatakana = (char) => kindOf(char) === KATAKANA;
const isUpper = (char) => char >= "A" && char <= "Z";
const isLower = (char) => char >= "a" && char <= "z";
const lowerCase = (text) => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

/** One spelling of many; ASCII keeps its capitals. */
function normalize(text) {
  let normal = "";
  for (const char of text.normalize("NFKC").split("")) {
    if (char < "\x80") {
      normal += char;
    } else if ("―─━".includes(char)) {
      normal += isKatakana(normal.at(-1) ?? "") ? LONG_VOWEL : char;
    } else if (!/\p{Cf}/u.test(char)) {
      normal += char.toLowerCase();
    }
  }
  return normal;
}

function endOfWord(text, start) {
  let end = start;
  while (end < text.length && isWord(text[end])) {
    end++;
  }
  return end;
}

/** Without a plural ending. */
const englishStem = (word) =>
  word.length < 4 || !word.endsWith("s") || /[us]s$/.test(word)
    ? word
    : /[^ae]ies$/.test(word)
      ? word.slice(0, -3) + "y"
      : /[iaoe]es$/.test(word)
        ? word
        : word.slice(0, -1);

const term = (word) => englishStem(lowerCase(word));

const katakanaStem = (word) =>
  word.length > 3 && word.endsWith(LONG_VOWEL) ? word.slice(0, -1) : word;

const STOP_WORDS =
  " する れる られる ある なる いる できる この その ため こと もの よう まま 方法 とき 場合 使う 見る 中" +
  " the a of to is in and for or not be with on this that are as by it an ";

const isStopWord = (word) => STOP_WORDS.includes(" " + word + " ");

/** Whether a part of a camel-case word begins here. */
function startsPart(word, at) {
  if (!isUpper(word[at])) {
    return false;
  }
  const before = word[at - 1];
  return isLower(before) || (/[0-9A-Z]/.test(before) && /^[a-z]{2}/.test(word.slice(at + 1)));
}

function camelCaseParts(word) {
  const parts = [];
  let start = 0;
  for (let i = 1; i < word.length; i++) {
    if (startsPart(word, i)) {
      parts.push(word.slice(start, i));
      start = i;
    }
  }
  return [...parts, word.slice(start)];
}

/** The one spelling under which a name is looked up as a whole. */
function nameKey(name) {
  const units = name.split("");
  if (units.some(isJapanese)) {
    return katakanaStem(lowerCase(units.filter(kindOf).join("")));
  }
  const words = [];
  for (let at = 0; at < name.length; at++) {
    const end = endOfWord(name, at);
    if (end > at) {
      words.push(term(name.slice(at, end)));
      at = end;
    }
  }
  return words.join(" ");
}

const ROMAJI =
  "アaイiウuエeオoカkaキkiクkuケkeコkoガgaギgiグguゲgeゴgoサsaシsiスsuセseソsoザzaジjiズzuゼzeゾzo" +
  "タtaチciツtuテteトtoダdaヂjiヅzuデdeドdoナnaニniヌnuネneノnoハhaヒhiフfuヘheホho" +
  "バbaビbiブbuベbeボboパpaピpiプpuペpeポpoマmaミmiムmuメmeモmoヤyaユyuヨyo" +
  "ラraリriルruレreロroワwaヲoンnヴbu";
const SYLLABLES = new Map(
  [...ROMAJI.matchAll(/([^a-z])([a-z]+)/g)].map(([, kana, latin]) => [kana, latin]),
);
const SMALL = "ァィゥェォャュョ";

/** Kana in Latin letters; null where there is anything but kana and ASCII. */
function romaji(word) {
  let latin = "";
  for (const char of word.split("")) {
    const kana = isHiragana(char) ? String.fromCharCode(char.charCodeAt(0) + 0x60) : char;
    if (SMALL.includes(kana)) {
      latin = latin.slice(0, -1) + "aiueoauo"[SMALL.indexOf(kana)];
    } else if (kana < "\x80") {
      latin += kana;
    } else if (SYLLABLES.has(kana)) {
      latin += SYLLABLES.get(kana);
    } else if (kana !== LONG_VOWEL && kana !== "ッ") {
      return null;
    }
  }
  return latin;
}

const VOICES = { l: "r", v: "b", q: "k", x: "k", j: "s", z: "s", f: "h" };

/** The consonants of a word, folded to what Japanese tells apart; null where there are too few. */
function soundKey(word) {
  const latin = romaji(word);
  if (!latin || latin.length < 3) {
    return null;
  }
  const isKana = word[0] >= "\x80";
  let key = "";
  let last = "";
  for (let at = 0; at < latin.length; at++) {
    const char = latin[at];
    const next = latin[at + 1] ?? "";
    let sound = VOICES[char] ?? char;
    if (/[aiueoyw]/.test(char) || (char === "r" && !isKana && !/[aiueoy]/.test(next))) {
      sound = "";
    } else if (char === "c") {
      sound = /[heiy]/.test(next) ? "s" : "k";
    } else if (next === "h") {
      sound = { p: "h", t: "s" }[char] ?? sound;
    }
    if (sound !== last) {
      key += sound;
    }
    // Glides do not part two equal consonants as vowels do.
    if (sound || !/[yw]/.test(char)) {
      last = sound;
    }
    if ((next === "h" && /[cpts]/.test(char)) || (next === "s" && char === "t")) {
      at++;
    }
  }
  return key.length < 2 ? null : key;
}

/** One less the share of letters that differ: Levenshtein's distance, l and r being one letter. */
function soundSimilarity(one, other) {
  const a = romaji(one)?.replaceAll("l", "r");
  const b = romaji(other)?.replaceAll("l", "r");
  if (!a || !b) {
    return 0;
  }
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]++;
    for (let j = 1; j <= b.length; j++) {
      const change = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(row[j] + 1, row[j - 1] + 1, change);
    }
  }
  return float(1 - float(row[b.length] / Math.max(a.length, b.length)));
}
