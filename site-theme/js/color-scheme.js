// Loaded in the head before the style sheets, so that a chosen scheme is there before the first
// paint. Without a choice, and without this script, the CSS follows the system.
(() => {
  const root = document.documentElement;
  const key = "shirube-color-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.colorScheme ?? (system.matches ? "dark" : "light")) === "dark";

  // Storage may be forbidden: then the choice lasts as long as the page.
  const storage = (use) => {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  };

  const stored = storage((s) => s.getItem(key));
  if (stored === "light" || stored === "dark") {
    root.dataset.colorScheme = stored;
  }

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.color-scheme");
    if (!button) {
      return;
    }
    const show = () => button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => {
      const chosen = isDark() ? "light" : "dark";
      if ((chosen === "dark") === system.matches) {
        // Back to what the system says: follow it again from now on.
        delete root.dataset.colorScheme;
        storage((s) => s.removeItem(key));
      } else {
        root.dataset.colorScheme = chosen;
        storage((s) => s.setItem(key, chosen));
      }
      show();
    });
    system.addEventListener("change", show);
    show();
    button.hidden = false;
  });
})();
