// Brings the engine when it is first needed, and anew after it failed to come.
const searchEngine = (() => {
  const address = new URL("_search/search.js", document.querySelector(".search form").action);
  let engine;

  return {
    load() {
      engine ??= new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => loaded(globalThis.shirubeSearch);
        script.onerror = failed;
        document.head.append(script);
      }).catch((failure) => {
        engine = null;
        throw failure;
      });
      return engine;
    },
  };
})();
