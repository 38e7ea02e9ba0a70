// What the page calls: loads the files that a question needs, and asks again.
const PAGES_OF_TITLES = 8;
const MOST_ROUNDS = 20;
const base = new URL(".", document.currentScript.src).href;
const loading = new Map();

/** Scripts, for a page that is read from disk may load nothing else. */
function load(name) {
  const file = name.startsWith("manifest") ? name : manifest.edition + "/" + name;
  if (!loading.has(file)) {
    const [path, question] = file.split("?");
    loading.set(
      file,
      new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = base + path + ".js" + (question ? "?" + question : "");
        script.onload = loaded;
        script.onerror = () => failed(new Error("cannot load " + script.src));
        document.head.append(script);
      }).finally(() => loading.delete(file)),
    );
  }
  return loading.get(file);
}

/** A site that was published anew since a file was asked for has another edition. */
async function loadAnew(edition, failure) {
  if (manifest.edition === edition) {
    await load("manifest?" + Date.now()); // a cache may hide the new one
  }
  if (manifest.edition === edition) {
    throw failure;
  }
}

/** Asks until nothing that the answer needs is missing. */
async function complete(question) {
  if (!manifest) {
    await load("manifest");
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    missing = new Set();
    const answer = question();
    if (!missing.size) {
      return answer;
    }
    const { edition } = manifest;
    await Promise.all([...missing].map(load)).catch((failure) => loadAnew(edition, failure));
  }
  throw new Error("files of the search are damaged: " + [...missing]);
}

/** A hit as the page shows it. */
function hitOf({ page, kind, score, matchesError }, query) {
  const titles = need("p" + Math.floor(page / PAGES_OF_TITLES));
  const [url, title, trail] = titles?.[page % PAGES_OF_TITLES] ?? [];
  const { edition } = manifest;
  const passage = () => passageOf(page, query, edition);
  return { url, title, trail, kind, score, matchesError, passage };
}

/** In another edition than that of the hit the number means another page: then it is empty. */
const passageOf = (page, query, edition) =>
  complete(() => {
    const [description, sections] = (manifest.edition === edition && need("x" + page)) || ["", []];
    const finder = passageFinder(query, (term) => get(term)?.pages ?? 0, manifest.pages);
    const [anchor = "", heading = "", text = ""] = sections[finder.best(sections)] ?? [];
    return {
      anchor,
      heading: anchor && heading,
      excerpt: finder.excerpt(/\S/.test(text) ? text : description),
    };
  });

/** Receives the content of a file; one that was asked for in an earlier edition comes too late. */
globalThis.shirube = (content) => {
  const [, folder, name] = /([^/]*)\/([^/]*)\.js[^/]*$/.exec(document.currentScript.src);
  if (name !== "manifest") {
    if (folder === manifest.edition) {
      files.set(name, content);
    }
  } else if (manifest?.edition !== content.edition) {
    manifest = content;
    files.clear();
  }
};

globalThis.shirubeSearch = {
  find: (text, { limit = 10, kind = "" } = {}) =>
    complete(() => {
      const normal = normalize(text);
      const query = parse(normal);
      const found = ranked(query);
      const kinds = {};
      for (const hit of found) {
        hit.kind = manifest.kinds[sizesOf(hit.page)?.kind];
        kinds[hit.kind] = (kinds[hit.kind] ?? 0) + 1;
      }
      const wanted = found.filter((hit) => !kind || hit.kind === kind);
      return {
        text,
        total: wanted.length,
        kinds,
        hits: wanted.slice(0, limit).map((hit) => hitOf(hit, query)),
        nearest: found.length ? [] : nearestTerms(normal),
      };
    }),
};
