// Shows the page as it was last saved, where the reader was, and what is wrong with what was saved.
(() => {
  const own = document.currentScript.dataset.version;
  const japanese = document.documentElement.lang.startsWith("ja");
  const say = (ja, en) => (japanese ? ja : en);
  const KEPT = "shirube-preview-place";

  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept?.path === location.pathname) {
    const back = () => scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true }); // pictures may have pushed it away
  }

  const reload = () => {
    sessionStorage.setItem(
      KEPT,
      JSON.stringify({ path: location.pathname, left: scrollX, top: scrollY }),
    );
    location.reload();
  };

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const overlay = element("div", "preview-overlay");
  overlay.setAttribute("role", "alert");
  overlay.lang = document.documentElement.lang;
  overlay.hidden = true;
  const note = element(
    "p",
    "preview-note",
    say("プレビューは止まっています", "the preview has ended"),
  );
  note.setAttribute("role", "status");
  note.hidden = true;
  document.body.append(overlay, note);

  let shown = "";
  const show = (problems) => {
    const text = JSON.stringify(problems);
    if (text === shown) {
      return; // as it was, and closed where the writer closed it
    }
    shown = text;
    const errors = problems.filter((problem) => problem.severity === "error");
    const close = element("button", "preview-close", say("閉じる", "Close"));
    close.type = "button";
    close.addEventListener("click", () => (overlay.hidden = true));
    const count = (number, ja, en) => (number ? say(`${ja}${number}件`, `${number} ${en}`) : "");
    const title = element(
      "h2",
      "preview-title",
      [
        count(errors.length, "エラー", errors.length === 1 ? "error" : "errors"),
        count(problems.length - errors.length, "警告", "to look at"),
      ]
        .filter(Boolean)
        .join(" · ") + (errors.length ? say("（直前の正しいページを表示中）", " (the last good page stays)") : ""),
    );
    const list = element("ol", "preview-problems");
    for (const problem of problems) {
      const item = element("li", `preview-${problem.severity}`);
      item.lang = "en";
      const head = element("p", "preview-what");
      head.append(element("code", "", problem.place), ` [${problem.code}]: ${problem.what}`);
      item.append(head);
      if (problem.source.trim()) {
        item.append(element("pre", "preview-source", problem.source));
      }
      for (const part of ["why", "fix"]) {
        if (problem[part]) {
          item.append(element("p", `preview-${part}`, `${part}: ${problem[part]}`));
        }
      }
      list.append(item);
    }
    const header = element("div", "preview-header");
    header.append(title, close);
    overlay.replaceChildren(header, list);
    overlay.hidden = problems.length === 0;
    overlay.classList.toggle("preview-quiet", errors.length === 0);
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      overlay.hidden = true;
    }
  });

  // A browser holds few connections to one server, so only the tab that is looked at has one.
  let events;
  const listen = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource(`/_preview/events?page=${encodeURIComponent(location.pathname)}`);
      events.onopen = () => (note.hidden = true);
      events.onerror = () => (note.hidden = false);
      events.onmessage = (message) => {
        const state = JSON.parse(message.data);
        if (state.version && state.version !== own) {
          reload();
        } else {
          show(state.problems);
        }
      };
    }
  };
  addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events?.close());
  listen();
})();
