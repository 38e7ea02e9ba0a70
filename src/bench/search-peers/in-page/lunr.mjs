import { loadScript } from "./scripts.mjs";

async function load() {
  for (const name of ["lunr", "lunr.stemmer.support", "tinyseg", "lunr.ja"]) {
    await loadScript(`/${name}.js`);
  }
}

export async function build(documents) {
  await load();
  const index = lunr(function () {
    this.use(lunr.ja);
    this.ref("url");
    this.field("title", { boost: 2 });
    this.field("heading");
    this.field("body");
    // Left as it is, it would stem the words of a query as English, but not those of the index.
    this.searchPipeline.reset();
    documents.forEach((document) => this.add(document));
  });
  const titles = Object.fromEntries(documents.map(({ url, title }) => [url, title]));
  return { "index.json": JSON.stringify(index), "titles.json": JSON.stringify(titles) };
}

export async function open() {
  await load();
  const [index, titles] = await Promise.all(
    ["index", "titles"].map(async (name) => (await fetch(`/${name}.json`)).json()),
  );
  const lookUp = lunr.Index.load(index);
  return {
    // lunr's own parser of queries divides them at spaces only, which Japanese has none of.
    find: async (query) =>
      lookUp
        .query((terms) => {
          for (const token of lunr.ja.tokenizer(query)) {
            if (/[\p{L}\p{N}]/u.test(token)) {
              terms.term(token.toString());
            }
          }
        })
        .map(({ ref }) => ({ url: ref, title: titles[ref] })),
    url: (hit) => hit.url,
  };
}
