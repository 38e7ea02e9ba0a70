// Puts a text on the clipboard.
async function toClipboard(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text);
  }
  // Plain http in an office network is no secure context: only the old way is left.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) {
    throw new Error("copy refused");
  }
}

/** Says something to whom a screen is read. */
function announce(words) {
  document.querySelector(".announcement").textContent = words;
}
