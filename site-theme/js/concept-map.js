// The concept map moves, zooms and lets a term stand out with its neighbours. Without this script
// it is a drawing of links with a list below.
(() => {
  const { open, close } = document.currentScript.dataset;
  const frame = document.querySelector(".concept-map");
  const svg = frame.querySelector(".map-drawing");
  const chosenBox = frame.querySelector(".map-chosen");
  const whole = svg.viewBox.baseVal;
  const WIDTH = whole.width;
  const HEIGHT = whole.height;
  const NEAREST = 320; // so many units at least are in view
  const STEP = 1.3;
  const nodes = new Map();
  for (const node of svg.querySelectorAll(".map-node")) {
    nodes.set(node.dataset.id, node);
  }
  const edges = [...svg.querySelectorAll(".map-edge")];
  let view = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

  function show(next) {
    const width = Math.min(WIDTH, Math.max(NEAREST, next.width));
    const height = (width / WIDTH) * HEIGHT;
    view = {
      width,
      height,
      x: Math.min(WIDTH - width, Math.max(0, next.x)),
      y: Math.min(HEIGHT - height, Math.max(0, next.y)),
    };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.classList.toggle("zoomed", view.width < WIDTH);
  }

  /** Zooms by a factor, so that what is at a point of the drawing stays there. */
  function zoom(factor, at = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
    const width = Math.min(WIDTH, Math.max(NEAREST, view.width / factor));
    const shrink = width / view.width;
    show({ width, x: at.x - (at.x - view.x) * shrink, y: at.y - (at.y - view.y) * shrink });
  }

  /** From a place on the screen to one of the drawing. */
  function place(x, y) {
    return new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
  }

  function move(dx, dy) {
    const scale = svg.getScreenCTM().a;
    show({ ...view, x: view.x - dx / scale, y: view.y - dy / scale });
  }

  function intoView(node) {
    const box = node.getBBox();
    const out =
      box.x < view.x ||
      box.y < view.y ||
      box.x + box.width > view.x + view.width ||
      box.y + box.height > view.y + view.height;
    if (out) {
      show({
        ...view,
        x: box.x + box.width / 2 - view.width / 2,
        y: box.y + box.height / 2 - view.height / 2,
      });
    }
  }

  let chosen = null;

  /** Lets a term and its neighbours stand out; null for none. */
  function highlight(node) {
    svg.classList.toggle("choosing", node !== null);
    const near = new Set(node?.dataset.near.split(" "));
    for (const [id, other] of nodes) {
      other.classList.toggle("near", near.has(id));
      other.classList.toggle("chosen", other === node);
    }
    for (const edge of edges) {
      edge.classList.toggle(
        "near",
        node !== null && (edge.dataset.from === node.dataset.id || edge.dataset.to === node.dataset.id),
      );
    }
  }

  function choose(node) {
    chosen = node;
    highlight(node);
    chosenBox.replaceChildren();
    chosenBox.hidden = node === null;
    if (node === null) {
      return;
    }
    const item = document.getElementById(node.dataset.id);
    chosenBox.append(...[...item.childNodes].map((child) => child.cloneNode(true)));
    const actions = document.createElement("p");
    actions.className = "map-actions";
    const link = document.createElement("a");
    link.href = node.href.baseVal;
    link.textContent = open;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = close;
    button.addEventListener("click", () => {
      choose(null);
      node.focus();
    });
    actions.append(link, button);
    chosenBox.append(actions);
  }

  // Fingers and the mouse: one moves, two zoom. What has moved was no click.
  const pointers = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) {
      return;
    }
    if (pointers.size === 0) {
      moved = false;
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(now.x - before.x, now.y - before.y);
    if (!moved && pointers.size === 1 && far < 5) {
      return; // a hand is never quite still
    }
    if (!moved) {
      moved = true;
      svg.setPointerCapture(event.pointerId);
      svg.classList.add("moving");
    }
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const distance = (a) => Math.hypot(a.x - other.x, a.y - other.y);
      zoom(distance(now) / Math.max(1, distance(before)), place((now.x + other.x) / 2, (now.y + other.y) / 2));
    } else {
      move(now.x - before.x, now.y - before.y);
    }
    pointers.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) {
        svg.classList.remove("moving");
      }
    });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (moved) {
      moved = false;
      event.preventDefault();
      return;
    }
    const node = event.target.closest(".map-node");
    const byKeyboard = event.detail === 0;
    if (node === null) {
      choose(null);
    } else if (!byKeyboard && !event.ctrlKey && !event.metaKey && !event.shiftKey && node !== chosen) {
      event.preventDefault(); // the first click chooses, the second opens
      choose(node);
    }
  });

  // A wheel alone scrolls the page; a touchpad's pinch comes as a wheel with Ctrl.
  svg.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoom(Math.exp(-event.deltaY / 300), place(event.clientX, event.clientY));
      }
    },
    { passive: false },
  );

  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const far = 80 * (view.width / WIDTH) + 20;
    const keys = {
      "+": () => zoom(STEP),
      ";": () => zoom(STEP), // the key of + on a Japanese keyboard
      "-": () => zoom(1 / STEP),
      0: () => show({ x: 0, y: 0, width: WIDTH }),
      ArrowLeft: () => show({ ...view, x: view.x - far }),
      ArrowRight: () => show({ ...view, x: view.x + far }),
      ArrowUp: () => show({ ...view, y: view.y - far }),
      ArrowDown: () => show({ ...view, y: view.y + far }),
      Escape: () => choose(null),
    };
    const action = keys[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  svg.addEventListener("focusin", (event) => {
    const node = event.target.closest(".map-node");
    if (node?.matches(":focus-visible")) {
      intoView(node);
      highlight(node);
    }
  });
  svg.addEventListener("focusout", () => highlight(chosen));

  frame.querySelector("[data-map=in]").addEventListener("click", () => zoom(STEP));
  frame.querySelector("[data-map=out]").addEventListener("click", () => zoom(1 / STEP));
  frame
    .querySelector("[data-map=all]")
    .addEventListener("click", () => show({ x: 0, y: 0, width: WIDTH }));

  frame.querySelector(".map-tools").hidden = false;
  document.querySelector(".map-keys").hidden = false;
  svg.classList.add("movable");

  /** A term's page leads here with its id. */
  function fromAddress() {
    const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (node?.classList.contains("map-node")) {
      choose(node);
      // Near enough to read it, on a phone too.
      svg.scrollIntoView({ block: "nearest" });
      const box = node.getBBox();
      const width = Math.min(WIDTH, Math.max(NEAREST, 1.4 * svg.clientWidth));
      show({ width, x: box.x + box.width / 2 - width / 2, y: box.y - ((width / WIDTH) * HEIGHT) / 2 });
    }
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
