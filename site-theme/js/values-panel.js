// The panel in which the reader writes values for the names in braces on this page, and the link
// that hands them on. A link never fills a command unasked.
(() => {
  const FRAGMENT = "#values:";
  const panel = document.querySelector(".values");
  if (!panel) {
    return;
  }
  const part = (name) => panel.querySelector(".values-" + name);
  const form = panel.querySelector("form");
  const count = document.querySelector(".values-count");
  const fields = new Map();

  function field({ dataset }) {
    const label = part("field").content.firstElementChild.cloneNode(true);
    const input = label.querySelector("input");
    label.querySelector("code").textContent = `{${dataset.name}}`;
    label.querySelector(".meaning").textContent = dataset.meaning;
    input.placeholder = dataset.example;
    input.type = values.isSecret(dataset.name) ? "password" : "text";
    input.addEventListener("input", () => {
      const usable = values.set(dataset.name, input.value);
      input.setAttribute("aria-invalid", !usable);
      part("refused").hidden = usable;
    });
    fields.set(dataset.name, input);
    return label;
  }

  const marks = [...document.querySelectorAll("var.placeholder")];
  const first = new Map(marks.map((mark) => [mark.dataset.name, mark]).reverse());
  form.append(...marks.filter((mark) => first.get(mark.dataset.name) === mark).map(field));

  function show() {
    let filled = 0;
    for (const [name, input] of fields) {
      const value = values.get(name);
      if (document.activeElement !== input) {
        input.value = value;
      }
      filled += value ? 1 : 0;
    }
    count.textContent = `${filled}/${fields.size}`;
  }
  values.onChange(show);
  show();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.hidePopover();
  });
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState === "closed") {
      part("offer").hidden = true;
    }
  });

  // A press on a name in braces leads to its field.
  for (const mark of marks) {
    mark.addEventListener("click", () => {
      if (getSelection().isCollapsed && !mark.closest("a")) {
        panel.showPopover();
        fields.get(mark.dataset.name).focus();
      }
    });
  }

  part("reset").addEventListener("click", () => {
    values.reset();
    form.reset();
    part("refused").hidden = true;
    announce(panel.dataset.gone);
  });

  part("share").addEventListener("click", async ({ currentTarget }) => {
    const shared = [...fields.keys()].filter((name) => !values.isSecret(name) && values.get(name));
    const address = new URL(location.href);
    address.search = "";
    address.hash = FRAGMENT + new URLSearchParams(shared.map((name) => [name, values.get(name)]));
    await toClipboard(address.href);
    currentTarget.classList.add("done");
    setTimeout(() => currentTarget.classList.remove("done"), 1600);
    announce(panel.dataset.shared);
  });

  /** Shows what a link would fill in, for the reader to decide. */
  function offer() {
    if (!location.hash.startsWith(FRAGMENT)) {
      return;
    }
    const offered = [...new URLSearchParams(location.hash.slice(FRAGMENT.length))]
      .map(([name, value]) => [name, values.clean(value)])
      .filter(([name, value]) => fields.has(name) && !values.isSecret(name) && value);
    const news = new Map(offered.filter(([name, value]) => value !== values.get(name)));
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
    } catch {
      // Some browsers keep the address of a page from disk as it is.
    }
    if (news.size === 0) {
      return;
    }
    part("offered").replaceChildren(
      ...[...news].flatMap(([name, value]) => {
        const term = document.createElement("dt");
        const description = document.createElement("dd");
        term.textContent = `{${name}}`;
        description.textContent = value;
        return [term, description];
      }),
    );
    part("accept").onclick = () => {
      news.forEach((value, name) => values.set(name, value));
      part("offer").hidden = true;
      panel.focus();
    };
    part("refuse").onclick = () => panel.hidePopover();
    panel.showPopover();
    part("offer").hidden = false;
    panel.focus();
  }
  addEventListener("hashchange", offer);
  offer();
})();
