// A tab that was chosen once is open on every page that has one of its name. Of two that were
// chosen the later one counts.
(() => {
  const KEY = "shirube-tabs";
  const MOST = 30;
  const TAB = ".tabs > input[data-tab]";
  const stored = () => {
    const names = remembered.get(KEY);
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  };
  let chosen = stored(); // the last one first
  const rank = ({ dataset }) => (chosen.indexOf(dataset.tab) + 1 || Infinity);

  function choose(input) {
    const open = input.parentElement.querySelector(":scope > input:checked");
    if (!open || rank(input) < rank(open)) {
      input.checked = true;
    }
  }

  early(TAB, choose);

  addEventListener("change", ({ target }) => {
    if (!target.matches(TAB)) {
      return;
    }
    chosen = [target.dataset.tab, ...stored().filter((name) => name !== target.dataset.tab)];
    chosen = chosen.slice(0, MOST);
    remembered.set(KEY, chosen);
    // Other tabs above may grow or shrink: what the reader pressed stays where it is.
    const before = target.parentElement.getBoundingClientRect().top;
    document.querySelectorAll(TAB).forEach(choose);
    scrollBy({ top: target.parentElement.getBoundingClientRect().top - before, behavior: "instant" });
  });
})();
