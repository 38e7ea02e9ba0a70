// Marks the words that a search result hands over in the address, and takes them from the address.
// Highlights leave the page's own nodes alone.
(() => {
  const MOST_WORDS = 8;
  const address = new URL(location.href);
  const words = address.searchParams.getAll("highlight").filter((word) => word.trim());
  if (!words.length) {
    return;
  }
  address.searchParams.delete("highlight");
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // Some browsers keep the address of a page from disk as it is.
  }
  if (!CSS.highlights) {
    return;
  }

  // A word may go through the end of a link or a line: the text is read as one.
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  let at = 0;
  const point = (offset) => {
    while (nodes[at + 1]?.[0] <= offset) {
      at++;
    }
    return [nodes[at][1], offset - nodes[at][0]];
  };
  const literal = (word) =>
    word.trim().replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");
  const longestFirst = words.slice(0, MOST_WORDS).sort((a, b) => b.length - a.length);
  const found = new Highlight();
  for (const match of text.matchAll(new RegExp(longestFirst.map(literal).join("|"), "gi"))) {
    const range = new Range();
    range.setStart(...point(match.index));
    const [node, offset] = point(match.index + match[0].length - 1);
    range.setEnd(node, offset + 1);
    found.add(range);
  }
  CSS.highlights.set("search", found);

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      CSS.highlights.delete("search");
    }
  });
})();
