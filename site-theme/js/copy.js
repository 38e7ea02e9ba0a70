// A copy button on every listing, and one on the prompt of each command where there are several.
// Labels come from the script element, so that the words stay in the templates.
(() => {
  const words = document.currentScript.dataset;
  const PROMPT = "\u0000";
  const CALLOUT = "\u0001";
  const SHOWN = 1600; // milliseconds
  const LONGEST_SAID = 80;

  /** What belongs on the clipboard: of a console only commands, never the numbers of callouts. */
  function textsOf(clone) {
    const isConsole = clone.querySelector(".tok-prompt") !== null;
    clone.querySelectorAll(".conum").forEach((e) => e.replaceWith(CALLOUT));
    clone.querySelectorAll(".tok-prompt").forEach((e) => e.replaceWith(PROMPT));
    // A callout stands at the end of its line, sometimes behind a comment sign.
    const lines = clone.textContent
      .split("\n")
      .map((line) => line.replace(/\s*(#|\/\/|--)?[ \u0001]*\u0001.*$/, ""));
    if (!isConsole) {
      return [lines.join("\n").trimEnd() + "\n"];
    }
    const commands = [];
    let continued = false; // a command goes on while its lines end in a backslash
    for (const line of lines) {
      if (line.startsWith(PROMPT)) {
        commands.push(line.replace(/^\u0000\s?/, ""));
      } else if (continued) {
        commands.push(commands.pop() + "\n" + line);
      }
      continued = (continued || line.startsWith(PROMPT)) && line.endsWith("\\");
    }
    return commands;
  }

  /** Says what was copied, as it stands in the page: a secret stays hidden. */
  function say(texts) {
    const [first] = texts.map((text) => text.trim().split("\n")[0]);
    const start = first.length > LONGEST_SAID ? first.slice(0, LONGEST_SAID) + "…" : first;
    const count = texts.length > 1 ? words.commands.replace("{}", texts.length) : "";
    announce(words.what.replace("{}", () => start) + count);
  }

  async function copy(code, button, which) {
    const some = (clone) => textsOf(clone).filter((text, i) => which === undefined || i === which);
    try {
      await toClipboard(some(values.fill(code)).join("\n"));
    } catch {
      announce(words.refused);
      return false;
    }
    say(some(code.cloneNode(true)));
    button.classList.add("done");
    button.focus();
    setTimeout(() => button.classList.remove("done"), SHOWN);
    return true;
  }

  function add(className, place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    place.append(button);
    return button;
  }

  for (const code of document.querySelectorAll(".listingblock pre > code")) {
    const whole = add("copy", code.closest(".content"));
    whole.textContent = words.copy;
    whole.addEventListener("click", async () => {
      whole.textContent = (await copy(code, whole)) ? words.copied : words.refused;
      setTimeout(() => (whole.textContent = words.copy), SHOWN);
    });

    const prompts = code.querySelectorAll(".tok-prompt");
    if (prompts.length < 2) {
      continue;
    }
    prompts.forEach((prompt, i) => {
      prompt.textContent = "";
      const one = add("copy-command", prompt);
      one.textContent = "$";
      one.title = words.one;
      one.setAttribute("aria-label", `${words.one} (${i + 1}/${prompts.length})`);
      one.addEventListener("click", () => copy(code, one, i));
      prompt.append(" ");
    });
  }
})();
