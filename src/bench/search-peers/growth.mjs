// Measures Shirube's search on wikis of several sizes and prints a table. Usage:
// node growth.mjs CHROMIUM WIKI_FOLDER…
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { kilobytes, mean, percentile, table } from "./numbers.mjs";
import { measureShirube } from "./shirube.mjs";

const [chromium, ...folders] = process.argv.slice(2);
const browser = await launch(chromium);
const rows = [];
try {
  for (const folder of folders) {
    const wiki = JSON.parse(await readFile(join(folder, "wiki.json"), "utf8"));
    // A fresh browser for every query takes most of the time, and a half says as much.
    const coldQueries = wiki.queries.filter((_, at) => at % 8 < 4);
    const site = join(folder, "site");
    const measured = await measureShirube(browser, site, wiki.queries, coldQueries);
    const found = measured.answers.filter((hits) => hits.length > 0).length;
    rows.push([
      wiki.pages,
      wiki.indexSeconds.toFixed(1),
      wiki.exportSeconds.toFixed(1),
      kilobytes(measured.index),
      (measured.index / 1024 / wiki.pages).toFixed(2),
      (measured.indexWithText / 1024 / wiki.pages).toFixed(2),
      kilobytes(measured.cold),
      kilobytes(measured.coldWithExcerpts),
      measured.coldRequests.toFixed(0),
      kilobytes(mean(measured.warm)),
      kilobytes(percentile(measured.warm, 95)),
      measured.millis.toFixed(2),
      `${found} of ${wiki.queries.length}`,
    ]);
  }
} finally {
  await browser.close();
}
const head = [
  "pages",
  "index s",
  "export s",
  "index KB",
  "KB a page",
  "with texts",
  "cold KB",
  "with 5 excerpts",
  "cold requests",
  "warm KB",
  "warm p95",
  "ms a query",
  "answered",
];
console.log(table(head, rows, 0));
