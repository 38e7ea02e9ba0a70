// Loaded in the head: hands over elements as the parser brings them, before they are painted, so
// that what the reader chose on another page neither flashes nor shifts this one.
const early = (() => {
  const rules = [];
  const hand = (element) => {
    for (const [selector, act] of rules) {
      if (element.matches(selector)) {
        act(element);
      }
    }
  };
  new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) {
          target.nodeType === Node.ELEMENT_NODE && hand(target); // its text has come
          continue;
        }
        hand(node);
        if (document.readyState !== "loading") {
          node.querySelectorAll("*").forEach(hand); // a script brings whole trees
        }
      }
    }
  }).observe(document, { childList: true, subtree: true });
  document.documentElement.classList.add("scripted");

  /** Calls {@code act} with each element that matches, now and later, maybe more than once. */
  return (selector, act) => {
    rules.push([selector, act]);
    document.querySelectorAll(selector).forEach(act);
  };
})();

// What the reader chose. It stays in the browser; where storage is forbidden, in the page.
const remembered = {
  get(key, storage = "localStorage") {
    try {
      return JSON.parse(globalThis[storage].getItem(key));
    } catch {
      return null; // forbidden, or written by another hand
    }
  },
  set(key, value, storage = "localStorage") {
    try {
      if (value === null) {
        globalThis[storage].removeItem(key);
      } else {
        globalThis[storage].setItem(key, JSON.stringify(value));
      }
    } catch {
      // Then it lasts as long as the page.
    }
  },
};
