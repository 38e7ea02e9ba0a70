// The language of the interface. Pages come in the site's own and carry the other beside it, in
// data-other attributes; it takes the place of the first before that is painted.
(() => {
  const KEY = "shirube-language";
  const { lang: own, dataset } = document.documentElement;
  const { otherLanguage: other } = dataset;
  const TEXT = "[data-other]";
  const PREFIX = "data-other-";
  const ATTRIBUTES =
    "[data-words], [data-other-aria-label], [data-other-title], [data-other-placeholder]";
  // Other elements hold what the content says, in its own language.
  const SPEAKS_ALONE = ["A", "BUTTON", "INPUT"];

  function sayText(element) {
    if (element.firstChild && element.textContent !== element.dataset.other) {
      element.textContent = element.dataset.other;
      element.lang = other;
    }
  }

  function sayAttributes(element) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith(PREFIX)) {
        element.setAttribute(name.slice(PREFIX.length), value);
      }
    }
    if (SPEAKS_ALONE.includes(element.tagName) && !element.classList.contains("term")) {
      element.lang = other;
    }
  }

  const chosen = remembered.get(KEY) === other;
  if (chosen) {
    early(TEXT, sayText);
    early(ATTRIBUTES, sayAttributes);
  }

  addEventListener("DOMContentLoaded", () => {
    if (chosen) {
      document.querySelectorAll(TEXT).forEach(sayText); // whose text came in two pieces
    }
    document.querySelector(".settings")?.elements.language.forEach((each) => {
      each.checked = each.value === (chosen ? other : own);
      each.addEventListener("change", () => {
        remembered.set(KEY, each.value === other ? other : null);
        location.reload();
      });
    });
  });
})();
