import { loadScript } from "./scripts.mjs";

const words = new Intl.Segmenter("ja", { granularity: "word" });
const options = {
  idField: "url",
  fields: ["title", "heading", "body"],
  storeFields: ["title"],
  tokenize: (text) =>
    [...words.segment(text.normalize("NFKC"))].filter((s) => s.isWordLike).map((s) => s.segment),
  searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 2 } },
};

/** The files of an index, made in the browser: its words must be segmented like those of queries. */
export async function build(documents) {
  await loadScript("/minisearch.js");
  const index = new MiniSearch(options);
  index.addAll(documents);
  return { "index.json": JSON.stringify(index) };
}

export async function open() {
  await loadScript("/minisearch.js");
  const index = MiniSearch.loadJSON(await (await fetch("/index.json")).text(), options);
  return { find: async (query) => index.search(query), url: (hit) => hit.id };
}
