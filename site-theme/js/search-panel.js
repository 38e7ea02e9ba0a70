// What stands below the field: one state at a time, of which the words are in the template.
const searchPanel = (() => {
  const ANNOUNCE = 600; // milliseconds, lest every letter be talked over
  const root = document.querySelector(".search");
  const field = root.querySelector("[role=combobox]");
  const { kind: kinds } = root.querySelector("form").elements;
  const { count: countLabel, none: noneLabel, forget: forgetLabel } = root.dataset;
  const part = (name) => root.querySelector(".search-" + name);
  const copyOf = (name) => part(name + "-template").content.firstElementChild.cloneNode(true);
  let state = "start";
  let speaking;

  function announce(words) {
    clearTimeout(speaking);
    speaking = setTimeout(() => (part("status").textContent = words), ANNOUNCE);
  }

  function show(next) {
    state = next;
    for (const element of root.querySelectorAll("[data-state]")) {
      element.hidden = !element.dataset.state.split(" ").includes(state);
    }
    field.setAttribute("aria-expanded", state === "results");
    if (state !== "results") {
      searchResults.show([]);
    }
  }

  function choice(item, text, ask) {
    const button = item.querySelector(".choice");
    button.textContent = text;
    button.addEventListener("click", () => ask(text));
    return item;
  }

  function recent(text, ask) {
    const item = choice(copyOf("recent"), text, ask);
    const remove = item.querySelector(".remove");
    remove.setAttribute("aria-label", forgetLabel.replace("{}", () => text));
    remove.addEventListener("click", () => {
      recentSearches.remove(text);
      ask("");
    });
    return item;
  }

  function showKinds(counts, all) {
    for (const kind of kinds) {
      const count = kind.value ? (counts[kind.value] ?? 0) : all;
      kind.parentElement.hidden = !count && !kind.checked;
      kind.parentElement.querySelector(".count").textContent = count;
    }
    part("kinds").hidden = !kinds.value && Object.keys(counts).length < 2;
  }

  return {
    root,
    field,
    kinds,
    part,

    get hasResults() {
      return state === "results";
    },

    /** What helps before anything is typed; a chosen text goes to {@code ask}. */
    showStart(ask) {
      const texts = recentSearches.list();
      part("recent").hidden = texts.length === 0;
      part("recent ul").replaceChildren(...texts.map((text) => recent(text, ask)));
      show("start");
      announce("");
    },

    showLoading: () => show("loading"),

    showFailure() {
      show("failed");
      announce(part("failure").textContent);
    },

    /** Shows an answer; with {@code further}, what is shown already stays. */
    showAnswer({ text, total, kinds: counts, hits, nearest }, further, ask) {
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
      announce(total ? countLabel.replace("{}", total) : noneLabel);
      if (all) {
        show(total ? "results" : "filtered");
        showKinds(counts, all);
        searchResults.show(hits, further);
        return;
      }
      part("text").textContent = text;
      part("nearest").hidden = nearest.length === 0;
      const choices = nearest.map((term) => choice(copyOf("choice"), term, ask));
      part("nearest ul").replaceChildren(...choices);
      show("none");
    },

    /** Moves through the results; without any, through the buttons that offer something. */
    move(step) {
      if (state === "results") {
        field.focus();
        searchResults.move(step);
        return;
      }
      const stops = [...root.querySelectorAll("[role=combobox], .choice")].filter(
        (stop) => stop.offsetParent,
      );
      const next = stops.indexOf(document.activeElement) + step;
      stops.at(next % stops.length).focus();
    },
  };
})();
