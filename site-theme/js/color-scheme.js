// Loaded in the head before the style sheets, so that a chosen scheme is there before the first
// paint. Without a choice, and without this script, the CSS follows the system.
(() => {
  const root = document.documentElement;
  const key = "shirube-color-scheme";

  // Storage may be forbidden: then the choice lasts as long as the page.
  const storage = (use) => {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  };

  /** Takes a scheme; anything but "light" and "dark" means to follow the system. */
  function use(scheme) {
    if (scheme === "light" || scheme === "dark") {
      root.dataset.colorScheme = scheme;
    } else {
      delete root.dataset.colorScheme;
    }
  }
  use(storage((s) => s.getItem(key)));

  addEventListener("DOMContentLoaded", () => {
    const schemes = document.querySelector(".settings")?.elements["color-scheme"];
    const show = () =>
      schemes?.forEach((each) => (each.checked = each.value === (root.dataset.colorScheme ?? "system")));
    schemes?.forEach((each) =>
      each.addEventListener("change", () => {
        use(each.value);
        storage((s) => (each.value === "system" ? s.removeItem(key) : s.setItem(key, each.value)));
      }),
    );
    addEventListener("storage", (event) => {
      if (event.key === key) {
        use(event.newValue); // chosen in another tab
        show();
      }
    });
    show();
  });
})();
