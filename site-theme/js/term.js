// The definition of a term beside its link: for a pointer that rests there, for the keyboard, and
// for a finger, whose second tap follows the link. It can be pointed at, stays as long as it is
// wanted, and Escape closes it.
(() => {
  const TERM = "a.term";
  const REST = 120; // milliseconds until a resting pointer is taken for a question
  const GRACE = 250; // milliseconds for the way from the link to the definition
  const tip = document.createElement("div");
  tip.className = "term-tip";
  tip.id = "term-tip";
  tip.role = "tooltip";
  tip.hidden = true;
  let described = null;
  let timer;
  let pointer;

  function hide() {
    clearTimeout(timer);
    described?.classList.remove("described");
    described?.removeAttribute("aria-describedby");
    described = null;
    tip.hidden = true;
  }

  function show(term) {
    clearTimeout(timer);
    if (term === described) {
      return;
    }
    hide();
    described = term;
    tip.textContent = term.dataset.definition;
    term.classList.add("described");
    term.setAttribute("aria-describedby", tip.id);
    term.after(tip); // what is read follows the link, also for a pointer on its way
    tip.hidden = false;
  }

  const soon = (act, delay) => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
  const termOf = ({ target }) => target.closest?.(TERM);

  addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") {
      return;
    }
    const term = termOf(event);
    if (term) {
      soon(() => show(term), REST);
    } else if (tip.contains(event.target)) {
      clearTimeout(timer);
    } else if (described !== document.activeElement) {
      soon(hide, GRACE);
    }
  });
  addEventListener("focusin", (event) => {
    const term = termOf(event);
    if (term?.matches(":focus-visible")) {
      show(term);
    } else if (described && !term) {
      hide();
    }
  });
  addEventListener("focusout", (event) => termOf(event) === described && described && hide());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (described && !termOf(event) && !tip.contains(event.target)) {
      hide();
    }
  });
  addEventListener("click", (event) => {
    const term = termOf(event);
    if (term && pointer === "touch" && term !== described && event.detail > 0) {
      event.preventDefault();
      show(term);
    }
  });
})();
