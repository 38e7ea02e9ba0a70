// LogFingerprint: what stays the same when an error is logged again, elsewhere.
const MASK = "*";

function logFingerprint(line) {
  const tokens = [];
  // Of each token, how many words it says.
  const weights = [];
  let read = 0;
  let masked = 0;
  let hasJapanese = false;

  function addMask() {
    read++;
    masked++;
    if (tokens.at(-1) !== MASK) {
      tokens.push(MASK);
      weights.push(0);
    }
  }

  function addToken(token) {
    if (!token) {
      return;
    }
    // A name has a digit, slash, dot, colon or at sign, or ends as Pods' names do.
    if (/[0-9/.:@]/.test(token) || /.-[bcdfghjklmnpqrstvwxz]{5}$/s.test(token)) {
      addMask();
      return;
    }
    read++;
    for (const word of token.match(/[0-9A-Za-z]+/g) ?? []) {
      tokens.push(lowerCase(word));
      weights.push(camelCaseParts(word).length);
    }
  }

  for (let at = 0; at < line.length; ) {
    const quoted = /^(["'`])(?:(?!\1)[^\x00- \\]){1,78}\1/.exec(line.slice(at, at + 80));
    const [token] = /^[!#-&*+\--:?@A-Z^_a-z~]*/.exec(line.slice(at));
    if (quoted) {
      addMask();
      at += quoted[0].length;
    } else if (token) {
      addToken(token.replace(/^[^0-9A-Za-z/]+|[^0-9A-Za-z]+$/g, ""));
      at += token.length;
    } else {
      hasJapanese ||= isJapanese(line[at]);
      at++;
    }
  }

  const shingles = new Set();
  for (let i = 0; i < (tokens.length === 2 ? 1 : tokens.length - 2); i++) {
    if (weights.slice(i, i + 3).reduce((sum, weight) => sum + weight, 0) > 1) {
      shingles.add(tokens.slice(i, i + 3).join(" "));
    }
  }
  return {
    shingles: [...shingles],
    words: tokens.filter((token) => token !== MASK).map((token) => token + " ").join(""),
    looksLikeLog: !hasJapanese && masked >= 2 && read >= 5,
  };
}
