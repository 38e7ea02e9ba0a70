// The reader's own values for the names in braces, in every command of every page. They stay in
// this browser, and what may be a secret no longer than the tab.
const values = (() => {
  const KEY = "shirube-values";
  const NAME = /^[a-z][a-z0-9_-]{0,63}$/;
  const SECRET = /secret|token|passw|passphrase|pwd|credential|private|(api|access)[_-]?key/;
  const LONGEST = 300;
  const SHELLS = ["console", "bash", "sh", "shell"];
  const MASK = "••••••";
  // What no shell reads as anything but itself; zsh takes a leading = for a command's path.
  const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;
  const MARK = "var.placeholder";
  const listeners = [];
  let all = new Map();

  const isSecret = (name) => SECRET.test(name);

  /**
   * A value as it may be used: one line without characters that nobody sees; empty where it would
   * be read as an option.
   */
  function clean(value) {
    const line = String(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").trim();
    return line.startsWith("-") || line.length > LONGEST ? "" : line;
  }

  function read() {
    const valid = (entries, secret) =>
      Object.entries(entries ?? {}).filter(
        ([name, value]) =>
          NAME.test(name) && isSecret(name) === secret && typeof value === "string" && clean(value),
      );
    all = new Map([
      ...valid(remembered.get(KEY), false),
      ...valid(remembered.get(KEY, "sessionStorage"), true),
    ].map(([name, value]) => [name, clean(value)]));
  }

  function write() {
    for (const [storage, secret] of [["localStorage", false], ["sessionStorage", true]]) {
      const some = [...all].filter(([name]) => isSecret(name) === secret);
      remembered.set(KEY, some.length ? Object.fromEntries(some) : null, storage);
    }
  }

  /**
   * What a POSIX shell is in the middle of after this text: a quote of either kind, a command in
   * backquotes, a comment, or nothing. Commands in $(…) begin anew.
   */
  function openAfter(text) {
    const open = [""];
    for (let i = 0; i < text.length; i++) {
      const [char, state] = [text[i], open.at(-1)];
      if (state === "#" || state === "'") {
        if (char === (state === "#" ? "\n" : "'")) {
          open.pop();
        }
      } else if (char === "\\") {
        i++;
      } else if (char === state) {
        open.pop(); // ends what it began: " or `
      } else if (char === '"' || char === "`") {
        open.push(char);
      } else if (char === "$" && text[i + 1] === "(") {
        open.push("");
        i++;
      } else if (state === "") {
        if (char === "'" || (char === "#" && /^$|[\s;&|()]/.test(text[i - 1] ?? ""))) {
          open.push(char);
        } else if (char === "(") {
          open.push("");
        } else if (char === ")" && open.length > 1) {
          open.pop();
        }
      }
    }
    return open.includes("`") ? "`" : open.at(-1);
  }

  /** The value as a part of a shell's word; null where it cannot be written safely. */
  function quote(value, state) {
    if (PLAIN.test(value)) {
      return value;
    }
    const inside = value.replaceAll("'", "'\\''");
    switch (state) {
      case "'":
        return inside;
      case '"':
        return `"'${inside}'"`; // leaves the double quotes: within them too much has a meaning
      case "#": // zsh knows no comments at its prompt
      case "`":
        return null;
      default:
        return `'${inside}'`;
    }
  }

  /** What the shell has read of the command before this place; null where no shell reads it. */
  function commandBefore(mark) {
    const code = mark.closest("pre > code");
    if (!code || !SHELLS.includes(code.dataset.lang) || mark.closest(".tok-output")) {
      return null;
    }
    const range = new Range();
    range.setStart(code, 0);
    for (const prompt of code.querySelectorAll(".tok-prompt")) {
      if (prompt.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) {
        range.setStartAfter(prompt);
      }
    }
    range.setEndBefore(mark);
    return range.toString();
  }

  /** Whether a text speaks of the name itself, as where it is explained. */
  const isMention = (mark) => !mark.closest("pre") && mark.parentElement.childNodes.length === 1;

  function textOf(mark, secretsToo) {
    const { name } = mark.dataset;
    const value = isMention(mark) ? undefined : all.get(name);
    const before = value === undefined ? null : commandBefore(mark);
    const text = before === null ? value : quote(value, openAfter(before));
    return isSecret(name) && text && !secretsToo ? MASK : (text ?? `{${name}}`);
  }

  function show(mark) {
    if (!mark.firstChild) {
      return; // the parser is about to bring its text
    }
    const text = textOf(mark, false);
    if (mark.textContent !== text) {
      mark.textContent = text;
    }
    mark.classList.toggle("filled", text !== `{${mark.dataset.name}}`);
  }

  function changed() {
    document.querySelectorAll(MARK).forEach(show);
    listeners.forEach((listener) => listener());
  }

  read();
  early(MARK, (mark) => all.has(mark.dataset.name) && show(mark));
  addEventListener("DOMContentLoaded", changed);
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) {
      read(); // changed in another tab
      changed();
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      read(); // changed on another page before the reader came back
      changed();
    }
  });

  return {
    clean,
    isSecret,
    get: (name) => all.get(name) ?? "",

    /** Takes a value; tells whether it can be used. An empty one takes the name back. */
    set(name, value) {
      const cleaned = clean(value);
      if (cleaned && NAME.test(name)) {
        all.set(name, cleaned);
      } else {
        all.delete(name);
      }
      write();
      changed();
      return cleaned !== "" || value.trim() === "";
    },

    reset() {
      all.clear();
      write();
      changed();
    },

    onChange: (listener) => listeners.push(listener),

    /** A copy of some code with what belongs on the clipboard: secrets are written out. */
    fill(code) {
      const copy = code.cloneNode(true);
      const marks = code.querySelectorAll(MARK);
      copy.querySelectorAll(MARK).forEach((mark, i) => {
        mark.textContent = textOf(marks[i], true);
      });
      return copy;
    },
  };
})();
