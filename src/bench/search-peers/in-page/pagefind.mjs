/** A result of Pagefind is a number until its data are loaded: they hold URL, title and text. */
export async function open() {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  return {
    find: async (query) => (await pagefind.search(query)).results,
    url: async (result) => (await result.data()).url.replace(/^\/|\/(index\.html)?$/g, ""),
    excerpt: (result) => result.data(),
  };
}
