// The search: asks the engine what is typed, and the ways in and out. In a dialog on every page; on
// the search page it stands in the page, and the address follows what is typed.
(() => {
  const PAUSE = 80; // milliseconds, as is the next
  const SLOW = 200;
  const LONGEST = 20_000;
  const LONGEST_IN_ADDRESS = 1_000; // servers refuse longer ones
  const LONGEST_REMEMBERED = 200; // a pasted log may hold secrets: it stays out of the history

  const { root, field, kinds, part } = searchPanel;
  const { form } = field;
  const dialog = root.closest("dialog");
  const page = dialog ? 10 : 20;

  let limit = page;
  let asked = "";
  let shown = "";
  let answer;
  let pause;
  const typed = () => field.value.trim();
  const question = () => JSON.stringify([typed(), kinds.value, limit]);

  // Chromium ignores kinds.value = "".
  function choose(kind) {
    ([...kinds].find(({ value }) => value === kind) ?? kinds[0]).checked = true;
  }

  /** The search page with these words. */
  function addressOf(text) {
    const said = Object.entries({ q: text, kind: kinds.value }).filter(([, value]) => value);
    const address = new URL(form.action);
    address.search = new URLSearchParams(said);
    return address;
  }

  function writeAddress(text) {
    if (!dialog && text.length <= LONGEST_REMEMBERED) {
      try {
        history.replaceState(null, "", addressOf(text));
      } catch {
        // Some browsers keep the address of a page from disk as it is.
      }
    }
  }

  async function find(further) {
    clearTimeout(pause);
    limit = further ? limit + page : page;
    const mine = question();
    const text = typed();
    asked = mine;
    writeAddress(text);
    if (!text) {
      root.removeAttribute("aria-busy");
      searchPanel.showStart(ask);
      return;
    }
    const slow = setTimeout(() => {
      root.setAttribute("aria-busy", true);
      if (!searchPanel.hasResults) {
        searchPanel.showLoading();
      }
    }, SLOW);
    let found = null;
    try {
      const engine = await searchEngine.load();
      found = await engine.find(text, { limit, kind: kinds.value });
    } catch {
      // Told below, unless another question has been asked since.
    }
    clearTimeout(slow);
    if (mine !== asked) {
      return; // too late
    }
    root.removeAttribute("aria-busy");
    if (!found) {
      searchPanel.showFailure();
      return;
    }
    shown = mine;
    searchPanel.showAnswer(found, further, ask);
    if (dialog) {
      part("all").href = addressOf(text.slice(-LONGEST_IN_ADDRESS));
      part("all .count").textContent = found.total;
    } else {
      part("more").hidden = found.hits.length === found.total;
    }
  }

  function search(further) {
    answer = find(further);
  }

  function searchSoon() {
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE);
  }

  function ask(text) {
    field.value = text;
    field.focus();
    search();
  }

  const remember = () => recentSearches.add(typed());

  /** Opens a result of what stands in the field now, even if the list still shows another's. */
  async function openResult(inNewTab) {
    const wanted = question();
    if (wanted !== asked) {
      search();
    }
    await answer;
    if (wanted === shown && searchPanel.hasResults && (!dialog || dialog.open)) {
      remember();
      searchResults.open(inNewTab);
    }
  }

  // Typing. While an input method composes, keys belong to it; Safari tells its last one by the
  // code alone.
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const enters = event.key === "Enter" && event.target === field;
    if (isComposing(event)) {
      if (enters) {
        event.preventDefault();
      }
    } else if (step && event.target.type !== "radio") {
      event.preventDefault();
      searchPanel.move(step);
    } else if (enters && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      openResult(true);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    openResult(false);
  });
  form.addEventListener("change", (event) => {
    if (event.target !== field) {
      search();
    }
  });
  field.addEventListener("input", (event) => {
    if (!event.isComposing) {
      searchSoon();
    }
  });
  field.addEventListener("compositionend", searchSoon);
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    // The field would drop line ends, and join the words beside them.
    if (/[\r\n]/.test(text)) {
      event.preventDefault();
      const line = text.slice(-LONGEST).replace(/\s+/g, " ");
      document.execCommand("insertText", false, line); // unlike setRangeText, it can be undone
    }
  });

  // Choosing.
  const isModified = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const onClick = (name, act) => part(name)?.addEventListener("click", act);

  part("list").addEventListener("auxclick", remember);
  onClick("list", (event) => {
    remember();
    if (!isModified(event)) {
      dialog?.close(); // the section may be on this very page
    }
  });
  onClick("clear", () => ask(""));
  onClick("retry", () => ask(field.value));
  onClick("more", () => search(true));
  onClick("forget", () => {
    recentSearches.clear();
    ask("");
  });
  onClick("all-kinds", () => {
    choose("");
    ask(field.value);
  });

  // In and out.
  function open() {
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
    field.focus();
    field.select();
    if (!field.value) {
      search();
    }
    // Neither the engine nor its list of files should keep the first letter waiting.
    searchEngine.load().then((engine) => engine.find("")).catch(() => {});
  }

  onClick("close", () => dialog.close());
  // A press inside that ends outside, as when text is marked, does not close it.
  let pressed;
  dialog?.addEventListener("mousedown", (event) => (pressed = event.target));
  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog && pressed === dialog) {
      dialog.close();
    }
  });

  const button = document.querySelector(".site-search input");
  button.type = "button";
  button.value = button.placeholder;
  document.querySelector(".site-search kbd").hidden = false;
  for (const door of [button, document.querySelector(".search-link")]) {
    door.addEventListener("click", (event) => {
      if (!isModified(event)) {
        event.preventDefault();
        open();
      }
    });
  }

  const TYPING = "input:not([type=button], [type=radio]), textarea, select, [contenteditable]";
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey && !event.target.closest(TYPING);
    const isK = key.toLowerCase() === "k" && ctrlKey !== metaKey && !shiftKey && !altKey;
    if ((isSlash || isK) && !isComposing(event)) {
      event.preventDefault();
      open();
    }
  });

  if (!dialog) {
    const readAddress = () => {
      const words = new URLSearchParams(location.search);
      field.value = words.get("q") ?? "";
      choose(words.get("kind"));
      search();
    };
    addEventListener("popstate", readAddress);
    root.hidden = false;
    readAddress();
    field.focus();
  }
})();
