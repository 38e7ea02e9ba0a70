import { join } from "node:path";
import { measure } from "./browser.mjs";
import { packedSize } from "./site-server.mjs";

/** Measures Shirube's search in a site, and the sizes of its files. */
export async function measureShirube(browser, site, queries, coldQueries) {
  const isText = (path) => /\/x\d+\.js$/.test(path);
  const isClient = (path) => path === "search.js";
  const folder = join(site, "_search");
  return {
    index: await packedSize(folder, (path) => !isText(path) && !isClient(path)),
    indexWithText: await packedSize(folder, (path) => !isClient(path)),
    client: await packedSize(folder, isClient),
    ...(await measure(browser, site, "shirube", queries, coldQueries)),
  };
}
