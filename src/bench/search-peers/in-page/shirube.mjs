import { loadScript } from "./scripts.mjs";

/** Finds pages (find), and loads what a result shows below its title (excerpt). */
export async function open() {
  await loadScript("/_search/search.js");
  return {
    find: async (query) => (await shirubeSearch.find(query, { limit: 10 })).hits,
    url: (hit) => hit.url,
    excerpt: (hit) => hit.passage(),
  };
}
