// Small helps for a reader on the way: the open branch in view, the current section marked, wide
// blocks within reach of the keyboard. The page is complete without them.
(() => {
  // Below a long tree the current page may lie out of sight.
  const tree = document.querySelector(".site-navigation");
  const here = tree?.querySelector("[aria-current=page]");
  const bringIntoView = () => {
    if (here && here.offsetParent) {
      const away = here.getBoundingClientRect().top - tree.getBoundingClientRect().top;
      if (away > tree.clientHeight * 0.8) {
        tree.scrollTop += away - tree.clientHeight / 2;
      }
    }
  };
  bringIntoView();
  tree?.addEventListener("toggle", bringIntoView);

  // The section being read: the last heading above the upper third of the window.
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) {
      links.set(heading, link);
    }
  }
  let current = null;
  const mark = () => {
    let next = null;
    for (const [heading, link] of links) {
      if (heading.getBoundingClientRect().top > innerHeight / 3) {
        break;
      }
      next = link;
    }
    if (next !== current) {
      current?.removeAttribute("aria-current");
      next?.setAttribute("aria-current", "location");
      current = next;
    }
  };
  if (links.size > 0) {
    addEventListener("scroll", mark, { passive: true });
    mark();
  }

  // Not every browser lets the keyboard scroll a block that holds nothing to focus.
  const reach = () => {
    for (const block of document.querySelectorAll(".body pre, .table-wrap")) {
      block.toggleAttribute("tabindex", false);
      if (block.scrollWidth > block.clientWidth) {
        block.tabIndex = 0;
      }
    }
  };
  addEventListener("resize", reach);
  reach();
})();
