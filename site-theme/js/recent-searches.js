// The last searches that led somewhere. They stay in the reader's browser.
const recentSearches = (() => {
  const KEY = "shirube-recent-searches";
  const MOST = 5;
  const LONGEST = 200; // what is longer was pasted from a log and may hold secrets

  // Storage may be forbidden, or hold what another hand wrote.
  function list() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY));
      return stored.filter((text) => typeof text === "string").slice(0, MOST);
    } catch {
      return [];
    }
  }

  function store(texts) {
    try {
      localStorage.setItem(KEY, JSON.stringify(texts.slice(0, MOST)));
    } catch {
      // Then nothing is remembered.
    }
  }

  const without = (text) => list().filter((other) => other !== text);

  return {
    list,
    add: (text) => text.length <= LONGEST && store([text, ...without(text)]),
    remove: (text) => store(without(text)),
    clear: () => store([]),
  };
})();
