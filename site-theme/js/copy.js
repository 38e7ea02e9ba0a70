// A copy button on every listing. Labels come from the script element, so that the words stay in
// the templates.
(() => {
  const { copy, copied } = document.currentScript.dataset;
  const PROMPT = "\u0000";
  const CALLOUT = "\u0001";

  /** What belongs on the reader's clipboard: no callout numbers; of a console, only commands. */
  function textOf(code) {
    const clone = values.fill(code);
    const isConsole = clone.querySelector(".tok-prompt") !== null;
    clone.querySelectorAll(".conum").forEach((e) => e.replaceWith(CALLOUT));
    clone.querySelectorAll(".tok-prompt").forEach((e) => e.replaceWith(PROMPT));
    // A callout stands at the end of its line, sometimes behind a comment sign.
    const lines = clone.textContent
      .split("\n")
      .map((line) => line.replace(/\s*(#|\/\/|--)?[ \u0001]*\u0001.*$/, ""));
    if (!isConsole) {
      return lines.join("\n").trimEnd() + "\n";
    }
    let continued = false; // a command goes on while its lines end in a backslash
    const commands = lines.filter((line) => {
      const command = continued || line.startsWith(PROMPT);
      continued = command && line.endsWith("\\");
      return command;
    });
    return commands.map((line) => line.replace(/^\u0000\s?/, "")).join("\n");
  }

  for (const code of document.querySelectorAll(".listingblock pre > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await toClipboard(textOf(code));
      button.textContent = copied;
      button.classList.add("done");
      button.focus();
      setTimeout(() => {
        button.textContent = copy;
        button.classList.remove("done");
      }, 1600);
    });
    code.closest(".content").append(button);
  }
})();
