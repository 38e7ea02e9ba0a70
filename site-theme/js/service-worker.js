// Keeps an edition of the site for reading without a network: all of it or nothing. With a network
// nothing is read from it, so that nobody reads an old page. EDITION and FILES, the digest of each
// file by its path, are put in front of this when the site is published.
const CACHE = `shirube ${new URL("./", location).pathname} ${EDITION}`;
const PREFIX = `shirube ${new URL("./", location).pathname} `;
const address = (path) => new URL(path, location).href;
const AT_ONCE = 8;
const PATIENCE = 4000; // milliseconds that the network has to answer

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
      await self.skipWaiting();
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
      await clients.claim();
    })(),
  );
});

/** What the server says; where none answers in time, what was kept. */
async function answer(request) {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (url.pathname.endsWith("/")) {
    url.pathname += "index.html";
  }
  const kept = await (await caches.open(CACHE)).match(url.href);
  if (!kept) {
    return fetch(request);
  }
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(address("./"))) {
    event.respondWith(answer(event.request));
  }
});
