// The list of results: options that are links, walked while the focus stays in the field.
const searchResults = (() => {
  const MOST_WORDS = 8;
  const PATIENCE = 400; // milliseconds that the reader waits for the way to the section
  const panel = document.querySelector(".search");
  const field = panel.querySelector("[role=combobox]");
  const list = panel.querySelector("[role=listbox]");
  const pattern = panel.querySelector(".search-result-template").content.firstElementChild;
  const root = new URL(".", panel.querySelector("form").action).href;
  const passages = new WeakMap();
  let selected = -1;

  const kindName = (kind) =>
    panel.querySelector(`[name=kind][value=${kind}]`).nextElementSibling.textContent;

  // A passage costs a file: only what comes into view asks for it.
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        watch.unobserve(target);
        passages.get(target)();
      }
    }
  });

  function part({ text, marked }) {
    if (!marked) {
      return text;
    }
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  }

  /** Leads the option to the section, and hands the page the words to highlight. */
  function complete(option, { anchor, heading, excerpt }) {
    const words = excerpt.filter(({ marked }) => marked).map(({ text }) => ["highlight", text]);
    const distinct = new Map(words.map((word) => [word[1].toLowerCase(), word]));
    const address = new URL(option.href);
    address.search = new URLSearchParams([...distinct.values()].slice(0, MOST_WORDS));
    address.hash = anchor;
    option.href = address;
    option.querySelector(".section").textContent = heading;
    option.querySelector(".excerpt").append(...excerpt.map(part));
  }

  function add(hit) {
    const option = pattern.cloneNode(true);
    const write = (name, text) => (option.querySelector("." + name).textContent = text);
    option.id = "search-result-" + list.children.length;
    option.href = root + hit.url.split("/").map(encodeURIComponent).join("/");
    option.dataset.kind = hit.kind;
    write("title", hit.title);
    write("kind", kindName(hit.kind));
    write("trail", hit.trail.join(" › "));
    option.querySelector(".error").hidden = !hit.matchesError;
    let passage;
    passages.set(option, () => {
      // Without its passage a result still leads to its page.
      passage ??= hit.passage().then((found) => complete(option, found), () => {});
      return passage;
    });
    list.append(option);
    watch.observe(option);
  }

  function select(index) {
    list.children[selected]?.setAttribute("aria-selected", false);
    selected = index;
    const option = list.children[selected];
    if (option) {
      option.setAttribute("aria-selected", true);
      option.scrollIntoView({ block: "nearest", behavior: "instant" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  return {
    /** Shows these hits; those that are there already stay if there are only more of them. */
    show(hits, further) {
      const kept = further ? list.children.length : 0;
      if (!further) {
        select(-1);
        watch.disconnect();
        list.replaceChildren();
      }
      hits.slice(kept).forEach(add);
      if (further) {
        select(kept);
        list.children[kept]?.focus({ preventScroll: true });
      }
    },

    move(step) {
      const { length } = list.children;
      select(selected < 0 && step < 0 ? length - 1 : (selected + step + length) % length);
    },

    /** Opens the selected result, or the first. */
    async open(inNewTab) {
      const option = list.children[Math.max(selected, 0)];
      if (!option) {
        return;
      }
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      await Promise.race([passages.get(option)(), late]);
      if (inNewTab) {
        window.open(option.href, "_blank", "noopener");
      } else {
        option.click();
      }
    },
  };
})();
