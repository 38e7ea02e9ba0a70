// Keeps an edition of the site for reading without a network: all of it or nothing. EDITION and
// FILES, the digest of each file by its path, are put in front of this when the site is published.
const CACHE = `shirube ${new URL("./", location).pathname} ${EDITION}`;
const PREFIX = `shirube ${new URL("./", location).pathname} `;
const address = (path) => new URL(path, location).href;
const AT_ONCE = 8;

async function digest(response) {
  const bytes = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file of this edition; a file of another, published meanwhile, is refused. */
async function keep(cache, path) {
  const response = await fetch(address(path), { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok || (await digest(response.clone())) !== FILES[path]) {
    throw new Error(`${path} is not of the edition ${EDITION}`);
  }
  await cache.put(address(path), response);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const paths = Object.keys(FILES);
      const work = async () => {
        for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
          await keep(cache, path);
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, work));
      } catch (failure) {
        await caches.delete(CACHE);
        throw failure;
      }
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) {
          await caches.delete(name);
        }
      }
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") {
    self.skipWaiting();
  }
});

/** Pages that are open stay with their edition; the next one to be opened alone is of the new. */
async function mayTakeOver() {
  return registration.waiting && (await clients.matchAll({ type: "window" })).length < 2;
}

async function answer(request) {
  if (request.mode === "navigate" && (await mayTakeOver())) {
    registration.waiting.postMessage("take over");
    return new Response("", { headers: { Refresh: "0" } });
  }
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (url.pathname.endsWith("/")) {
    url.pathname += "index.html";
  }
  const kept = await (await caches.open(CACHE)).match(url.href);
  return kept ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(address("./"))) {
    event.respondWith(answer(event.request));
  }
});
