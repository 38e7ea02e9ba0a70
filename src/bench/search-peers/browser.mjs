import { chromium } from "playwright-core";
import { fileURLToPath } from "node:url";
import { SiteServer } from "./site-server.mjs";
import { mean } from "./numbers.mjs";

const IN_PAGE = fileURLToPath(new URL("in-page", import.meta.url));
const HITS = 10;
const EXCERPTS = 5;
const TIMED_ROUNDS = 3;

export const launch = (executablePath) => chromium.launch({ executablePath });

/** A page in a context of its own, so that nothing is cached, on which the engine can be opened. */
async function freshPage(browser, server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/_bench/page.html`);
  return page;
}

const open = (page, engine) =>
  page.evaluate(async (name) => {
    const { open } = await import(`/_bench/${name}.mjs`);
    globalThis.engine = await open();
  }, engine);

/** Has an engine build its index in the browser; returns the files, name to text. */
export async function build(browser, folder, engine, documents) {
  const server = await new SiteServer(folder, IN_PAGE).start();
  const page = await freshPage(browser, server);
  try {
    return await page.evaluate(
      async ([name, documents]) => (await import(`/_bench/${name}.mjs`)).build(documents),
      [engine, documents],
    );
  } finally {
    await page.context().close();
    await server.stop();
  }
}

/** Runs a step; returns how many bytes and requests it took. */
async function counted(server, step) {
  const { bytes, requests } = server;
  await step();
  return { bytes: server.bytes - bytes, requests: server.requests - requests };
}

/** One query: what the hits took, and what the excerpts of the first hits took on top. */
async function ask(page, server, query) {
  const find = await counted(server, () =>
    page.evaluate(async (text) => {
      globalThis.hits = await engine.find(text);
    }, query),
  );
  const excerpts = await counted(server, () =>
    page.evaluate(
      (most) => Promise.all(engine.excerpt ? hits.slice(0, most).map(engine.excerpt) : []),
      EXCERPTS,
    ),
  );
  return { find, excerpts };
}

const answers = (page, queries) =>
  page.evaluate(
    async ([queries, most]) => {
      const answers = [];
      for (const query of queries) {
        const hits = (await engine.find(query)).slice(0, most);
        answers.push(
          await Promise.all(
            hits.map(async (hit) => ({ url: await engine.url(hit), score: hit.score })),
          ),
        );
      }
      return answers;
    },
    [queries, HITS],
  );

/** With all that the queries need loaded: what remains is the engine's own work. */
const millis = (page, queries) =>
  page.evaluate(
    async ([queries, rounds]) => {
      let best = Infinity;
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        for (const query of queries) {
          await engine.find(query);
        }
        best = Math.min(best, (performance.now() - start) / queries.length);
      }
      return best;
    },
    [queries, TIMED_ROUNDS],
  );

/**
 * Asks an engine all queries in the browser: each once in a fresh browser (cold), and all in their
 * order in one (warm; the first, which is cold, left out).
 *
 * @param folder the root of a site that in-page/ENGINE.mjs can open
 * @param coldQueries those to ask in fresh browsers, where the others would tell nothing new
 */
export async function measure(browser, folder, engine, queries, coldQueries = queries) {
  const server = await new SiteServer(folder, IN_PAGE).start();
  try {
    const cold = [];
    for (const query of coldQueries) {
      const page = await freshPage(browser, server);
      const opened = await counted(server, () => open(page, engine));
      const { find, excerpts } = await ask(page, server, query);
      cold.push({
        bytes: opened.bytes + find.bytes,
        withExcerpts: opened.bytes + find.bytes + excerpts.bytes,
        requests: opened.requests + find.requests,
      });
      await page.context().close();
    }
    const page = await freshPage(browser, server);
    await open(page, engine);
    const warm = [];
    for (const query of queries) {
      const { find, excerpts } = await ask(page, server, query);
      warm.push({ bytes: find.bytes, withExcerpts: find.bytes + excerpts.bytes });
    }
    return {
      cold: mean(cold.map(({ bytes }) => bytes)),
      coldWithExcerpts: mean(cold.map(({ withExcerpts }) => withExcerpts)),
      coldRequests: mean(cold.map(({ requests }) => requests)),
      warm: warm.slice(1).map(({ bytes }) => bytes),
      warmWithExcerpts: warm.slice(1).map(({ withExcerpts }) => withExcerpts),
      answers: await answers(page, queries),
      millis: await millis(page, queries),
    };
  } finally {
    await server.stop();
  }
}
