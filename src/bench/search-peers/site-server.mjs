import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

/** Paths of the benchmark itself, which no measurement counts. */
const OWN = "/_bench/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
};

/** As a server sends it: compressed, unless it was already (Pagefind packs its files itself). */
export function packed(content) {
  const gzip = gzipSync(content, { level: 9 });
  return gzip.length < content.length ? { body: gzip, encoding: "gzip" } : { body: content };
}

/** Serves a folder on a free port of this machine, and counts what it sends. Headers do not count. */
export class SiteServer {
  #files = new Map();
  #server = createServer((request, response) => this.#answer(request, response));
  bytes = 0;
  requests = 0;

  constructor(folder, ownFolder) {
    this.folder = folder;
    this.ownFolder = ownFolder;
  }

  async start() {
    await new Promise((started) => this.#server.listen(0, "127.0.0.1", started));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((stopped) => this.#server.close(stopped));
  }

  async #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, this.url).pathname);
    const own = path.startsWith(OWN);
    const file = own
      ? join(this.ownFolder, normalize(path.slice(OWN.length)))
      : join(this.folder, normalize(path));
    let sent;
    try {
      sent = await this.#file(file);
    } catch {
      response.writeHead(404).end();
      return;
    }
    if (!own) {
      this.bytes += sent.body.length;
      this.requests++;
    }
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": "max-age=86400, immutable",
    };
    if (sent.encoding) {
      headers["content-encoding"] = sent.encoding;
    }
    response.writeHead(200, headers).end(sent.body);
  }

  async #file(file) {
    if (!this.#files.has(file)) {
      this.#files.set(file, packed(await readFile(file)));
    }
    return this.#files.get(file);
  }
}

/** The sum of the sizes, as sent, of the files below a folder whose path (with /) is wanted. */
export async function packedSize(folder, wanted) {
  let size = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && wanted(file.slice(folder.length + 1).split(sep).join("/"))) {
      size += packed(await readFile(file)).body.length;
    }
  }
  return size;
}
