// Measures engines on one corpus and prints tables. Usage:
// node measure.mjs CORPUS_FOLDER WORK_FOLDER CHROMIUM SHIRUBE_VERSION
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { transform } from "esbuild";
import { build, launch, measure } from "./browser.mjs";
import { kilobytes, mean, percentile, table } from "./numbers.mjs";
import { measureShirube } from "./shirube.mjs";
import { packedSize } from "./site-server.mjs";

const MOST_SCORE_DIFFERENCE = 1e-4;
const [corpus, work, chromium, shirubeVersion] = process.argv.slice(2);
const modules = fileURLToPath(new URL("node_modules", import.meta.url));

const items = (await readFile(join(corpus, "queries.tsv"), "utf8"))
  .split(/\r?\n/)
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split("\t"))
  .map(([query, urls, category]) => ({ query, urls: urls.split("|"), category }));
const queries = items.map(({ query }) => query);
const categories = [...new Set(items.map(({ category }) => category))];

const documents = gunzipSync(await readFile(join(corpus, "corpus-ja.jsonl.gz")))
  .toString("utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line))
  .map(({ url, title, desc, secs }) => ({
    url,
    title,
    heading: secs.slice(1).map(({ heading }) => heading).join("\n"),
    body: [desc, ...secs.map(({ text }) => text)].join("\n"),
  }));

const versionOf = async (name) =>
  JSON.parse(await readFile(join(modules, name, "package.json"), "utf8")).version;

/** Copies a library as a site would serve it. */
async function minified(from, to) {
  const { code } = await transform(await readFile(join(modules, from), "utf8"), { minify: true });
  await writeFile(to, code);
}

const shirube = async (folder, name) => ({
  name,
  version: shirubeVersion,
  ...(await measureShirube(browser, join(work, folder, "site"), queries)),
});

async function pagefind() {
  const site = join(work, "with-glossary", "site");
  const bundle = join(work, "pagefind", "pagefind");
  const program = join(modules, "pagefind", "lib", "runner", "bin.cjs");
  execFileSync(process.execPath, [program, "--site", site, "--output-path", bundle], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  // Beside these it writes user interfaces, which no query loads.
  const isClient = (path) => /^pagefind(-worker)?\.js$|^wasm\.\w+\.pagefind$/.test(path);
  const isIndex = (path) => /^index\/|^filter\/|\.pf_meta$|^pagefind-entry\.json$/.test(path);
  const isText = (path) => path.startsWith("fragment/");
  return {
    name: "Pagefind",
    version: await versionOf("pagefind"),
    index: await packedSize(bundle, isIndex),
    indexWithText: await packedSize(bundle, (path) => isIndex(path) || isText(path)),
    client: await packedSize(bundle, isClient),
    ...(await measure(browser, join(work, "pagefind"), "pagefind", queries)),
  };
}

/** An engine that is one index, loaded whole, and brings no texts for excerpts. */
async function whole(name, engine, version, libraries) {
  const site = join(work, engine);
  await mkdir(site, { recursive: true });
  for (const [from, to] of Object.entries(libraries)) {
    await minified(from, join(site, to));
  }
  const files = await build(browser, site, engine, documents);
  for (const [file, text] of Object.entries(files)) {
    await writeFile(join(site, file), text);
  }
  const measured = await measure(browser, site, engine, queries, queries.slice(0, 1));
  return {
    name,
    version,
    index: await packedSize(site, (path) => path.endsWith(".json")),
    client: await packedSize(site, (path) => path.endsWith(".js")),
    ...measured,
    coldWithExcerpts: undefined,
    warmWithExcerpts: undefined,
  };
}

/** One over the rank of the first hit that answers; 0 where none does. */
function reciprocalRanks(answers) {
  return answers.map((hits, at) => {
    const rank = hits.findIndex(({ url }) => items[at].urls.includes(url)) + 1;
    return rank === 0 ? 0 : 1 / rank;
  });
}

function relevance({ name, version, answers }) {
  const ranks = reciprocalRanks(answers);
  const ofCategory = (wanted) => ranks.filter((_, at) => items[at].category === wanted);
  return [
    name,
    version,
    mean(ranks).toFixed(3),
    ...categories.map((category) => mean(ofCategory(category)).toFixed(2)),
  ];
}

const cost = (engine) => [
  engine.name,
  kilobytes(engine.index),
  kilobytes(engine.indexWithText),
  kilobytes(engine.client),
  kilobytes(engine.cold),
  kilobytes(engine.coldWithExcerpts),
  engine.coldRequests?.toFixed(0) ?? "–",
  kilobytes(engine.warm && mean(engine.warm)),
  kilobytes(engine.warm && percentile(engine.warm, 95)),
  kilobytes(engine.warmWithExcerpts && mean(engine.warmWithExcerpts)),
  engine.millis.toFixed(2),
];

const equal = (some, others) =>
  some.length === others.length &&
  some.every(
    ({ url, score }, at) =>
      url === others[at].url && Math.abs(score - others[at].score) < MOST_SCORE_DIFFERENCE,
  );

const browser = await launch(chromium);
const engines = [];
try {
  engines.push(await shirube("with-glossary", "Shirube"));
  engines.push(await shirube("without-glossary", "Shirube without glossary"));
  engines.push(await pagefind());
  engines.push(
    await whole("MiniSearch + Intl.Segmenter", "minisearch", await versionOf("minisearch"), {
      "minisearch/dist/umd/index.js": "minisearch.js",
    }),
  );
  const lunr = `${await versionOf("lunr")} + ${await versionOf("lunr-languages")}`;
  engines.push(
    await whole("lunr + ja", "lunr", lunr, {
      "lunr/lunr.js": "lunr.js",
      "lunr-languages/lunr.stemmer.support.js": "lunr.stemmer.support.js",
      "lunr-languages/tinyseg.js": "tinyseg.js",
      "lunr-languages/lunr.ja.js": "lunr.ja.js",
    }),
  );
} finally {
  await browser.close();
}
const jvm = JSON.parse(await readFile(join(work, "jvm.json"), "utf8"));
const ofJvm = jvm.answers.map(({ hits }) => hits);
engines.splice(1, 0, {
  name: "Shirube on the JVM",
  version: shirubeVersion,
  answers: ofJvm,
  millis: jvm.millis,
});

console.log(`${documents.length} pages, ${items.length} queries, Chromium ${browser.version()}\n`);
console.log(table(["engine", "version", "MRR@10", ...categories], engines.map(relevance)));
console.log(
  "\nKB are of 1024 bytes as a server sends them, gzip -9, without headers. Cold: the first query of" +
    "\na fresh browser, client and all. Warm: the others, in their order. A result of Pagefind has" +
    "\nneither title nor URL before its excerpt is loaded; MiniSearch and lunr bring no excerpts. Hits on" +
    "\nthe JVM have theirs, in the browser the time is that of the hits alone.\n",
);
const head = [
  "engine",
  "index KB",
  "with texts",
  "client KB",
  "cold KB",
  "with 5 excerpts",
  "cold requests",
  "warm KB",
  "warm p95",
  "with 5 excerpts",
  "ms a query",
];
console.log(table(head, engines.map(cost), 1));
const inBrowser = engines[0].answers;
const different = queries.filter((_, at) => !equal(inBrowser[at], ofJvm[at]));
console.log(
  `\nparity: ${queries.length - different.length} of ${queries.length} queries equal` +
    " (urls, order, score < 1e-4)",
);
different.forEach((query) => console.log(`  differs: ${query}`));
